import { describe, expect, test } from 'vitest'
import type { ClientCapabilities, CodeLens, InlayHint } from 'vscode-languageserver-protocol/node'
import { CAPABLE, EVERYWHERE, type Start } from './client.ts'
import { FORMATS, type Format, openFixture, shown } from './cursor.ts'
import { connectInside } from './inside.ts'
import { replaced, STACK } from './stack.ts'

const SHOWING: ClientCapabilities = {
  ...CAPABLE,
  workspace: {
    ...CAPABLE.workspace,
    codeLens: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
  },
  textDocument: { ...CAPABLE.textDocument, codeLens: {}, inlayHint: {} },
}
const COMMANDS = { commands: ['wif.checkToken', 'wif.showAdmitted'] }
const REFRESHES = ['workspace/codeLens/refresh', 'workspace/inlayHint/refresh']

type Files = Record<string, string>

/** Opens `files` in a client that shows lenses and hints; `of` is the one that is asked about. */
async function open(files: Files, of: string, format: Format, options: Start = {}) {
  const client = connectInside()
  await client.initialize({ capabilities: SHOWING, initializationOptions: COMMANDS, ...options })
  const fixture = openFixture(client, files, format)
  return { client, fixture, textDocument: { uri: fixture.uri(of) } }
}

type Opened = Awaited<ReturnType<typeof open>>

/** The lenses as they are shown, each with the places it leads to. */
async function shownLenses({ client, fixture, textDocument }: Opened): Promise<string[]> {
  const found: CodeLens[] = await client.request('textDocument/codeLens', { textDocument })
  const texts: string[] = []
  for (const lens of found) {
    const { command } = lens.command ? lens : await client.request<CodeLens>('codeLens/resolve', lens)
    const places = command?.command === 'wif.showAdmitted' ? shown(fixture, command.arguments?.[2]) : []
    texts.push([command?.title, ...places].join(' -> '))
  }
  return texts
}

async function lenses(...args: Parameters<typeof open>): Promise<string[]> {
  const opened = await open(...args)
  const texts = await shownLenses(opened)
  await opened.client.end()
  return texts
}

/** The hints, each behind the text of its line before it. */
async function hints(...args: Parameters<typeof open>): Promise<string[]> {
  const { client, fixture, textDocument } = await open(...args)
  const params = { textDocument, range: EVERYWHERE }
  const found: InlayHint[] = await client.request('textDocument/inlayHint', params)
  await client.end()
  const lines = (fixture.texts.get(textDocument.uri) ?? '').split('\n')
  return found.map(({ position, label }) => {
    const line = lines[position.line]?.slice(0, position.character) ?? ''
    return `${line.replace(/"/g, '').replace(/^\s*(- )?|,$| ?\{$/g, '')} ‹${label}›`
  })
}

const BATCH = STACK.pod
  .replace('search-pod', 'batch-pod')
  .replace('serviceAccountName: search', 'serviceAccountName: batch')
const SUBJECT = 'subject_prefix: system:serviceaccount:inference:search'
const WIDE = replaced(
  { ...STACK, batch: BATCH },
  'rule',
  SUBJECT,
  'subject_prefix: system:serviceaccount:inference:*',
)
const NAMELESS = { ...STACK, pod: STACK.pod.replace('fdrl_01Search', 'fdrl_...') }
const CHECK = 'Check a token'
const TO_RULE = ' -> rule: id: ‹fdrl_01Search›'

