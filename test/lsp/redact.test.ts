import { expect, test } from 'vitest'
import { redact } from '../../client/src/redact.ts'

const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln'

/** A message as the client library traces it. */
function traced(params: unknown, indent?: number): string {
  return `Sending notification 'textDocument/didOpen'.\nParams: ${JSON.stringify(params, null, indent)}\n\n`
}

test.for([0, 4])('a trace shows which document, not what it says (indent %d)', indent => {
  const params = {
    textDocument: {
      uri: 'file:///w/rule.json',
      languageId: 'json',
      version: 3,
      text: `{"a": "${TOKEN} \\" \n"}`,
    },
    contentChanges: [{ range: { start: { line: 1, character: 2 } }, text: TOKEN }, TOKEN],
  }
  const redacted = redact(traced(params, indent))
  expect(redacted).not.toContain('eyJ')
  expect(redacted).toContain("Sending notification 'textDocument/didOpen'.")
  const [, json = ''] = redacted.split('Params: ')
  expect(JSON.parse(json)).toEqual({
    textDocument: {
      ...params.textDocument,
      text: `… ${JSON.stringify(params.textDocument.text).length - 2} characters`,
    },
    contentChanges: [
      { range: { start: { line: 1, character: 2 } }, text: `… ${TOKEN.length} characters` },
      `… ${TOKEN.length} characters`,
    ],
  })
})

test('diagnostics, titles and edits quote documents; their rules and places stay', () => {
  const redacted = redact(
    traced({
      items: [
        {
          code: 'match/tenant-wide',
          source: 'wif',
          message: TOKEN,
          title: TOKEN,
          newText: TOKEN,
          token: TOKEN,
        },
      ],
    }),
  )
  expect(redacted).not.toContain('eyJ')
  expect(redacted).toContain('"code":"match/tenant-wide","source":"wif"')
})

test('a failed request says that it failed', () => {
  expect(redact(`Received response 'a/b - (1)' in 2ms. Request failed: ${TOKEN} (-32603).`)).toBe(
    "Received response 'a/b - (1)' in 2ms. Request failed.",
  )
})

test.for([
  ["Sending request 'wif/token/check - (3)'.", 'Params'],
  ["Received response 'wif/token/check - (3)' in 12ms.", 'Result'],
  ["Received response 'wif/token/check - (3)' in 12ms. Request failed.", 'Error data'],
  ['Received response 3 without active response promise.', 'Result'],
])('nothing of a request about a token but that it was made: %s', ([title = '', what]) => {
  // Names of claims, numbers, and members that elsewhere hold the protocol's own words.
  const secret = { claims: { [TOKEN]: TOKEN, exp: 1_764_313_200, type: TOKEN, uri: TOKEN, id: TOKEN } }
  for (const indent of [0, 4])
    expect(redact(`${title}\n${what}: ${JSON.stringify(secret, null, indent)}\n\n`)).toBe(title)
})
