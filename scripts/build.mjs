// @ts-check
/**
 * `npm run build`: bundles everything that is shipped into dist/. With --dev, readable and with source maps.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { copyFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build as bundle } from 'esbuild'
import { glob } from 'tinyglobby'
import { compileSchemas } from './compile-schemas.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
const pages = 'server/src/rules'
const validators = 'server/src/schema/validators.generated.js'

/**
 * @typedef {object} Bundle
 * @property {string} entry
 * @property {string} output in dist/
 * @property {boolean} [executable]
 * @property {import('esbuild').BuildOptions} [options] what differs from the others
 */

/**
 * The command line comes in parts, and this leaves them out of what starts it: to compile what is rarely asked for
 * takes longer than to lint a file.
 *
 * @type {import('esbuild').Plugin}
 */
const loadingParts = {
  name: 'loading-parts',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/cli\/main\.ts$/ }, () => ({ path: './cli/main.mjs', external: true }))
  },
}

/**
 * What runs in Node and in a browser alike. What only Node can load is behind an `import()`, which a browser never
 * comes to (test/browser.test.ts); `yaml` has a version for each, of which the one for browsers runs in both.
 *
 * @satisfies {import('esbuild').BuildOptions}
 */
const ANYWHERE = {
  external: ['vscode'],
  conditions: ['browser'],
  alias: { yaml: join(root, 'node_modules/yaml/browser/index.js') },
}

/**
 * One self-contained file for each way to start, and those for the pages of webviews.
 *
 * @type {Bundle[]}
 */
const bundles = [
  { entry: 'server/src/cli.ts', output: 'cli.js', executable: true, options: { plugins: [loadingParts] } },
  {
    entry: 'server/src/cli/main.ts',
    output: 'cli/main.mjs',
    options: {
      format: 'esm',
      splitting: true,
      chunkNames: 'cli/[name]-[hash]',
      outExtension: { '.js': '.mjs' },
      // What packages that are CommonJS want of Node.
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
    },
  },
  { entry: 'server/src/main.ts', output: 'server.js', executable: true, options: ANYWHERE },
  { entry: 'client/src/main.ts', output: 'client.js', options: ANYWHERE },
  ...['access-map', 'token'].flatMap(view),
]

/**
 * What `frame` loads into the page of a view: its script and its style sheet.
 *
 * @param {string} name
 * @returns {Bundle[]}
 */
function view(name) {
  const folder = `client/src/views/${name}`
  return [
    {
      entry: `${folder}/page.ts`,
      output: `views/${name}.js`,
      options: { platform: 'browser', target: 'es2022', format: 'iife' },
    },
    { entry: `${folder}/${name}.css`, output: `views/${name}.css`, options: { target: 'chrome120' } },
  ]
}

/** What decides over the content of dist/. */
const inputs = [
  '{client,server}/src/**',
  'schemas/*.json',
  'scripts/{build,compile-schemas}.mjs',
  'package.json',
  'node_modules/.package-lock.json',
]

/**
 * Writes dist/.
 *
 * @param {{ dev?: boolean }} [options]
 */
export async function build({ dev = false } = {}) {
  compileSchemas()
  const results = await Promise.all(present().map(each => bundleOne(each, dev)))
  const packages = new Set(results.flatMap(({ metafile }) => Object.keys(metafile.inputs)).flatMap(packageOf))
  await write(join(dist, 'THIRD-PARTY-NOTICES.txt'), notices(packages))
  await copyPages()
  // What an earlier build left behind must not be packaged.
  const written = new Set(results.flatMap(({ outputFiles }) => outputFiles.map(({ path }) => path)))
  const leftovers = (await glob('{,cli/,views/}*.{js,mjs,css}{,.map}', { cwd: dist, absolute: true })).filter(
    path => !written.has(path),
  )
  await Promise.all(leftovers.map(path => rm(path)))
}

