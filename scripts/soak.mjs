// @ts-check
/**
 * `npm run soak`: one language server under storms of edits, requests and changes on the disk, for half an hour. After
 * each storm it must say what a fresh server says, and its memory must be flat in the end. Linux only: it reads /proc.
 *
 *   --minutes N   how long (30)
 *   --seed N      which storms (1)
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { buildIfStale } from './build.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } })
const minutes = Number(values.minutes ?? 30)
if (!(minutes > 0)) {
  console.error('soak: --minutes is a positive number')
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), 'wif-soak-'))
try {
  await buildIfStale()
  await build({
    entryPoints: [join(root, 'test/torture/soak.ts')],
    outfile: join(folder, 'soak.cjs'),
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  })
  const args = [join(folder, 'soak.cjs'), join(root, 'dist/server.js'), String(minutes), values.seed ?? '1']
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
