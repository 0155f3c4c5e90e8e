import { beforeEach, expect, test } from 'vitest'
import type { Range } from 'vscode-languageserver-protocol/node'
import { brief, CAPABLE, type Client } from './client.ts'
import { apply, editsOf } from './edits.ts'
import { pod, podRule, serviceAccount, TENANT_WIDE, WIDE_RULE } from './fixtures.ts'
import { folderOf } from './folder.ts'
import { connectProcess } from './servers.ts'

const RULE = 'untitled:rule'
const POD = 'untitled:pod'

let client: Client
beforeEach(async () => {
  client = await connectProcess()
  return () => client.end()
})

/** The place between two characters. */
function between(line: number, character: number): Range {
  return { start: { line, character }, end: { line, character } }
}

test('a quick fix does what it says, to the version it was made for, for the finding it names', async () => {
  await client.initialize()
  client.open(RULE, 'json', WIDE_RULE)
  client.open('untitled:accounts', 'yaml', `${serviceAccount()}---\n${serviceAccount('batch')}`)
  client.change(RULE, { text: `\r\n${WIDE_RULE}` })
  const actions = await client.actions(RULE)
  expect(actions.map(({ title, kind, isPreferred }) => [title, kind, isPreferred])).toEqual([
    [expect.stringContaining('role/inference-worker'), 'quickfix', undefined],
    [expect.stringContaining('role/batch'), 'quickfix', undefined],
  ])
  expect(actions[0]?.diagnostics?.map(brief)).toEqual([TENANT_WIDE.replaceAll('5:', '6:')])
  expect(actions.flatMap(action => [...editsOf(action).keys()])).toEqual([`2 ${RULE}`, `2 ${RULE}`])
  expect(apply(`\r\n${WIDE_RULE}`, actions[0])).toBe(
    `\r\n${WIDE_RULE.replace('role/*', 'role/inference-worker')}`,
  )
})

test('fixes are offered for the findings that the range touches', async () => {
  await client.initialize()
  client.open(RULE, 'json', WIDE_RULE)
  client.open('untitled:account', 'yaml', serviceAccount())
  const offered = async (range: Range) => (await client.actions(RULE, range)).length
  expect(await offered(between(4, 21))).toBe(0)
  expect(await offered(between(4, 22))).toBe(1)
  expect(await offered(between(4, 56))).toBe(1)
  expect(await offered(between(4, 57))).toBe(0)
  expect(await offered({ start: { line: 4, character: 0 }, end: { line: 5, character: 0 } })).toBe(1)
  // An editor may say a selection from its end.
  expect(await offered({ start: { line: 5, character: 0 }, end: { line: 4, character: 0 } })).toBe(1)
})

test('a fix is made from the document, not from what the client says is wrong with it', async () => {
  await client.initialize()
  client.open(RULE, 'json', WIDE_RULE)
  client.open('untitled:account', 'yaml', serviceAccount())
  const { items } = await client.pull(RULE)
  client.change(RULE, { text: '{}' })
  expect(await client.actions(RULE, between(0, 1), { diagnostics: items })).toEqual([])
})

test('a safe fix is preferred, and part of all that is safe', async () => {
  await client.initialize()
  const broken = `${pod()}---\n${pod().replaceAll('inference-worker', 'batch').replaceAll('\n', '\n')}`
  client.open(POD, 'yaml', broken)
  const [first, ...others] = await client.actions(POD, between(11, 20))
  expect(first).toMatchObject({ kind: 'quickfix', isPreferred: true })
  expect(apply(broken, first)).toBe(
    broken.replace(
      '              path: token',
      '              path: token\n              audience: https://api.anthropic.com',
    ),
  )
  expect(others).toMatchObject([{ kind: 'source.fixAll.wif', title: 'Fix all that is safe to fix (WIF)' }])
  expect(apply(broken, others[0])).toBe(
    broken.replaceAll(
      '              path: token',
      '              path: token\n              audience: https://api.anthropic.com',
    ),
  )
})

test.for([
  [['source.fixAll.wif'], ['source.fixAll.wif']],
  [['source.fixAll'], ['source.fixAll.wif']],
  [['source'], ['source.fixAll.wif']],
  [['quickfix'], ['quickfix']],
  [
    ['quickfix', 'source'],
    ['quickfix', 'source.fixAll.wif'],
  ],
  [['source.fixAll.eslint'], []],
  [['source.organizeImports', 'refactor'], []],
  [[''], ['quickfix', 'source.fixAll.wif']],
])('who asks for %j gets %j', async ([only = [], kinds]) => {
  await client.initialize()
  client.open(POD, 'yaml', pod())
  const actions = await client.actions(POD, undefined, { only })
  expect(actions.map(({ kind }) => kind)).toEqual(kinds)
})

