import type { Connection } from 'vscode-languageserver'
import type { FileSource } from './files.ts'
import { type CoversParams, FILE_REQUESTS, type ListParams, type ReadParams } from './files-protocol.ts'

/**
 * Files of the disk as `disk` reads them, where there is one, and all others as the client does.
 * @param isOffered whether the client reads files for its server
 */
export function filesOf(
  disk: FileSource | undefined,
  connection: Connection,
  isOffered: () => boolean,
): FileSource {
  const theirs = clientFiles(connection, isOffered)
  const whose = (uri: string) => (disk && uri.startsWith('file:') ? disk : theirs)
  return {
    list: folder => whose(folder).list(folder),
    read: (uri, onlyIfUseful) => whose(uri).read(uri, onlyIfUseful),
    covers: (folder, uri) => whose(folder).covers(folder, uri),
  }
}

function clientFiles(connection: Connection, isOffered: () => boolean): FileSource {
  async function ask<Answer, Params>(method: string, params: Params, otherwise: Answer): Promise<Answer> {
    // Without files open documents are checked all the same.
    if (!isOffered()) return otherwise
    try {
      return (await connection.sendRequest<Answer | null>(method, params)) ?? otherwise
    } catch {
      return otherwise
    }
  }
  return {
    async *list(folder) {
      yield* await ask<string[], ListParams>(FILE_REQUESTS.list, { folder }, [])
    },
    read: (uri, onlyIfUseful = false) =>
      ask<string | undefined, ReadParams>(FILE_REQUESTS.read, { uri, onlyIfUseful }, undefined),
    covers: (folder, uri) => ask<boolean, CoversParams>(FILE_REQUESTS.covers, { folder, uri }, false),
  }
}
