import { beforeEach, expect, test } from 'vitest'
import { brief, type Client } from './client.ts'
import { MISMATCH_AT_RULE, pod, podRule, TENANT_WIDE, WIDE_RULE } from './fixtures.ts'
import { folderOf } from './folder.ts'
import { connectProcess } from './servers.ts'

let client: Client
beforeEach(async () => {
  client = await connectProcess()
  return () => client.end()
})

const [CREATED, CHANGED, DELETED] = [1, 2, 3]

async function findings(uri: string): Promise<string[]> {
  return (await client.pull(uri)).items.map(brief)
}

/** Tells the server of changes on the disk, as the editor's watcher does. */
function report(type: number, ...uris: string[]): void {
  client.notify('workspace/didChangeWatchedFiles', { changes: uris.map(uri => ({ uri, type })) })
}

test('the workspace is read at the start, and what it says of an open document is shown', async () => {
  const folder = folderOf({ 'deep/in/it/pod.yaml': pod('https://api.anthropic.com'), 'package.json': '{}' })
  await client.initialize({ folders: [folder.uri] })
  client.open(folder.at('rule.yaml'), 'yaml', podRule('https://other.example'))
  await client.settles(folder.at('rule.yaml'), ['cross/audience-mismatch 5:13-5:34'])
  await client.knows(2)
})

test('a change on the disk changes what is found in the other file', async () => {
  const folder = folderOf({ 'pod.yaml': pod('https://api.anthropic.com'), 'rule.yaml': podRule() })
  const [podUri, ruleUri] = [folder.at('pod.yaml'), folder.at('rule.yaml')]
  await client.initialize({ folders: [folder.uri] })
  await client.knows(2)
  client.open(ruleUri, 'yaml', podRule())
  expect(await findings(ruleUri)).toEqual([])

  folder.write('pod.yaml', pod('https://other.example'))
  report(CHANGED, podUri)
  await client.settles(ruleUri, [MISMATCH_AT_RULE])

  folder.remove('pod.yaml')
  report(DELETED, podUri)
  await client.settles(ruleUri, [])

  folder.write('pods/pod.yaml', pod('https://other.example'))
  report(CREATED, folder.at('pods/pod.yaml'))
  await client.settles(ruleUri, [MISMATCH_AT_RULE])

  // Editors report that the folder is gone, and nothing of what was in it.
  folder.remove('pods')
  report(DELETED, folder.at('pods'))
  await client.settles(ruleUri, [])
})

test('what is in the editor counts, not what is on the disk, until it is closed', async () => {
  const files = { 'pod.yaml': pod('https://api.anthropic.com'), 'rule.yaml': podRule(), 'z.json': WIDE_RULE }
  const folder = folderOf(files)
  const [podUri, ruleUri] = [folder.at('pod.yaml'), folder.at('rule.yaml')]
  await client.initialize({ folders: [folder.uri] })
  await client.knows(3)
  client.open(podUri, 'yaml', pod('https://other.example'))
  expect(await findings(ruleUri)).toEqual([MISMATCH_AT_RULE])
  folder.write('pod.yaml', pod('https://third.example'))
  folder.remove('z.json')
  report(CHANGED, podUri, folder.at('z.json'))
  await client.knows(2)
  expect((await client.pull(ruleUri)).items[0]?.message).toContain('"https://other.example"')
  client.close(podUri)
  expect((await client.pull(ruleUri)).items[0]?.message).toContain('"https://third.example"')
})

test('without a watcher, a save is as good', async () => {
  const folder = folderOf({ 'pod.yaml': pod('https://api.anthropic.com'), 'rule.yaml': podRule() })
  const [podUri, ruleUri] = [folder.at('pod.yaml'), folder.at('rule.yaml')]
  await client.initialize({ folders: [folder.uri] })
  await client.knows(2)
  client.open(podUri, 'yaml', pod('https://api.anthropic.com'))
  client.change(podUri, { text: pod('https://other.example') })
  folder.write('pod.yaml', pod('https://other.example'))
  client.notify('textDocument/didSave', { textDocument: { uri: podUri } })
  client.close(podUri)
  await client.settles(ruleUri, [MISMATCH_AT_RULE])
})

test('ignored files are no part of the workspace, until the ignore file says otherwise', async () => {
  const folder = folderOf({
    'rule.yaml': podRule(),
    'old/pod.yaml': pod('https://other.example'),
    'node_modules/a/pod.yaml': pod('https://other.example'),
    '.gitignore': 'old/\n',
    '.git/HEAD': 'ref: refs/heads/main\n',
  })
  const ruleUri = folder.at('rule.yaml')
  await client.initialize({ folders: [folder.uri] })
  await client.knows(1)
  folder.write('z.json', WIDE_RULE)
  report(CHANGED, ...['old/pod.yaml', 'node_modules/a/pod.yaml', 'z.json'].map(folder.at))
  await client.knows(2)
  expect(await findings(ruleUri)).toEqual([])

  folder.write('.gitignore', '')
  report(CHANGED, folder.at('.gitignore'))
  await client.settles(ruleUri, [MISMATCH_AT_RULE])

  folder.write('.gitignore', 'old/\n')
  report(CHANGED, folder.at('.gitignore'))
  await client.settles(ruleUri, [])
})