describe.each(FORMATS)('lenses in %s', format => {
  test.each<[string, Files, string[]]>([
    [
      'who is admitted by a prefix',
      WIDE,
      ['admits 2 of 2 workloads -> batch: name: ‹batch-pod› -> pod: name: ‹search-pod›'],
    ],
    [
      'who is admitted exactly',
      { ...WIDE, rule: STACK.rule },
      ['admits 1 of 2 workloads -> pod: name: ‹search-pod›'],
    ],
    ['nobody', replaced(STACK, 'rule', 'inference:search', 'inference:other'), ['admits 0 of 1 workload']],
    [
      'perhaps somebody',
      replaced(STACK, 'rule', 'target:', '  claims: { env: prod }\ntarget:'),
      ['admits 0 to 1 of 1 workload -> pod: name: ‹search-pod›'],
    ],
    [
      'nothing of workloads that are no part of the workspace',
      { pod: STACK.pod, rule: STACK.rule.replace(/system:.*search/, 'repo:acme/app:ref:refs/heads/main') },
      [],
    ],
    ['nothing where there are no workloads', { rule: STACK.rule }, []],
    [
      'nothing while the subject is to be filled in',
      replaced(STACK, 'rule', 'inference:search', '<namespace>:<name>'),
      [],
    ],
  ])('above a rule: %s', async (_, files, expected) => {
    expect(await lenses(files, 'rule', format)).toEqual([CHECK, ...expected])
  })

  test.each<[string, Files, string[]]>([
    ['the rule it names', STACK, [`admitted by rule "search"${TO_RULE}`]],
    [
      'why that denies it',
      replaced(STACK, 'rule', 'audience: https://api.anthropic.com', 'audience: https://api.anthropic.com/'),
      [
        `rule "search" denies it: The token's audience is "https://api.anthropic.com", the rule expects "https://api.anthropic.com/": only the slash at the end differs${TO_RULE}`,
      ],
    ],
    [
      'why that denies it, of an audience that only begins alike',
      replaced(STACK, 'pod', 'audience: https://api.anthropic.com', 'audience: https://api.anthropic.com/v1'),
      [
        `rule "search" denies it: The token's audience is "https://api.anthropic.com/v1", the rule expects "https://api.anthropic.com"${TO_RULE}`,
      ],
    ],
    [
      'what is not known',
      replaced(STACK, 'rule', 'target:', '  claims: { env: prod }\ntarget:'),
      [`rule "search" may admit it: The claim "env" is not known${TO_RULE}`],
    ],
    ['the one that fits where it names none', NAMELESS, [`admitted by rule "search"${TO_RULE}`]],
    [
      'the several that fit',
      { ...NAMELESS, twin: STACK.rule.replace('01Search', '02Search').replace('inference:search', '*') },
      [`admitted by 2 rules${TO_RULE} -> twin: id: ‹fdrl_02Search›`],
    ],
    [
      'none that fits',
      replaced(NAMELESS, 'rule', 'inference:search', 'inference:other'),
      ['no rule here admits it'],
    ],
    ['nothing of a rule that is elsewhere', replaced(STACK, 'pod', 'fdrl_01Search', 'fdrl_01Elsewhere'), []],
    ['nothing where there are no rules', { pod: NAMELESS.pod }, []],
  ])('above a pod: %s', async (_, files, expected) => {
    expect(await lenses(files, 'pod', format)).toEqual(expected)
  })
})

test('lenses are text where the client has no command for them', async () => {
  const { client, textDocument } = await open(STACK, 'rule', 'yaml', { initializationOptions: {} })
  const found: CodeLens[] = await client.request('textDocument/codeLens', { textDocument })
  const [lens] = found
  expect(found).toHaveLength(1)
  expect(lens?.range).toEqual({ start: { line: 0, character: 0 }, end: { line: 0, character: 0 } })
  expect((await client.request<CodeLens>('codeLens/resolve', lens)).command).toEqual({
    title: 'admits 1 of 1 workload',
    command: '',
  })
  // Whatever has become of what it stood above.
  client.change(textDocument.uri, { text: '' })
  expect((await client.request<CodeLens>('codeLens/resolve', lens)).command).toEqual({
    title: '',
    command: '',
  })
  await client.end()
})

test('the command for a token says where the rule is', async () => {
  const { client, textDocument } = await open(STACK, 'rule', 'json')
  const [lens]: CodeLens[] = await client.request('textDocument/codeLens', { textDocument })
  expect(lens?.command?.arguments).toEqual([{ uri: textDocument.uri, offset: 0 }])
  await client.end()
})

