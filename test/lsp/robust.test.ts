import { setImmediate as immediate } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node'
import { describeError } from '../../server/src/lsp/log.ts'
import { brief, type Client, PUSH_ONLY } from './client.ts'
import { pod, TENANT_WIDE, WIDE_RULE } from './fixtures.ts'
import { connectInside, connectProcess } from './servers.ts'

let client: Client
afterEach(() => client.end())

test('a request that fails is logged and answered with nothing, and the next one is answered well', async () => {
  const pageUri = vi.fn(() => {
    throw new TypeError('cannot read "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln"')
  })
  client = connectInside({ pageUri })
  await client.initialize()
  client.open('untitled:x', 'json', WIDE_RULE)
  expect(await client.pull('untitled:x')).toEqual({ kind: 'full', items: [] })
  const { message } = await client.next('window/logMessage')
  expect(message).toMatch(/^textDocument\/diagnostic failed: TypeError: cannot read …\n\s+at /)
  expect(message).not.toContain('eyJ')
  pageUri.mockImplementation(() => undefined as never)
  expect((await client.pull('untitled:x')).items.map(brief)).toEqual([TENANT_WIDE])
})

test('where findings are sent, the failure of one document does not keep others waiting', async () => {
  const inside = connectInside({
    pageUri(rule) {
      if (rule === 'match/tenant-wide') throw new Error('no page')
      return undefined
    },
  })
  client = inside
  const { publishDiagnostics } = { publishDiagnostics: { codeDescriptionSupport: true } }
  await client.initialize({ capabilities: { ...PUSH_ONLY, textDocument: { publishDiagnostics } } })
  client.open('untitled:rule', 'json', WIDE_RULE)
  client.open('untitled:pod', 'yaml', pod())
  await client.barrier()
  inside.tick()
  const { uri, diagnostics } = await client.next('textDocument/publishDiagnostics')
  expect([uri, ...diagnostics.map(brief)]).toEqual(['untitled:pod', 'pod/audience-missing 12:13-12:32'])
  expect(await client.next('window/logMessage')).toMatchObject({
    message: expect.stringContaining('textDocument/publishDiagnostics failed: Error: no page'),
  })
})

test.for([
  [
    new SyntaxError(`Unexpected token 'e', "eyJhbGci..." is not valid JSON`),
    'SyntaxError: Unexpected token …, … is not valid JSON',
  ],
  [new Error('bad value `sk-ant-oat01`, expected “x”'), 'Error: bad value …, expected “x”'],
  [new Error('unfinished "eyJhbGci'), 'Error: unfinished …'],
  [new Error(`near ${'x'.repeat(50)} here\nand the text`), 'Error: near … here'],
])('an error is logged without what it quotes: %s', ([error, expected]) => {
  client = connectInside()
  expect(describeError(error).split('\n')[0]).toBe(expected)
})

test('what is thrown and is no error is not shown at all', () => {
  client = connectInside()
  expect(describeError('eyJhbGci')).toBe('string')
})

test('a request that is cancelled is not answered', async () => {
  let breathe = immediate as () => Promise<void>
  let asked = 0
  const inside = connectInside({
    breathe: () => breathe(),
    pageUri() {
      asked++
      return undefined
    },
  })
  client = inside
  await client.initialize()
  client.open('untitled:x', 'json', WIDE_RULE)
  let goOn = () => {}
  breathe = () => new Promise(resolve => (goOn = resolve))
  const source = new CancellationTokenSource()
  const answer = client.connection.sendRequest(
    'textDocument/diagnostic',
    { textDocument: { uri: 'untitled:x' } },
    source.token,
  )
  await client.barrier()
  source.cancel()
  await client.barrier()
  breathe = immediate
  goOn()
  await expect(answer).rejects.toMatchObject({ code: -32800 })
  expect(asked).toBe(0)
})

test('over stdio, a request that is cancelled at once is not answered', async () => {
  client = await connectProcess()
  await client.initialize()
  client.open('untitled:x', 'json', WIDE_RULE)
  const source = new CancellationTokenSource()
  const params = { textDocument: { uri: 'untitled:x' } }
  const answer = client.connection.sendRequest('textDocument/diagnostic', params, source.token)
  source.cancel()
  await expect(answer).rejects.toMatchObject({ code: -32800 })
})

test('reading a large workspace shows its progress, answers meanwhile and can be cancelled', async () => {
  const inside = connectInside({ files: source(3000) })
  client = inside
  await client.initialize({ folders: ['file:///w'] })
  const { token } = await client.next('window/workDoneProgress/create')
  const begin = await client.next('$/progress')
  expect(begin).toEqual({
    token,
    value: { kind: 'begin', title: 'WIF: reading the workspace', cancellable: true },
  })
  expect((await client.next('$/progress')).value).toEqual({ kind: 'report', message: '256 files' })
  client.open('untitled:x', 'json', WIDE_RULE)
  expect((await client.pull('untitled:x')).items.map(brief)).toEqual([TENANT_WIDE])
  client.notify('window/workDoneProgress/cancel', { token })
  await client.next('$/progress', ({ value }) => value.kind === 'end')
  const { message } = await client.next('window/logMessage')
  expect(Number(/stopped after (\d+) files/.exec(message)?.[1])).toBeLessThan(3000)
  await drain()
})

test('reading a workspace that is no longer there stops without a word', async () => {
  let listed = 0
  const { list, ...others } = source(3000)
  const inside = connectInside({
    files: {
      ...others,
      async *list(folder) {
        for await (const uri of list(folder)) {
          listed++
          yield uri
        }
      },
    },
  })
  client = inside
  await client.initialize({ folders: ['file:///w'] })
  await client.next('window/workDoneProgress/create')
  client.notify('workspace/didChangeWorkspaceFolders', {
    event: { added: [], removed: [{ uri: 'file:///w', name: 'w' }] },
  })
  await client.next('$/progress', ({ value }) => value.kind === 'end')
  expect(listed).toBeLessThan(3000)
  await drain()
})

test('a small workspace is read in silence', async () => {
  const inside = connectInside({ files: source(200) })
  client = inside
  await client.initialize({ folders: ['file:///w'] })
  let isRead = false
  const known = client.knows(0).then(() => {
    isRead = true
  })
  while (!isRead) {
    inside.tick()
    await immediate()
  }
  await known
})

/** A disk with so many files, none of which matters. */
function source(count: number) {
  return {
    async *list(folder: string) {
      for (let i = 0; i < count; i++) yield `${folder}/${i}.json`
    },
    read: async () => '{}',
    covers: async () => true,
  }
}

/** Takes out the reports of progress, whose number nobody knows. */
async function drain(): Promise<void> {
  while (client.unread().some(message => message.startsWith('$/progress'))) await client.next('$/progress')
}