/** Builds, unless everything in dist/ is newer than all it is made from. Returns whether it did. */
export async function buildIfStale() {
  // Folders too: theirs is the only date that changes when a file is taken away.
  const paths = await glob(inputs, {
    cwd: root,
    absolute: true,
    dot: true,
    onlyFiles: false,
    ignore: ['**/*.test.ts', validators],
  })
  const newest = Math.max(...(await Promise.all(paths.map(changed))))
  const oldest = Math.min(...(await Promise.all(present().map(({ output }) => changed(join(dist, output))))))
  if (newest < oldest) return false
  await build()
  return true
}

/** The bundles whose entry is written already. */
function present() {
  return bundles.filter(({ entry }) => existsSync(join(root, entry)))
}

/** @param {string} path */
async function changed(path) {
  return stat(path).then(
    found => found.mtimeMs,
    () => 0,
  )
}

/**
 * @param {Bundle} each
 * @param {boolean} dev
 */
async function bundleOne({ entry, output, executable, options }, dev) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const result = await bundle({
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // jsonc-parser's `main` is UMD, whose require() calls cannot be bundled.
    mainFields: ['module', 'main'],
    define: { __VERSION__: JSON.stringify(version) },
    minify: !dev,
    sourcemap: dev,
    // They are in THIRD-PARTY-NOTICES.txt, with those of packages that keep theirs in a file.
    legalComments: 'none',
    ...(executable && { banner: { js: '#!/usr/bin/env node' } }),
    ...options,
    absWorkingDir: root,
    entryPoints: [{ in: entry, out: output.slice(0, -extname(output).length) }],
    outdir: dist,
    bundle: true,
    metafile: true,
    write: false,
  })
  // What starts last: it must find its parts.
  const start = join(dist, output)
  const files = result.outputFiles.sort((a, b) => Number(a.path === start) - Number(b.path === start))
  for (const { path, contents } of files) await write(path, contents, executable ? 0o755 : 0o644)
  return result
}

/**
 * Writes a file in one step: a test that runs it meanwhile, or another build, sees the old one or the new one.
 *
 * @param {string} path
 * @param {string | Uint8Array} contents
 * @param {number} mode
 */
async function write(path, contents, mode = 0o644) {
  const unfinished = `${path}.${process.pid}`
  await mkdir(dirname(path), { recursive: true })
  await writeFile(unfinished, contents, { mode })
  await rename(unfinished, path)
}

/** The pages of the rules, which `wif-lint explain` and the editor show. */
async function copyPages() {
  await rm(join(dist, 'rules'), { recursive: true, force: true })
  for (const page of await glob('*/*.md', { cwd: join(root, pages) })) {
    const to = join(dist, 'rules', page)
    await mkdir(dirname(to), { recursive: true })
    await copyFile(join(root, pages, page), to)
  }
}

/**
 * The folder of the package that an input of a bundle comes from, or none for our own.
 *
 * @param {string} input
 */
function packageOf(input) {
  // The validators are Ajv's work and bring some of its helpers.
  if (input === validators) return ['node_modules/ajv']
  return [...input.matchAll(/.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/g)].map(([folder]) => folder)
}

/**
 * The licence of each package, whole, as the licences demand.
 *
 * @param {Iterable<string>} packages
 */
function notices(packages) {
  const texts = [...packages].sort().map(folder => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
    const files = readdirSync(join(root, folder)).filter(file => /^(licen[cs]e|notice|copying)/i.test(file))
    const full = files.map(file => readFileSync(join(root, folder, file), 'utf8').trim())
    return [`${name} ${version} (${license})`, ...full].join('\n\n')
  })
  const rule = `\n\n${'-'.repeat(80)}\n\n`
  return `${['This program contains the following packages.', ...texts].join(rule)}\n`
}

if (process.argv[1] === import.meta.filename) {
  try {
    await build({ dev: process.argv.includes('--dev') })
  } catch (error) {
    // What is wrong in the sources, esbuild has said already.
    if (!(error instanceof Error && 'errors' in error)) throw error
    process.exitCode = 1
  }
}
