import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { buildIfStale } from '../../scripts/build.mjs'
import { WIDE_RULE } from './fixtures.ts'
import { folderOf } from './folder.ts'
import { connectSpawned } from './spawned.ts'

beforeAll(async () => {
  await buildIfStale()
}, 60_000)

test('wif-lint lsp --stdio is the language server', async () => {
  const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
  const folder = folderOf({ 'wide.json': WIDE_RULE })
  const client = connectSpawned(cli, ['lsp', '--stdio'])
  await client.initialize({ folders: [folder.uri] })
  client.open(folder.at('wide.json'), 'json', WIDE_RULE)
  const report = await client.pull(folder.at('wide.json'))
  expect(report.kind === 'full' && report.items.map(({ code }) => code)).toContain('match/tenant-wide')
  await client.end()
})
