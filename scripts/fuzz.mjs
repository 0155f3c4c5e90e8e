// @ts-check
/**
 * `npm run fuzz`: tries hostile inputs on everything that reads what people write, for about a minute.
 *
 *   --seconds N        how long in total (60)
 *   --seed N           where to begin; the same seed tries the same inputs (a new one each day)
 *   --property NAME    only this one
 *
 * An input that fails is made small and kept in test/fuzz/fixtures/, where `npm test` tries it again from then on.
 */
import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { compileSchemas } from './compile-schemas.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
/** No input may keep a process from saying that it goes on for so long. */
const HANG_MS = 20_000
/** Nor may it take longer to try its first, on a machine that has much else to do. */
const START_MS = 120_000

const { values } = parseArgs({
  options: { seconds: { type: 'string' }, seed: { type: 'string' }, property: { type: 'string' } },
})
const seconds = Number(values.seconds ?? 60)
const seed = Number(values.seed ?? Math.floor(Date.now() / 86_400_000))
if (!(seconds > 0) || !Number.isInteger(seed)) {
  console.error('fuzz: --seconds is a positive number, --seed a whole one')
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), 'wif-fuzz-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
compileSchemas()
const names = await bundle()
const chosen = names.filter(name => values.property === undefined || name === values.property)
if (chosen.length === 0) {
  console.error(`fuzz: the properties are ${names.join(', ')}`)
  process.exit(2)
}

console.log(`fuzz: seed ${seed}, ${seconds} s for ${chosen.length} properties`)
let failed = 0
let total = 0
for (const name of chosen) {
  const { runs, failure } = await tryOne(name, (seconds * 1000) / chosen.length)
  total += runs
  console.log(`${failure ? 'FAIL' : 'ok  '} ${name.padEnd(12)} ${String(runs).padStart(8)} inputs`)
  if (!failure) continue
  failed++
  console.log(`     ${failure.error.split('\n').slice(0, 12).join('\n     ')}`)
  // None when the process did not come to try any.
  if (failure.input !== null) console.log(`     kept as ${keep(name, failure.input)}`)
}
console.log(
  `fuzz: ${total} inputs, ${Math.round((total / seconds) * 60)} a minute; ${failed} of ${chosen.length} properties failed`,
)
process.exitCode = failed > 0 ? 1 : 0

/** Bundles the inner process and returns the names of its properties. */
async function bundle() {
  /** @type {import('esbuild').BuildOptions} */
  const options = { bundle: true, platform: 'node', mainFields: ['module', 'main'], logLevel: 'error' }
  await build({ ...options, entryPoints: [join(root, 'test/fuzz/run.ts')], outfile: join(folder, 'run.cjs') })
  await build({
    ...options,
    format: 'esm',
    stdin: {
      contents: `import { properties } from './test/fuzz/properties/index.ts'
        export const names = properties([{ format: 'json', text: '{}' }, { format: 'yaml', text: '' }]).map(p => p.name)`,
      resolveDir: root,
      loader: 'ts',
    },
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)",
    },
    outfile: join(folder, 'names.mjs'),
  })
  return /** @type {string[]} */ ((await import(join(folder, 'names.mjs'))).names)
}

/**
 * @param {string} name
 * @param {number} milliseconds
 * @returns {Promise<{ runs: number, failure?: { error: string, input: unknown } }>}
 */
function tryOne(name, milliseconds) {
  const current = join(folder, 'current.json')
  writeFileSync(current, 'null')
  const child = fork(join(folder, 'run.cjs'), [root, name, String(seed), String(milliseconds), current], {
    execArgv: ['--enable-source-maps'],
  })
  return new Promise(resolve => {
    const broken = (/** @type {string} */ error) =>
      settle({ runs: 0, failure: { error, input: JSON.parse(readFileSync(current, 'utf8')) } })
    const hangs = () => broken(`an input is not done with after ${HANG_MS / 1000} s`)
    let timer = setTimeout(hangs, START_MS)
    child.on('message', (/** @type {any} */ message) => {
      clearTimeout(timer)
      if (message.done) settle(message.done)
      else timer = setTimeout(hangs, HANG_MS)
    })
    child.on('exit', (code, signal) => broken(`the process ended (${signal ?? code})`))

    /** @param {{ runs: number, failure?: { error: string, input: unknown } }} result */
    function settle(result) {
      clearTimeout(timer)
      child.removeAllListeners('exit')
      child.kill('SIGKILL')
      resolve(result)
    }
  })
}

/**
 * @param {string} property
 * @param {unknown} input
 */
function keep(property, input) {
  const text = `${JSON.stringify({ property, input }, null, 2)}\n`
  const path = `test/fuzz/fixtures/${property}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}.json`
  writeFileSync(join(root, path), text)
  return path
}
