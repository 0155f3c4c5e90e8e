import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, normalize } from 'node:path/posix'
import { fileURLToPath } from 'node:url'
import { globSync } from 'tinyglobby'
import { describe, expect, test } from 'vitest'

/** The core, from the bottom up: each folder may import those before it, and nothing of Node. */
const CORE = [
  'text',
  'syntax',
  'cel',
  'wif',
  'schema',
  'decide',
  'access',
  'token',
  'lint',
  'rules',
  'workspace',
  'features',
]

/** Around the core, and what of its neighbours each may import besides it. `lsp` and `cli` never meet. */
const SHELLS: Record<string, readonly string[]> = {
  node: [],
  lsp: ['node'],
  cli: ['node'],
}

const ENTRIES = ['main.ts', 'node.ts', 'worker.ts', 'cli.ts']

/** Libraries that one folder keeps to itself, with the entries that may start them. */
const OWNED: { library: RegExp; what: string; folders: readonly string[]; entries: readonly string[] }[] = [
  {
    library: /^vscode-languageserver/,
    what: 'the Language Server Protocol',
    folders: ['lsp'],
    entries: ['node.ts', 'worker.ts'],
  },
  { library: /^@bufbuild\/(cel|re2)|^@marcbachmann\/cel-js/, what: 'CEL', folders: ['cel'], entries: [] },
]

/** Comments and strings; none goes on over a line end but a comment, so that a stray quote hides one line at most. */
const TOKENS = /\/\*[\s\S]*?\*\/|\/\/.*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\\n])*`/g
const IMPORTS =
  /\b(?:import|export)\b[^'"`;()]*?['"](?<from>[^'"]+)['"]|\bimport\s*\(\s*['"](?<call>[^'"]+)['"]/g

/** What reaches out of the core: the network, the process, the clock, the terminal. */
const OUTSIDE = [/\bfetch\(/, /\bprocess\./, /\bDate\.now\(/, /\bconsole\./]

/** CEL from a workspace is evaluated in a process of its own, which these start and are. */
const CHILD_PROCESS = ['cel/node.ts', 'cel/child.ts']

interface SourceFile {
  path: string
  /** The top folder in server/src; '' for an entry. */
  folder: string
  /** The modules it imports, as written. */
  imports: string[]
  /** Its text without comments and strings. */
  code: string
}

const root = fileURLToPath(new URL('../server/src/', import.meta.url))
const files = globSync('**/*.ts', { cwd: root, ignore: ['**/*.test.ts', '**/*.testdata.ts'] })
  .sort()
  .map(read)
const core = files.filter(file => CORE.includes(file.folder) && !CHILD_PROCESS.includes(file.path))

describe('server/src', () => {
  test('has no folder without a place in the architecture', () => {
    const places = [...CORE, ...Object.keys(SHELLS), '']
    const strays = files.filter(
      ({ path, folder }) => !places.includes(folder) || (!folder && !ENTRIES.includes(path)),
    )
    expect(
      violations(strays, () => ['belongs to no layer: give its folder a place in CORE or SHELLS']),
    ).toEqual([])
  })

  test('imports only downwards', () => {
    const inLayers = files.filter(({ folder }) => folder !== '')
    expect(
      violations(inLayers, ({ path, folder, imports }) =>
        imports.flatMap(specifier => {
          const target = targetOf(path, specifier)
          if (target === undefined || target === folder || mayImport(folder, target)) return []
          return `imports ${specifier}, but ${folder}/ may import only ${allowed(folder).join(', ') || 'nothing'}`
        }),
      ),
    ).toEqual([])
  })

  test('keeps Node out of the core', () => {
    expect(
      violations(core, file => [
        ...file.imports
          .filter(isBuiltin)
          .map(specifier => `imports ${specifier}; the core also runs in a browser`),
        ...mentions(OUTSIDE, 'the core knows no network, process, clock or terminal')(file),
      ]),
    ).toEqual([])
  })

  test.each(OWNED)('lets nobody but $folders speak $what', ({ library, what, folders, entries }) => {
    const others = files.filter(({ path, folder }) => !folders.includes(folder) && !entries.includes(path))
    expect(
      violations(others, ({ imports }) =>
        imports
          .filter(specifier => library.test(specifier))
          .map(specifier => `imports ${specifier}; only ${folders}/ knows ${what}`),
      ),
    ).toEqual([])
  })

  test('leaves arguments to the entries and standard output to the command line', () => {
    const inside = files.filter(({ folder }) => folder !== 'cli' && folder !== '')
    expect(violations(inside, mentions([/\bprocess\.argv/], 'only cli/ and the entries do'))).toEqual([])
    const silent = files.filter(({ path, folder }) => folder !== 'cli' && path !== 'cli.ts')
    expect(violations(silent, mentions([/\bprocess\.stdout/], 'only cli/ and cli.ts do'))).toEqual([])
  })
})

/** One line for each thing that is wrong with each file. */
function violations(of: readonly SourceFile[], check: (file: SourceFile) => string[]): string[] {
  return of.flatMap(file => check(file).map(what => `server/src/${file.path} ${what}`))
}

function mentions(words: readonly RegExp[], why: string): (file: SourceFile) => string[] {
  return ({ code }) =>
    words.flatMap(word => code.match(word)?.slice(0, 1) ?? []).map(word => `mentions ${word}; ${why}`)
}

function mayImport(folder: string, target: string): boolean {
  return allowed(folder).includes(target)
}

function allowed(folder: string): readonly string[] {
  const shell = SHELLS[folder]
  return shell ? [...CORE, ...shell] : CORE.slice(0, CORE.indexOf(folder))
}

/** The folder in server/src that `specifier` leads to from `path`; undefined for a package and for a schema, which is data. */
function targetOf(path: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined
  const target = normalize(join(dirname(path), specifier))
  return /^\.\.\/\.\.\/schemas\/[^/]+\.json$/.test(target) ? undefined : folderOf(target)
}

function folderOf(path: string): string {
  return path.includes('/') ? (path.split('/', 1)[0] ?? '') : ''
}

function read(path: string): SourceFile {
  const withStrings = readFileSync(join(root, path), 'utf8').replace(TOKENS, token =>
    token.startsWith('/') ? '' : token,
  )
  const imports = [...withStrings.matchAll(IMPORTS)].flatMap(
    ({ groups }) => groups?.from ?? groups?.call ?? [],
  )
  return { path, folder: folderOf(path), imports, code: withStrings.replace(TOKENS, '') }
}
