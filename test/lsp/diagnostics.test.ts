import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { brief, CAPABLE, PUSH_ONLY } from './client.ts'
import { MISMATCH_AT_POD, MISMATCH_AT_RULE, pod, podRule, TENANT_WIDE, WIDE_RULE } from './fixtures.ts'
import { connectInside, connectProcess } from './servers.ts'

const RULE = 'file:///w/rule.yaml'
const POD = 'file:///w/pod.yaml'

const immediate = () => new Promise<void>(resolve => setImmediate(resolve))

describe('a client that fetches', () => {
  let client: ReturnType<typeof connectInside>
  beforeEach(async () => {
    client = connectInside()
    await client.initialize()
  })
  afterEach(() => client.end())

  /** Lets the pause go by that the server waits for. */
  async function pause(): Promise<void> {
    await client.barrier()
    client.tick()
  }

  test('gets all that a finding is', async () => {
    client.open(RULE, 'json', WIDE_RULE)
    expect((await client.pull(RULE)).items).toEqual([
      {
        range: { start: { line: 4, character: 22 }, end: { line: 4, character: 56 } },
        severity: 2,
        code: 'match/tenant-wide',
        codeDescription: { href: 'https://rules.test/match/tenant-wide' },
        source: 'wif',
        message: expect.stringContaining('Every IAM role in AWS account 123456789012 matches'),
      },
    ])
  })

  test('is told of the other place, as the client calls it', async () => {
    client.open('file:///w/%72ule.yaml', 'yaml', podRule('https://other.example'))
    client.open(POD, 'yaml', pod('https://api.anthropic.com'))
    const { items } = await client.pull(POD)
    expect(items.map(brief)).toEqual([MISMATCH_AT_POD])
    expect(items[0]?.relatedInformation).toEqual([
      {
        location: {
          uri: 'file:///w/%72ule.yaml',
          range: { start: { line: 4, character: 12 }, end: { line: 4, character: 33 } },
        },
        message: 'expected here',
      },
    ])
    await pause()
    await client.next('workspace/diagnostic/refresh')
  })

  test('need not fetch the same findings again', async () => {
    client.open(RULE, 'json', WIDE_RULE)
    const first = await client.pull(RULE)
    expect(await client.pull(RULE, first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId })
    client.change(RULE, { text: `\n${WIDE_RULE}` })
    const second = await client.pull(RULE, first.resultId)
    expect(second.items.map(brief)).toEqual(['match/tenant-wide 6:23-6:57'])
    // Closed and opened with another text under the same version: the old answer does not hold.
    client.close(RULE)
    client.open(RULE, 'json', WIDE_RULE)
    expect((await client.pull(RULE, second.resultId)).items.map(brief)).toEqual([TENANT_WIDE])
    await pause()
    await client.next('workspace/diagnostic/refresh')
  })

  test('is asked to fetch again when another document has changed what is found', async () => {
    client.open(RULE, 'yaml', podRule())
    client.open(POD, 'yaml', pod('https://api.anthropic.com'))
    const before = await client.pull(RULE)
    expect(before.items).toEqual([])
    await pause()
    await client.next('workspace/diagnostic/refresh')

    client.change(POD, { text: pod('https://other.example') })
    await pause()
    await client.next('workspace/diagnostic/refresh')
    const after = await client.pull(RULE, before.resultId)
    expect(after.items.map(brief)).toEqual([MISMATCH_AT_RULE])

    // A comment changes nothing elsewhere but the place of the other half.
    client.change(POD, { text: `# a comment\n${pod('https://other.example')}` })
    const moved = await client.pull(RULE, after.resultId)
    expect(moved.items[0]?.relatedInformation?.[0]?.location.range.start).toEqual({ line: 13, character: 24 })
    await pause()
    expect(await client.pull(RULE, moved.resultId)).toMatchObject({ kind: 'unchanged' })
  })
})

