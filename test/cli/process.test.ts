import { execFile, spawn, spawnSync } from 'node:child_process'
import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { buildIfStale } from '../../scripts/build.mjs'
import {
  documentIn,
  FLAWLESS,
  folderWith,
  type Outcome,
  places,
  SESSION_ARN,
  TENANT_WIDE,
} from './harness.ts'

/** `wif-lint` as it is shipped, in a process of its own. */
const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

beforeAll(async () => {
  await buildIfStale()
}, 60_000)

function wifLint(cwd: string, ...argv: string[]): Promise<Outcome> {
  return new Promise(resolve => {
    execFile(
      process.execPath,
      [cli, ...argv],
      { cwd, maxBuffer: 2 ** 28, timeout: 15_000 },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr }),
    )
  })
}

test('exits with 0, 1 and 2', async () => {
  const cwd = folderWith({ 'good.json': FLAWLESS, 'bad.json': SESSION_ARN })
  expect(await wifLint(cwd, 'good.json')).toMatchObject({ code: 0, stderr: '' })
  expect(await wifLint(cwd, 'bad.json')).toMatchObject({ code: 1, stderr: '' })
  expect(await wifLint(cwd, 'gone.json')).toMatchObject({ code: 2, stdout: '' })
  expect(await wifLint(cwd, '--banana')).toMatchObject({ code: 2, stdout: '' })
})

test('tells its version and how to use it', async () => {
  expect((await wifLint(folderWith(), '--version')).stdout).toBe(`${manifest.version}\n`)
  expect((await wifLint(folderWith(), '--help')).stdout).toContain('Usage: wif-lint')
})

test('finds the pages that it is shipped with', async () => {
  const explained = await wifLint(folderWith(), 'explain', 'match/tenant-wide')
  expect(explained).toMatchObject({ code: 0, stderr: '' })
  expect(explained.stdout).toContain('Why it matters')
  expect(await wifLint(folderWith(), 'explain', 'match/nobody')).toMatchObject({ code: 2, stdout: '' })
  const { stdout } = await wifLint(folderWith(), 'rules', '--format', 'json')
  expect(JSON.parse(stdout).rules).toContainEqual(
    expect.objectContaining({ id: 'match/tenant-wide', fixable: true }),
  )
})

test('prints one JSON document, whole, however long it is', async () => {
  const cwd = folderWith({ 'rules.json': `[${Array(3000).fill(SESSION_ARN)}]` })
  const { code, stdout, stderr } = await wifLint(cwd, '--format', 'json')
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
  expect(documentIn(stdout).findings.length).toBeGreaterThanOrEqual(3000)
})

test('does not mind a reader who leaves early', async () => {
  const cwd = folderWith({ 'rules.json': `[${Array(3000).fill(SESSION_ARN)}]` })
  const child = spawn(process.execPath, [cli], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let stderr = ''
  child.stderr.on('data', chunk => {
    stderr += chunk
  })
  child.stdout.once('data', () => child.stdout.destroy())
  const code = await new Promise(resolve => child.once('close', resolve))
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
})

test.skipIf(!existsSync('/dev/full'))('says in a line when its output cannot be written', () => {
  const full = openSync('/dev/full', 'w')
  const { status, stderr } = spawnSync(process.execPath, [cli, 'rules'], {
    stdio: ['ignore', full, 'pipe'],
    encoding: 'utf8',
  })
  closeSync(full)
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'wif-lint: the output is not complete, the disk is full\n',
  })
})

test('survives files that nest without end', async () => {
  // A parser that recurses until the stack ends may die there of what cannot be caught, and sooner when it is warm.
  const cwd = folderWith({
    'a.yaml': 'issuer_url:\n\tb: 1\n',
    'b.yaml': 'issuer_url: {b: [1,\n',
    'good.json': TENANT_WIDE,
    ...Object.fromEntries([4000, 8000, 20_000].map(n => [`deep-${n}.yaml`, `issuer_url: ${'['.repeat(n)}`])),
    'deep.json': '{"issuer_url":'.repeat(100_000),
  })
  const { code, stdout } = await wifLint(cwd, '--format', 'json')
  expect(code).toBe(1)
  const { findings } = documentIn(stdout)
  expect(places(findings)).toContain('good.json:4:23 match/tenant-wide')
  for (const name of ['deep.json', 'deep-4000.yaml', 'deep-8000.yaml', 'deep-20000.yaml'])
    expect(findings.filter(f => f.file === name)).toMatchObject([{ rule: expect.stringMatching(/^syntax/) }])
})

test('is not coloured in a pipe', async () => {
  const { stdout } = await wifLint(folderWith({ 'rule.json': TENANT_WIDE }))
  expect(stdout).toContain('warning')
  expect(stdout).not.toContain('\u001b')
})

test('can be started by its name', () => {
  expect(statSync(cli).mode & 0o111).toBe(0o111)
})

test.skipIf(process.getuid?.() === 0)('tells of a file that may not be read', async () => {
  const cwd = folderWith({ 'good.json': TENANT_WIDE, 'secret.json': TENANT_WIDE })
  chmodSync(join(cwd, 'secret.json'), 0)
  const { code, stdout, stderr } = await wifLint(cwd, '--format', 'json', 'good.json', 'secret.json')
  expect({ code, stderr }).toEqual({ code: 2, stderr: 'wif-lint: secret.json: permission denied\n' })
  expect(places(documentIn(stdout).findings)).toEqual(['good.json:4:23 match/tenant-wide'])
})
