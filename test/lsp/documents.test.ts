import { beforeEach, expect, test } from 'vitest'
import { brief, type Client } from './client.ts'
import { serviceAccount, TENANT_WIDE, WIDE_RULE } from './fixtures.ts'
import { connectProcess } from './servers.ts'

const URI = 'untitled:Untitled-1'

let client: Client
beforeEach(async () => {
  client = await connectProcess()
  await client.initialize()
  return () => client.end()
})

/** The findings of a document, in brief. */
async function findings(uri = URI): Promise<string[]> {
  return (await client.pull(uri)).items.map(brief)
}

/** The findings of a text that is opened as it is. */
async function findingsOf(text: string, languageId = 'json'): Promise<string[]> {
  client.open('untitled:whole', languageId, text)
  const found = await findings('untitled:whole')
  client.close('untitled:whole')
  return found
}

/** A change of the words at `line` from `start` to `end` (from 0). */
function at(line: number, start: number, end: number, text: string) {
  return { range: { start: { line, character: start }, end: { line, character: end } }, text }
}

test('an edit of a few characters makes a finding go and come', async () => {
  client.open(URI, 'json', WIDE_RULE)
  expect(await findings()).toEqual([TENANT_WIDE])
  client.change(URI, at(4, 54, 55, 'inference'))
  expect(await findings()).toEqual([])
  client.change(URI, at(4, 54, 63, '*'))
  expect(await findings()).toEqual([TENANT_WIDE])
})

test('several edits in one message build on each other', async () => {
  client.open(URI, 'json', WIDE_RULE)
  client.change(URI, at(1, 11, 25, ''), at(1, 11, 11, 'wide\nx'), at(1, 15, 16, ''), at(2, 0, 1, ''), {
    ...at(1, 15, 15, ''),
    range: { start: { line: 1, character: 15 }, end: { line: 2, character: 0 } },
  })
  const text = WIDE_RULE.replace('wide-inference', 'wide')
  expect(await findings()).toEqual(await findingsOf(text))
})

test('places count UTF-16 units: an emoji is two and more, a combining mark one', async () => {
  const [astronaut, family, accented] = ['👩‍🚀', '👨‍👩‍👧‍👦', 'e\u0301']
  const text = WIDE_RULE.replaceAll('\n', ' ').replace('{', `{ /* ${astronaut}${accented} */`)
  const name = text.indexOf(astronaut)
  const subject = text.indexOf('"arn') + 1
  client.open(URI, 'jsonc', text)
  expect(await findings()).toEqual([`match/tenant-wide 1:${subject}-1:${subject + 34}`])
  client.change(URI, at(0, name, name + astronaut.length, family))
  // The mark alone, and a rocket before the family.
  const mark = name + family.length + 1
  client.change(URI, at(0, mark, mark + 1, ''), at(0, name, name, '🚀'))
  expect(await findings()).toEqual(await findingsOf(text.replace(`${astronaut}${accented}`, `🚀${family}e`)))
  const shift = family.length - astronaut.length - 1 + 2
  expect(await findings()).toEqual([`match/tenant-wide 1:${subject + shift}-1:${subject + shift + 34}`])
})

test('lines may end with CRLF, with CR, or now this way and now that', async () => {
  const crlf = WIDE_RULE.replaceAll('\n', '\r\n')
  client.open(URI, 'json', crlf)
  expect(await findings()).toEqual([TENANT_WIDE])
  // From the end of one line over its CRLF into the next; then a lone CR.
  client.change(URI, {
    range: { start: { line: 0, character: 1 }, end: { line: 1, character: 2 } },
    text: '\r',
  })
  expect(await findings()).toEqual([TENANT_WIDE])
  client.change(URI, at(1, 0, 0, '\n\r\n'))
  expect(await findings()).toEqual(['match/tenant-wide 6:23-6:57'])
  expect(await findings()).toEqual(await findingsOf(crlf.replace('\r\n  ', '\n\r\n')))
})

