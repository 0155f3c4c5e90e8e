import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { FILE_REQUESTS } from '../../server/src/lsp/files-protocol.ts'
import { findFiles } from '../../server/src/node/walk.ts'

// The editor's file system, here the disk: so both ways to read a folder can be compared.
vi.mock('vscode', async () => {
  const { URI, Utils } = await import('vscode-uri')
  const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 }
  return {
    FileType,
    Uri: { parse: URI.parse, joinPath: Utils.joinPath },
    workspace: {
      fs: {
        readFile: async ({ fsPath }: { fsPath: string }) => readFileSync(fsPath),
        readDirectory: async ({ fsPath }: { fsPath: string }) =>
          readdirSync(fsPath, { withFileTypes: true }).map(entry => [
            entry.name,
            entry.isDirectory() ? FileType.Directory : entry.isFile() ? FileType.File : FileType.SymbolicLink,
          ]),
      },
    },
  }
})
const { serveFiles } = await import('./files.ts')

/** What a server would be answered. */
const handlers = new Map<string, (params: object) => Promise<unknown>>()
serveFiles({ onRequest: (method: string, handler: never) => handlers.set(method, handler) } as never)
const ask = (method: string, params: object) => handlers.get(method)?.(params)

const made: string[] = []
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true })
})

function folderWith(files: Record<string, string | Uint8Array>): string {
  const folder = mkdtempSync(join(tmpdir(), 'wif-files-'))
  made.push(folder)
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

const uriOf = (path: string) => pathToFileURL(path).href

async function listed(folder: string): Promise<string[]> {
  const uris = (await ask(FILE_REQUESTS.list, { folder: uriOf(folder) })) as string[]
  return uris.map(uri => relative(folder, decodeURIComponent(new URL(uri).pathname))).sort()
}

async function onDisk(folder: string): Promise<string[]> {
  return (await findFiles(folder)).paths.map(path => relative(folder, path)).sort()
}

const covered = (folder: string, name: string) =>
  ask(FILE_REQUESTS.covers, { folder: uriOf(folder), uri: uriOf(join(folder, name)) })

test('lists what the linter reads, without what .gitignore files leave out', async () => {
  const folder = folderWith({
    '.gitignore': 'dist/\n*.local.json\n/root-only.json\n',
    '.git/config.json': '',
    'node_modules/x/package.json': '',
    'dist/a.json': '',
    'a.local.json': '',
    'keep.json': '',
    'root-only.json': '',
    'sub/.gitignore': '!b.local.json\nsecret.yaml\n',
    'sub/b.local.json': '',
    'sub/deep/secret.yaml': '',
    'sub/root-only.json': '',
    'rülé (1) 100%.yml': '',
    'readme.md': '',
  })
  symlinkSync('.', join(folder, 'loop'))
  expect(await listed(folder)).toEqual([
    'keep.json',
    'rülé (1) 100%.yml',
    'sub/b.local.json',
    'sub/root-only.json',
  ])
})

test('leaves out the same files as on the disk, in the list and one by one', async () => {
  const name = fc.constantFrom('a', 'b', 'dist', 'node_modules', '.git', 'x.json', 'y.yaml', 'z.md')
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map(names => names.join('/'))
  const pattern = fc.constantFrom(
    'a',
    '/a',
    'a/',
    'b/*',
    '**/x.json',
    '*.json',
    '!x.json',
    '!a/',
    'y.*',
    '# no',
    '',
  )
  const ignore = fc.tuple(
    fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }).map(names => [...names, '.gitignore'].join('/')),
    fc.array(pattern, { maxLength: 4 }).map(lines => lines.join('\n')),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(path, { maxLength: 12 }),
      fc.array(ignore, { maxLength: 3 }),
      async (paths, ignores) => {
        // A name is a folder or a file, not both; which it is depends on what else there is.
        const files = paths.filter(each => !paths.some(other => other.startsWith(`${each}/`)))
        const free = ignores.filter(([at]) => !files.some(file => at.startsWith(`${file}/`)))
        const folder = folderWith(Object.fromEntries([...files.map(file => [file, '']), ...free]))
        const expected = await onDisk(folder)
        expect(await listed(folder)).toEqual(expected)
        for (const file of files.filter(each => /\.(json|yaml)$/.test(each)))
          expect([file, await covered(folder, file)]).toEqual([file, expected.includes(file)])
      },
    ),
    { numRuns: 60 },
  )
})

test('reads text as it is on the disk, and says nothing of what is none or is gone', async () => {
  const folder = folderWith({
    'utf8.json': '\ufeff{"a": "ü"}',
    'utf16.json': new Uint8Array(Buffer.from('\ufeff{"a": "ü"}', 'utf16le')),
    'binary.json': new Uint8Array([0x7b, 0xff, 0x00, 0xfe, 0x80]),
  })
  const read = (name: string) => ask(FILE_REQUESTS.read, { uri: uriOf(join(folder, name)) })
  expect(await read('utf8.json')).toBe('{"a": "ü"}')
  expect(await read('utf16.json')).toBe('{"a": "ü"}')
  expect(await read('binary.json')).toBeNull()
  expect(await read('gone.json')).toBeNull()
})

test('of no use to the linter is what it would not look at', async () => {
  const folder = folderWith({
    'other.json': '{"a": 1}',
    'rule.json': '{"issuer_id": 1}',
    'account.yaml': 'kind: ServiceAccount',
    'wif-lint.yaml': '',
  })
  const useful = async (name: string) =>
    (await ask(FILE_REQUESTS.read, { uri: uriOf(join(folder, name)), onlyIfUseful: true })) !== null
  expect(await useful('other.json')).toBe(false)
  for (const name of ['rule.json', 'account.yaml', 'wif-lint.yaml']) expect(await useful(name)).toBe(true)
})

test('a folder that is gone has no files', async () => {
  expect(await listed(join(folderWith({}), 'gone'))).toEqual([])
})