test('a moving cursor is not offered to fix everything, and nobody where nothing is safe to fix', async () => {
  await client.initialize()
  client.open(POD, 'yaml', pod())
  expect((await client.actions(POD, undefined, { triggerKind: 2 })).map(({ kind }) => kind)).toEqual([
    'quickfix',
  ])
  client.open(RULE, 'json', WIDE_RULE)
  expect(await client.actions(RULE, undefined, { only: ['source.fixAll.wif'] })).toEqual([])
})

test('fixing everything leaves nothing that is safe to fix', async () => {
  await client.initialize()
  client.open(POD, 'yaml', pod())
  const fixed = apply(pod(), (await client.actions(POD, undefined, { only: ['source.fixAll'] }))[0])
  client.change(POD, { text: fixed })
  expect((await client.pull(POD)).items).toEqual([])
  expect(await client.actions(POD, undefined, { only: ['source.fixAll'] })).toEqual([])
})

test('a fix for another file goes to the version that is open there, or to the file on the disk', async () => {
  const folder = folderOf({ 'pod.yaml': pod('https://other.example'), 'rule.yaml': podRule() })
  await client.initialize({ folders: [folder.uri] })
  await client.knows(2)
  const [podUri, ruleUri] = [folder.at('pod.yaml'), folder.at('rule.yaml')]
  client.open(ruleUri, 'yaml', podRule())
  const request = async () =>
    (await client.actions(ruleUri)).find(action => action.title.startsWith('Request')) ?? { title: 'none' }
  expect(apply(pod('https://other.example'), await request())).toBe(pod('https://api.anthropic.com'))
  expect([...editsOf(await request()).keys()]).toEqual([`null ${podUri}`])
  client.open(podUri, 'yaml', pod('https://other.example'), 5)
  expect([...editsOf(await request()).keys()]).toEqual([`5 ${podUri}`])
})

test('a name that a fix cannot know is left to type over, where the editor can', async () => {
  const title = 'Name one IAM role: "arn:aws:iam::123456789012:role/<name>"'
  const fixed = WIDE_RULE.replace('role/*', 'role/<name>')
  await client.initialize()
  client.open(RULE, 'json', WIDE_RULE)
  const [plain] = await client.actions(RULE)
  expect(plain).toMatchObject({ title })
  expect(apply(WIDE_RULE, plain)).toBe(fixed)

  const able = await connectProcess()
  const workspaceEdit = { documentChanges: true, snippetEditSupport: true }
  await able.initialize({ capabilities: { ...CAPABLE, workspace: { ...CAPABLE.workspace, workspaceEdit } } })
  able.open(RULE, 'json', WIDE_RULE)
  const [action] = await able.actions(RULE)
  expect(action && [...editsOf(action).values()]).toMatchObject([
    [{ snippet: { kind: 'snippet', value: '"arn:aws:iam::123456789012:role/${1:<name>}"' } }],
  ])
  await able.end()
})

test('a client without versioned edits gets plain ones; one without literals gets none', async () => {
  const { workspaceEdit: _, ...workspace } = CAPABLE.workspace ?? {}
  await client.initialize({ capabilities: { ...CAPABLE, workspace } })
  client.open(POD, 'yaml', pod())
  const [action] = await client.actions(POD)
  expect(action?.edit).toEqual({
    changes: { [POD]: [{ range: expect.anything(), newText: expect.any(String) }] },
  })
})

test('a fix that needs new files is offered to a client that can make them', async () => {
  const uri = 'file:///nowhere/rule.json'
  const split = 'Split into one rule for each of the 2 IAM roles, in files of their own'
  await client.initialize({
    capabilities: {
      ...CAPABLE,
      workspace: {
        ...CAPABLE.workspace,
        workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
      },
    },
  })
  client.open(uri, 'json', WIDE_RULE)
  client.open('untitled:accounts', 'yaml', `${serviceAccount()}---\n${serviceAccount('batch')}`)
  const action = (await client.actions(uri)).find(({ title }) => title === split)
  const created = 'file:///nowhere/wide-inference-batch.json'
  expect(action?.edit?.documentChanges).toMatchObject([
    { textDocument: { uri, version: 1 }, edits: [{ newText: expect.stringContaining('inference-worker') }] },
    { kind: 'create', uri: created, options: { overwrite: false, ignoreIfExists: false } },
    {
      textDocument: { uri: created, version: null },
      edits: [
        {
          newText: WIDE_RULE.replace('wide-inference', 'wide-inference-batch')
            .replace('role/*', 'role/batch')
            .replace(
              '{ "type": "service_account", "service_account_id": "svac_..." }',
              '{\n    "type": "service_account",\n    "service_account_id": "svac_..."\n  }',
            ),
        },
      ],
    },
  ])
  // Not where such a file is there already.
  client.open(created, 'json', '{}')
  expect((await client.actions(uri)).map(({ title }) => title)).not.toContain(split)
})