test('a change without a range replaces everything', async () => {
  client.open(URI, 'json', '{}')
  client.change(URI, { text: WIDE_RULE })
  expect(await findings()).toEqual([TENANT_WIDE])
})

test.for(['yaml', 'helm', 'kubernetes', 'dockercompose', 'github-actions-workflow', 'yaml.docker-compose'])(
  'a document in the language %s is YAML',
  async language => {
    expect(await findingsOf('kind: Pod\nsubject_prefix: [unclosed', language)).toEqual([
      expect.stringContaining('syntax/yaml'),
    ])
  },
)

test('comments are fine in JSON, and a document in another language is told by its name', async () => {
  const commented = WIDE_RULE.replace('{', '{ // for the AWS account')
  expect(await findingsOf(commented, 'jsonc')).toEqual([TENANT_WIDE])
  client.open('file:///somewhere/rule.json', 'plaintext', WIDE_RULE)
  expect(await findings('file:///somewhere/rule.json')).toEqual([TENANT_WIDE])
  expect(await findingsOf(WIDE_RULE, 'markdown')).toEqual([])
})

test('an edit in one document changes what is found and offered in the other', async () => {
  client.open('untitled:rule', 'json', WIDE_RULE)
  client.open('untitled:account', 'yaml', serviceAccount())
  const titles = async () => (await client.actions('untitled:rule')).map(action => action.title).join()
  expect(await titles()).toContain('role/inference-worker')
  client.change('untitled:account', { text: serviceAccount('batch') })
  expect(await titles()).toContain('role/batch')
  client.close('untitled:account')
  expect(await titles()).not.toContain('role/batch')
})

test('what is not open and not on the disk has no findings and no actions', async () => {
  expect(await findings('file:///nowhere.json')).toEqual([])
  expect(await client.actions('file:///nowhere.json')).toEqual([])
  client.open(URI, 'json', WIDE_RULE)
  expect(await findings()).toEqual([TENANT_WIDE])
  client.close(URI)
  expect(await findings()).toEqual([])
  expect(await client.actions(URI)).toEqual([])
  client.change(URI, at(0, 0, 0, 'x'))
  client.close(URI)
  expect(await findings('')).toEqual([])
  expect(await findings('no uri at all\0%%%')).toEqual([])
})

test.for([
  [-1, -1],
  [1e9, 1e9],
  [4, 1e9],
  [Number.NaN, 0.5],
  ['four', null],
])('a position of %j gives an answer', async ([line, character]) => {
  client.open(URI, 'json', WIDE_RULE)
  const position = { line, character } as { line: number; character: number }
  expect(await client.actions(URI, { start: position, end: position })).toBeInstanceOf(Array)
  client.change(URI, { range: { start: position, end: { line: 1e9, character: 0 } }, text: '' })
  expect(await findings()).toBeInstanceOf(Array)
})

test('a document of ten megabytes, cut off in the middle, is answered', async () => {
  const rules = Array.from({ length: 30_000 }, () => WIDE_RULE).join(',\n')
  client.open(URI, 'json', `[${rules.slice(0, 10 * 1024 * 1024)}`)
  expect(await findings()).toEqual([expect.stringMatching(/^syntax\/json 1:1-/)])
})

test('edits outside of the text are clamped, and those after them hit what they mean', async () => {
  const beyond = { line: 9, character: 0 }
  client.open('untitled:lies', 'json', 'ac')
  client.change('untitled:lies', { range: { start: beyond, end: { line: 8, character: 0 } }, text: '\r\n' })
  const second = { line: 1, character: 0 }
  client.change('untitled:lies', { range: { start: second, end: second }, text: WIDE_RULE })
  const first = { line: 0, character: 0 }
  client.change('untitled:lies', { range: { start: first, end: { line: 0, character: 2 } }, text: '' })
  const { items } = await client.pull('untitled:lies')
  expect(items.map(brief)).toEqual(['match/tenant-wide 6:23-6:57'])
})
