import { FileType, Uri, workspace } from 'vscode'
import type { BaseLanguageClient } from 'vscode-languageclient'
import {
  type CoversParams,
  FILE_REQUESTS,
  type ListParams,
  type ReadParams,
} from '../../server/src/lsp/files-protocol.ts'
import { decode } from '../../server/src/text/decode.ts'
import { formatOf, isUseful } from '../../server/src/wif/relevance.ts'
import {
  type IgnoreFiles,
  isIgnored,
  isSkipped,
  withIgnoreText,
} from '../../server/src/workspace/ignore-files.ts'

/** Far above any configuration; a browser holds all of it in memory. */
const MAX_BYTES = 16 * 1024 * 1024

/** Reads files for a server that cannot: those of a browser, and of folders that are on no disk. */
export function serveFiles(client: BaseLanguageClient): void {
  client.onRequest(FILE_REQUESTS.list, ({ folder }: ListParams) => list(Uri.parse(folder)))
  client.onRequest(FILE_REQUESTS.read, async ({ uri, onlyIfUseful }: ReadParams) => {
    const text = await read(Uri.parse(uri))
    return text === undefined || (onlyIfUseful && !isUseful(uri, text)) ? null : text
  })
  client.onRequest(
    FILE_REQUESTS.covers,
    async ({ folder, uri }: CoversParams): Promise<unknown> => covers(Uri.parse(folder), Uri.parse(uri)),
  )
}

/** The JSON and YAML files below `folder` that no `.gitignore` in it leaves out. Links are not followed. */
async function list(folder: Uri): Promise<string[]> {
  const found: string[] = []
  const open: { uri: Uri; outer: IgnoreFiles }[] = [{ uri: folder, outer: [] }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { uri } = next
    const ignored = await withIgnoreFile(uri, next.outer)
    for (const [name, type] of await entriesOf(uri)) {
      const child = Uri.joinPath(uri, name)
      if (type === FileType.Directory) {
        if (!isSkipped(name) && !isIgnored(child.path, 'folder', ignored))
          open.push({ uri: child, outer: ignored })
      } else if (type === FileType.File && formatOf(name) && !isIgnored(child.path, 'file', ignored))
        found.push(child.toString())
    }
  }
  return found.sort()
}

async function entriesOf(folder: Uri): Promise<[string, FileType][]> {
  try {
    return await workspace.fs.readDirectory(folder)
  } catch {
    // Gone, or not for everybody.
    return []
  }
}

async function withIgnoreFile(folder: Uri, outer: IgnoreFiles): Promise<IgnoreFiles> {
  const text = await read(Uri.joinPath(folder, '.gitignore'))
  return withIgnoreText(folder.path, text ?? '', outer)
}

async function read(uri: Uri): Promise<string | undefined> {
  try {
    const bytes = await workspace.fs.readFile(uri)
    const decoded = bytes.length <= MAX_BYTES ? decode(bytes) : undefined
    return decoded?.ok ? decoded.text : undefined
  } catch {
    return undefined
  }
}

/** Whether `list` would come to `uri`. */
async function covers(folder: Uri, uri: Uri): Promise<boolean> {
  const steps = uri.path.slice(folder.path.replace(/\/$/, '').length + 1).split('/')
  let [at, ignored]: [Uri, IgnoreFiles] = [folder, []]
  for (const [i, step] of steps.entries()) {
    if (isSkipped(step)) return false
    ignored = await withIgnoreFile(at, ignored)
    at = Uri.joinPath(at, step)
    if (isIgnored(at.path, i === steps.length - 1 ? 'file' : 'folder', ignored)) return false
  }
  return true
}
