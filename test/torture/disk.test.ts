import {
  chmodSync,
  mkdirSync,
  openSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { brief, CAPABLE } from '../lsp/client.ts'
import { TENANT_WIDE, WIDE_RULE } from '../lsp/fixtures.ts'
import { folderOf } from '../lsp/folder.ts'
import { bundleOf, connectProcess } from '../lsp/servers.ts'
import { connectSpawned, type Spawned } from '../lsp/spawned.ts'

/** What a disk can do to a server that reads it. */

const NOBODY = 65534

async function start(folder: string, client?: Spawned): Promise<Spawned> {
  const started = client ?? (await connectProcess())
  // Without the bar that shows progress, whose messages nobody reads here.
  await started.initialize({ folders: [folder], capabilities: { ...CAPABLE, window: {} } })
  return started
}

async function isFine(client: Spawned, folder: string, documents: number): Promise<void> {
  await client.knows(documents)
  const uri = `${folder}/open.json`
  client.open(uri, 'json', WIDE_RULE)
  expect((await client.pull(uri)).items.map(brief)).toEqual([TENANT_WIDE])
  await client.end()
}

test('links that lead in circles, to nowhere and out of the folder', async () => {
  const folder = folderOf({ 'a/b/rule.json': WIDE_RULE })
  symlinkSync(folder.path, join(folder.path, 'a/b/up'))
  symlinkSync('loop.json', join(folder.path, 'loop.json'))
  symlinkSync('/nowhere/at/all.json', join(folder.path, 'dangling.json'))
  symlinkSync('a/b/rule.json', join(folder.path, 'again.json'))
  symlinkSync('/dev/zero', join(folder.path, 'endless.json'))
  await isFine(await start(folder.uri), folder.uri, 1)
})

test('a file and a folder that may not be read', async () => {
  const folder = folderOf({ 'rule.json': WIDE_RULE, 'secret.json': WIDE_RULE, 'closed/rule.json': WIDE_RULE })
  chmodSync(folder.path, 0o755)
  chmodSync(join(folder.path, 'secret.json'), 0)
  chmodSync(join(folder.path, 'closed'), 0)
  onTestFinished(() => chmodSync(join(folder.path, 'closed'), 0o755))
  // Root may read everything, so the server is somebody else.
  const uid = process.getuid?.() === 0 ? NOBODY : undefined
  const client = connectSpawned(await bundleOf('node'), ['--stdio'], uid)
  await isFine(await start(folder.uri, client), folder.uri, 1)
})

test('a file of 100 MB that begins like a rule, and one that is a sparse gigabyte', async () => {
  const folder = folderOf({ 'rule.json': WIDE_RULE })
  const line = `# issuer_url ${'x'.repeat(1010)}\n`
  const chunk = line.repeat(1024)
  const file = openSync(join(folder.path, 'huge.yaml'), 'w')
  for (let i = 0; i < 100; i++) writeSync(file, chunk)
  writeFileSync(join(folder.path, 'sparse.json'), '')
  truncateSync(join(folder.path, 'sparse.json'), 1024 ** 3)
  await isFine(await start(folder.uri), folder.uri, 1)
}, 60_000)

test('50,000 files: requests are answered while they are read, and all of them are', async () => {
  const folder = folderOf({})
  for (let i = 0; i < 50; i++) {
    mkdirSync(join(folder.path, `${i}`))
    for (let k = 0; k < 1000; k++) {
      const name = join(folder.path, `${i}`, `${k}.yaml`)
      writeFileSync(name, k === 0 ? WIDE_RULE : 'kind: ConfigMap\ndata: {}\n')
    }
  }
  const client = await start(folder.uri)
  client.open(`${folder.uri}/first.json`, 'json', WIDE_RULE)
  expect((await client.pull(`${folder.uri}/first.json`)).items).toHaveLength(1)
  await isFine(client, folder.uri, 51)
}, 120_000)

test('files that vanish, appear and become folders while they are read', async () => {
  const folder = folderOf({ 'rule.json': WIDE_RULE })
  for (let i = 0; i < 500; i++) folder.write(`many/${i}.json`, WIDE_RULE)
  const client = await start(folder.uri)
  // The walk has begun by the time this is answered.
  await client.barrier()
  for (let i = 0; i < 500; i += 2) rmSync(join(folder.path, `many/${i}.json`))
  for (let i = 0; i < 500; i += 4) mkdirSync(join(folder.path, `many/${i}.json`))
  for (let i = 0; i < 100; i++) folder.write(`new/${i}.json`, WIDE_RULE)
  const changes = [
    ...Array.from({ length: 250 }, (_, i) => ({ uri: folder.at(`many/${2 * i}.json`), type: 3 })),
    ...Array.from({ length: 100 }, (_, i) => ({ uri: folder.at(`new/${i}.json`), type: 1 })),
  ]
  client.notify('workspace/didChangeWatchedFiles', { changes })
  await isFine(client, folder.uri, 1 + 250 + 100)
}, 60_000)
