/** The server under test as it is shipped: the built bundle as a process. `inside.ts` runs it within the test. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { globSync } from 'tinyglobby'
import { afterAll } from 'vitest'
import { connectSpawned, type Spawned } from './spawned.ts'

export { connectInside } from './inside.ts'

const REPO = fileURLToPath(new URL('../../', import.meta.url))

const bundles = new Map<string, Promise<string>>()
const made: string[] = []

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

/** The path of a bundle: the one in dist/, or one made now where that is missing or out of date. */
export function bundleOf(entry: 'node' | 'cli'): Promise<string> {
  const bundle = bundles.get(entry) ?? freshBundle(entry === 'node' ? 'server.js' : 'cli.js')
  bundles.set(entry, bundle)
  return bundle
}

async function freshBundle(name: string): Promise<string> {
  const built = join(REPO, 'dist', name)
  if (existsSync(built)) {
    const time = statSync(built).mtimeMs
    const sources = globSync('server/src/**/*.{ts,js}', { cwd: REPO, absolute: true })
    if (sources.every(path => statSync(path).mtimeMs <= time)) return built
  }
  const folder = mkdtempSync(join(tmpdir(), 'wif-bundle-'))
  made.push(folder)
  const outfile = join(folder, name)
  const { version } = JSON.parse(readFileSync(join(REPO, 'package.json'), 'utf8'))
  await build({
    // The command line starts the server's script to evaluate conditions.
    entryPoints: { cli: join(REPO, 'server/src/cli.ts'), server: join(REPO, 'server/src/main.ts') },
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    conditions: ['browser'],
    define: { __VERSION__: JSON.stringify(version) },
    logLevel: 'error',
  })
  return outfile
}

/** A client of the built server over standard input and output. */
export async function connectProcess(args?: readonly string[]): Promise<Spawned> {
  return connectSpawned(await bundleOf('node'), args)
}
