import {
  DidChangeWatchedFilesNotification,
  type DidChangeWatchedFilesRegistrationOptions,
  FileChangeType,
  type FileEvent,
  WatchKind,
} from 'vscode-languageserver'
import type { Folders } from './folders.ts'
import type { Session } from './session.ts'
import { uriKey } from './uri.ts'

const WATCHED: DidChangeWatchedFilesRegistrationOptions = {
  watchers: [
    { globPattern: '**/*.{json,jsonc,yaml,yml}' },
    { globPattern: '**/.gitignore' },
    // Of a folder that is removed editors report the folder only, not the files that were in it.
    { globPattern: '**/*', kind: WatchKind.Delete },
  ],
}

/** Asks the client to report changes of files on the disk. One that cannot is served by its saves. */
export async function watchFiles({ connection, client, log }: Session): Promise<void> {
  if (!client.watchesFiles) return
  try {
    await connection.client.register(DidChangeWatchedFilesNotification.type, WATCHED)
  } catch (error) {
    log.error('Registering for file changes', error)
  }
}

/** Takes in what the client reports. */
export async function filesChanged(folders: Folders, events: readonly FileEvent[]): Promise<void> {
  const rescans = new Set<string>()
  const reads = new Set<string>()
  for (const { uri, type } of events) {
    const key = uriKey(uri)
    if (key.endsWith('/.gitignore')) {
      const folder = folders.of(key)
      if (folder !== undefined) rescans.add(folder)
    } else if (type === FileChangeType.Deleted) folders.forget(key)
    else reads.add(key)
  }
  await folders.add([...rescans])
  for (const key of reads) await folders.readAgain(key)
}