describe('a client that waits', () => {
  let client: ReturnType<typeof connectInside>
  let breathe = immediate
  beforeEach(async () => {
    breathe = immediate
    client = connectInside({ breathe: () => breathe() })
    await client.initialize({ capabilities: PUSH_ONLY, initializationOptions: {} })
  })
  afterEach(() => client.end())

  const published = async (uri: string) => {
    const { version, diagnostics } = await client.next(
      'textDocument/publishDiagnostics',
      params => params.uri === uri,
    )
    return [version, ...diagnostics.map(brief)]
  }
  /** Lets the pause go by that the server waits for. */
  async function pause(): Promise<void> {
    await client.barrier()
    client.tick()
  }

  test('is sent the findings of the version it has, once it pauses', async () => {
    client.open(RULE, 'json', '{}')
    client.change(RULE, { text: WIDE_RULE })
    client.change(RULE, { text: `\n${WIDE_RULE}` })
    await client.barrier()
    expect(client.unread()).toEqual([])
    expect(client.timers()).toEqual([200])
    client.tick()
    expect(await published(RULE)).toEqual([3, 'match/tenant-wide 6:23-6:57'])
    expect(client.timers()).toEqual([])
  })

  test('is never sent findings of a version that is no longer current', async () => {
    client.open(RULE, 'json', WIDE_RULE)
    client.open(POD, 'yaml', pod('https://api.anthropic.com'))
    let goOn = () => {}
    breathe = () => new Promise(resolve => (goOn = resolve))
    await pause()
    expect(await published(RULE)).toEqual([1, TENANT_WIDE])
    // Arrives while the first document's findings are on their way, before the second's.
    client.change(POD, { text: pod() })
    await client.barrier()
    breathe = immediate
    goOn()
    await pause()
    expect(await published(POD)).toEqual([2, expect.stringContaining('pod/audience-missing')])
  })

  test('is sent the findings of other documents too when they have changed, and only then', async () => {
    client.open(RULE, 'yaml', podRule())
    client.open(POD, 'yaml', pod('https://api.anthropic.com'))
    await pause()
    expect([await published(RULE), await published(POD)]).toEqual([[1], [1]])
    client.change(POD, { text: pod('https://other.example') })
    await pause()
    expect(await published(RULE)).toEqual([1, MISMATCH_AT_RULE])
    expect(await published(POD)).toEqual([2, 'cross/audience-mismatch 13:25-13:46'])
    client.change(RULE, { text: podRule('https://other.example') })
    await pause()
    expect([await published(RULE), await published(POD)]).toEqual([[2], [2]])
    // Nobody else cares for a comment.
    client.change(RULE, { text: `# a comment\n${podRule('https://other.example')}` })
    await pause()
    expect(await published(RULE)).toEqual([3])
  })

  test('sees the findings of a closed document go', async () => {
    client.open(RULE, 'json', WIDE_RULE)
    await pause()
    expect(await published(RULE)).toEqual([1, TENANT_WIDE])
    client.close(RULE)
    expect(await published(RULE)).toEqual([undefined])
    await pause()
  })

  test('has no finding fetched', async () => {
    client.open(RULE, 'json', WIDE_RULE)
    expect(await client.pull(RULE)).toEqual({ kind: 'full', items: [] })
  })
})

test('over stdio, a client that waits is sent findings in real time', async () => {
  const client = await connectProcess()
  await client.initialize({ capabilities: PUSH_ONLY })
  client.open(RULE, 'json', WIDE_RULE, 7)
  const params = await client.next('textDocument/publishDiagnostics')
  expect(params).toMatchObject({ uri: RULE, version: 7, diagnostics: [{ code: 'match/tenant-wide' }] })
  await client.end()
})

test('a client that cannot show more is not sent more', async () => {
  const client = connectInside()
  const { diagnostic, codeAction } = CAPABLE.textDocument ?? {}
  await client.initialize({ capabilities: { textDocument: { diagnostic, codeAction } as object } })
  client.open(RULE, 'yaml', podRule('https://other.example'))
  client.open(POD, 'yaml', pod('https://api.anthropic.com'))
  const { items } = await client.pull(RULE)
  expect(items.map(item => Object.keys(item).sort())).toEqual([
    ['code', 'message', 'range', 'severity', 'source'],
  ])
  client.tick()
  await client.end()
})
