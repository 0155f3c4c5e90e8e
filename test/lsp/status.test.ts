import { beforeEach, expect, test } from 'vitest'
import type { Client } from './client.ts'
import { WIDE_RULE } from './fixtures.ts'
import { folderOf } from './folder.ts'
import { connectProcess } from './servers.ts'

let client: Client
beforeEach(async () => {
  client = await connectProcess()
  return () => client.end()
})

function configurationOf(uri: string): Promise<string | null> {
  return client.request('wif/configuration', { uri })
}

test('the nearest configuration governs a document, and the editor is told which it is', async () => {
  const folder = folderOf({
    'wif-lint.json': '{}',
    'team/wif-lint.yaml': 'profile: strict\n',
    'rule.json': WIDE_RULE,
    'team/deep/rule.json': WIDE_RULE,
  })
  await client.initialize({ folders: [folder.uri] })
  await client.knows(2)
  expect(await configurationOf(folder.at('rule.json'))).toBe(folder.at('wif-lint.json'))
  expect(await configurationOf(folder.at('team/deep/rule.json'))).toBe(folder.at('team/wif-lint.yaml'))
  expect(await configurationOf(folder.at('nowhere.json'))).toBeNull()
})

test('no configuration, no answer', async () => {
  const folder = folderOf({ 'rule.json': WIDE_RULE })
  await client.initialize({ folders: [folder.uri] })
  await client.knows(1)
  expect(await configurationOf(folder.at('rule.json'))).toBeNull()
})

test('the editor hears of it when a configuration comes or goes, and nothing else is new', async () => {
  const folder = folderOf({ 'rule.json': WIDE_RULE })
  await client.initialize({ folders: [folder.uri] })
  await client.knows(1)
  const config = folder.at('wif-lint.json')
  const heard = async (type: 1 | 3) => {
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: config, type }] })
    expect(await client.next('wif/status')).toEqual({ documents: 1, scanning: false })
    return configurationOf(folder.at('rule.json'))
  }
  folder.write('wif-lint.json', '{}')
  expect(await heard(1)).toBe(config)
  folder.remove('wif-lint.json')
  expect(await heard(3)).toBeNull()
})

test('a configuration with a mistake is reported once, in a sentence', async () => {
  const folder = folderOf({ 'wif-lint.json': '{ "profile": "loud" }', 'rule.json': WIDE_RULE })
  await client.initialize({ folders: [folder.uri] })
  await client.knows(1)
  const { message } = await client.next('window/logMessage')
  expect(message).toBe('wif-lint.json has a mistake: what is wrong in it does not count')
})