test('several folders are one workspace; one that is removed takes its files along', async () => {
  const rules = folderOf({ 'rule.yaml': podRule() })
  const pods = folderOf({ 'pod.yaml': pod('https://other.example') })
  const ruleUri = rules.at('rule.yaml')
  await client.initialize({ folders: [rules.uri] })
  await client.knows(1)
  change([pods.uri], [])
  await client.settles(ruleUri, [MISMATCH_AT_RULE])
  change([], [pods.uri])
  await client.settles(ruleUri, [])
  expect(await findings(pods.at('pod.yaml'))).toEqual([])
  // What happens there is no longer our business.
  rules.write('z.json', WIDE_RULE)
  report(CHANGED, pods.at('pod.yaml'), rules.at('z.json'))
  await client.knows(2)
  expect(await findings(ruleUri)).toEqual([])
})

test('a folder inside another that is removed stays with the outer one', async () => {
  const folder = folderOf({ 'rule.yaml': podRule(), 'pods/pod.yaml': pod('https://other.example') })
  await client.initialize({ folders: [folder.uri, folder.at('pods')] })
  await client.knows(2)
  change([], [folder.at('pods')])
  expect(await findings(folder.at('rule.yaml'))).toEqual([MISMATCH_AT_RULE])
})

/** Tells the server of folders that come and go. */
function change(added: string[], removed: string[]): void {
  const named = (uris: string[]) => uris.map(uri => ({ uri, name: uri }))
  client.notify('workspace/didChangeWorkspaceFolders', {
    event: { added: named(added), removed: named(removed) },
  })
}

test('the linter can be turned off, for all or for a folder', async () => {
  const other = WIDE_RULE.replace('wide-', 'even-wider-')
  const [on, off] = [folderOf({ 'a.json': WIDE_RULE }), folderOf({ 'b.json': other })]
  const [onUri, offUri] = [on.at('a.json'), off.at('b.json')]
  const settings: Record<string, object> = { [off.uri]: { enable: false } }
  await client.initialize({ folders: [on.uri, off.uri], settings })
  await client.knows(2)
  expect([await findings(onUri), await findings(offUri)]).toEqual([[TENANT_WIDE], []])
  expect(await client.actions(offUri)).toEqual([])

  delete settings[off.uri]
  client.notify('workspace/didChangeConfiguration', { settings: null })
  await client.settles(offUri, [TENANT_WIDE])

  settings[''] = { enable: false }
  client.notify('workspace/didChangeConfiguration', { settings: null })
  await client.settles(offUri, [])
  expect([await findings(onUri), await findings('untitled:x')]).toEqual([[], []])
})

test('the configuration of the repository counts, also when only a part of it is open', async () => {
  const folder = folderOf({
    '.git/HEAD': 'ref: refs/heads/main\n',
    'wif-lint.json': '{ "severity": { "match/tenant-wide": "off" } }',
    'part/rule.json': WIDE_RULE,
  })
  await client.initialize({ folders: [folder.at('part')] })
  await client.knows(1)
  expect(await findings(folder.at('part/rule.json'))).toEqual([])
  client.open(folder.at('part/wif-lint.yaml'), 'yaml', 'severity: { match/tenant-wide: error }')
  expect(await findings(folder.at('part/rule.json'))).toEqual([TENANT_WIDE])
})

test('a client that cannot be asked for its settings may send them', async () => {
  await client.initialize({ capabilities: { textDocument: { diagnostic: {} } } })
  client.open('untitled:x', 'json', WIDE_RULE)
  expect(await findings('untitled:x')).toEqual([TENANT_WIDE])
  client.notify('workspace/didChangeConfiguration', { settings: { wif: { enable: false } } })
  expect(await findings('untitled:x')).toEqual([])
  client.notify('workspace/didChangeConfiguration', { settings: { wif: {} } })
  expect(await findings('untitled:x')).toEqual([TENANT_WIDE])
})

test('files that cannot be read do not keep others from being read', async () => {
  const folder = folderOf({
    'binary.json': '\0\0\0federation_rule\0',
    'dir.json/inner.yaml': pod('https://other.example'),
    'rule.yaml': podRule(),
    'z.json': WIDE_RULE,
  })
  await client.initialize({ folders: ['file:///does/not/exist', 'memfs:/unknown', folder.uri] })
  await client.settles(folder.at('rule.yaml'), [MISMATCH_AT_RULE])
  expect(await findings(folder.at('z.json'))).toEqual([TENANT_WIDE])
})
