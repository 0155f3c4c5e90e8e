import { existsSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createConnection } from 'vscode-languageserver/node'
import { createIsolatedEvaluator } from './cel/node.ts'
import type { FileSource } from './lsp/files.ts'
import { describeError } from './lsp/log.ts'
import { startServer } from './lsp/server.ts'
import { configsIn, foldersAbove } from './node/above.ts'
import { readText, readTextIf } from './node/files.ts'
import { ignoreFilesAbove, isIgnored, withIgnoreFile } from './node/gitignore.ts'
import { findFiles } from './node/walk.ts'
import { isUseful } from './wif/relevance.ts'
import { isSkipped } from './workspace/ignore-files.ts'

/** Put in by the build, from package.json. */
declare const __VERSION__: string

const USAGE = `Usage: wif-language-server --stdio

The language server of the WIF Policy Linter, for editors. It speaks the Language Server Protocol:
  --stdio        on standard input and output
  --node-ipc     on the channel of the Node process that started it
  --socket=PORT  on a local port that the editor listens on
  --pipe=NAME    on a named pipe that the editor listens on
  --version      print the version
`

const disk: FileSource = {
  async *list(folderUri) {
    const folder = pathOf(folderUri)
    if (folder === undefined) return
    for (const path of (await findFiles(folder)).paths) yield pathToFileURL(path).href
    // Whoever opens a part of a repository means its configuration too, as on the command line.
    for (const path of await configsIn(foldersAbove(folder) ?? [])) yield pathToFileURL(path).href
  },
  async read(uri, onlyIfUseful) {
    const path = pathOf(uri)
    if (path === undefined) return undefined
    const read = await (onlyIfUseful ? readTextIf(path, text => isUseful(uri, text)) : readText(path))
    return read?.ok ? read.text : undefined
  },
  async covers(folderUri, uri) {
    const [folder, path] = [pathOf(folderUri), pathOf(uri)]
    return folder !== undefined && path !== undefined && isCovered(folder, path)
  },
}

/** The path of a `file:` uri; other schemes are the editor's own. */
function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri)
  } catch {
    return undefined
  }
}

/** Whether a walk through `folder` would come to `path`. */
async function isCovered(folder: string, path: string): Promise<boolean> {
  const steps = relative(folder, path).split(sep)
  let ignoreFiles = await ignoreFilesAbove(folder)
  let at = folder
  for (const [i, step] of steps.entries()) {
    if (isSkipped(step)) return false
    ignoreFiles = await withIgnoreFile(at, ignoreFiles)
    at = join(at, step)
    if (isIgnored(at, i === steps.length - 1 ? 'file' : 'folder', ignoreFiles)) return false
  }
  return true
}

const pages = new Map<string, string | undefined>()

/** The page of a rule lies beside the bundle; a few findings (of syntax, for one) have none. */
function pageUri(ruleId: string): string | undefined {
  if (!pages.has(ruleId)) {
    const path = join(__dirname, 'rules', `${ruleId}.md`)
    pages.set(ruleId, existsSync(path) ? pathToFileURL(path).href : undefined)
  }
  return pages.get(ruleId)
}

function main(args: readonly string[]): void {
  if (args.includes('--version')) console.log(__VERSION__)
  else if (args.includes('--help')) console.log(USAGE)
  else if (args.some(arg => /^--(stdio|node-ipc|socket|pipe)\b/.test(arg))) serve()
  else {
    console.error(USAGE)
    process.exitCode = 2
  }
}

function serve(): void {
  const connection = createConnection()
  // Node itself would print the message, and with it whatever text the error quotes.
  process.on('uncaughtException', error => {
    connection.console.error(`The server has failed: ${describeError(error)}`)
    setImmediate(() => process.exit(1))
  })
  process.on('unhandledRejection', reason => {
    connection.console.error(`A task has failed: ${describeError(reason)}`)
  })
  // Whoever started the server over the channel is gone.
  process.on('disconnect', () => process.exit(1))
  startServer(connection, {
    version: __VERSION__,
    files: disk,
    pageUri,
    after(milliseconds, callback) {
      const timer = setTimeout(callback, milliseconds)
      return () => clearTimeout(timer)
    },
    now: () => Date.now() / 1000,
    evaluate: createIsolatedEvaluator(__filename),
    // Most never need it: what it takes of Node is loaded with the first question.
    fetchKeys: async (...of) => (await import('./node/fetch-keys.ts')).fetchKeys(...of),
    exchange: async (...of) => (await import('./node/exchange.ts')).exchange(...of),
    breathe: () => new Promise(resolve => setImmediate(resolve)),
  })
}

main(process.argv.slice(2))
