// @ts-check
/**
 * `npm run bench`: measures the linter beside other tools, on inputs that are the same in every run. Some minutes.
 *
 *   --quick            the smallest sizes, to see that it runs; the figures mean nothing
 *   --editor           also how long the extension takes to become active in the real editor
 *   --only a,b         only these sections: workspace, json, yaml, growth, start, decide
 *   --rounds N         how often each is measured (7)
 *   --seed N           for other inputs (1)
 *   --results PATH     where the tables are kept, without the extension (test/bench/results)
 *   FOLDER             measures the files in this folder, too
 *
 * Prints tables, and keeps them as PATH.md and PATH.json, which git ignores.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { glob } from 'tinyglobby'
import { buildIfStale } from './build.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
// Inside of node_modules, so that the other tools are found, and run as they are installed.
const programs = join(root, 'node_modules/.cache/wif-bench')

await buildIfStale()
// For its size, and for the editor.
if (!process.argv.includes('--quick')) await import('./package.mjs')
await build({
  absWorkingDir: root,
  entryPoints: ['test/bench/main.ts', ...(await glob('test/bench/programs/*.ts', { cwd: root }))],
  entryNames: '[name]',
  outdir: programs,
  bundle: true,
  platform: 'node',
  packages: 'external',
  define: { __VERSION__: '"0.0.0"' },
  logLevel: 'error',
})
const args = [join(programs, 'main.js'), ...process.argv.slice(2)]
spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }).on('exit', code => {
  process.exitCode = code ?? 1
})