describe.each(FORMATS)('hints in %s', format => {
  test.each<[string, Files, string[]]>([
    [
      'an exact subject',
      STACK,
      ['subject_prefix: system:serviceaccount:inference:search ‹exact›', 'issuer_id: fdis_01Eks ‹eks-prod›'],
    ],
    [
      'a prefix, an audience that is not named',
      replaced(WIDE, 'rule', '  audience: https://api.anthropic.com\n', ''),
      [
        'match: ‹audience: https://api.anthropic.com›',
        'subject_prefix: system:serviceaccount:inference:* ‹prefix: admits 2›',
        'issuer_id: fdis_01Eks ‹eks-prod›',
      ],
    ],
    [
      'a prefix where nobody is known',
      { rule: STACK.rule.replace('inference:search', 'inference:*') },
      ['subject_prefix: system:serviceaccount:inference:* ‹prefix›'],
    ],
    [
      'a prefix of what the workspace has no workloads of',
      {
        pod: STACK.pod,
        rule: STACK.rule.replace(SUBJECT, 'subject_prefix: arn:aws:iam::210987654321:role/*'),
      },
      ['subject_prefix: arn:aws:iam::210987654321:role/* ‹prefix›'],
    ],
    [
      'an id that no file has, of the one issuer it can be',
      replaced(STACK, 'issuer', 'id: fdis_01Eks\n', ''),
      ['subject_prefix: system:serviceaccount:inference:search ‹exact›', 'issuer_id: fdis_01Eks ‹eks-prod›'],
    ],
    [
      'an id that is only begun',
      replaced(replaced(STACK, 'issuer', 'id: fdis_01Eks\n', ''), 'rule', 'fdis_01Eks', 'fd'),
      ['subject_prefix: system:serviceaccount:inference:search ‹exact›'],
    ],
    [
      'a placeholder',
      { rule: STACK.rule.replace('system:serviceaccount:inference:search', '<subject>') },
      [],
    ],
  ])('%s', async (_, files, expected) => {
    const found = await hints(files, 'rule', format)
    expect(found.toSorted()).toEqual(expected.toSorted())
  })

  test('what an id in a pod stands for', async () => {
    expect(await hints(STACK, 'pod', format)).toEqual(['value: fdrl_01Search ‹search›'])
  })
})

test('who is admitted by a prefix is listed', async () => {
  const { client, textDocument } = await open(WIDE, 'rule', 'yaml')
  const params = { textDocument, range: { start: { line: 4, character: 0 }, end: { line: 5, character: 0 } } }
  expect(await client.request('textDocument/inlayHint', params)).toEqual([
    {
      position: { line: 4, character: 51 },
      label: 'prefix: admits 2',
      paddingLeft: true,
      tooltip: { kind: 'markdown', value: '- `Pod inference/batch-pod`\n- `Pod inference/search-pod`' },
    },
  ])
  await client.end()
})

test('each can be turned off', async () => {
  const off = { codeLens: { enabled: false }, inlayHints: { enabled: false } }
  expect(await lenses(STACK, 'rule', 'json', { settings: { '': off } })).toEqual([])
  expect(await hints(STACK, 'rule', 'json', { settings: { '': off } })).toEqual([])
  expect(
    await hints(STACK, 'rule', 'json', { settings: { '': { codeLens: { enabled: false } } } }),
  ).toHaveLength(2)
})

test('nothing of it is there where the linter is off', async () => {
  const off = { '': { enable: false } }
  expect(await lenses(STACK, 'rule', 'json', { settings: off })).toEqual([])
  expect(await hints(STACK, 'pod', 'yaml', { settings: off })).toEqual([])
})

test('they are fetched again when another document has changed what they say, and only then', async () => {
  const opened = await open(WIDE, 'rule', 'yaml')
  const { client, fixture } = opened
  expect((await shownLenses(opened))[1]).toMatch(/^admits 2 of 2/)
  client.tick()
  for (const method of REFRESHES) await client.next(method)

  client.change(fixture.uri('batch'), { text: BATCH.replace('namespace: inference', 'namespace: other') })
  await client.barrier()
  client.tick()
  for (const method of REFRESHES) await client.next(method)
  expect((await shownLenses(opened))[1]).toMatch(/^admits 1 of 2/)

  client.change(fixture.uri('batch'), {
    text: BATCH.replace('namespace: inference', 'namespace: other # here'),
  })
  await client.barrier()
  client.tick()
  await client.barrier()
  expect(client.unread().filter(message => message.includes('odeLens'))).toEqual([])
  await client.end()
})
