import { beforeEach, describe, expect, test } from 'vitest'
import type {
  ClientCapabilities,
  DocumentLink,
  DocumentSymbol,
  SelectionRange,
  SymbolInformation,
} from 'vscode-languageserver-protocol/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { CAPABLE, type Client } from './client.ts'
import { type Fixture, FORMATS, openFixture, shown } from './cursor.ts'
import { connectInside } from './inside.ts'
import { STACK, withCursor } from './stack.ts'

const OUTLINING: ClientCapabilities = {
  ...CAPABLE,
  workspace: { ...CAPABLE.workspace, symbol: {} },
  textDocument: {
    ...CAPABLE.textDocument,
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    documentLink: {},
    selectionRange: {},
  },
}

let client: Client
beforeEach(async () => {
  client = connectInside()
  await client.initialize({ capabilities: OUTLINING })
  return () => client.end()
})

const POLICY = `Version: "2012-10-17"
Statement:
  - Sid: Federate
    Effect: Allow
    Action: sts:GetWebIdentityToken
    Resource: "*"
`
const FILES = { ...STACK, policy: POLICY }

/** The entries of an outline, indented, each with its kind, its detail and the words that are selected for it. */
function drawn(fixture: Fixture, uri: string, symbols: readonly DocumentSymbol[], indent = ''): string[] {
  return symbols.flatMap(({ name, detail, kind, selectionRange, children }) => {
    const [place = ''] = shown(fixture, [{ uri, range: selectionRange }])
    const words = /‹(.*)›/.exec(place)?.[1]
    return [
      `${indent}${kind} ${name} (${detail}) ‹${words}›`,
      ...drawn(fixture, uri, children ?? [], `${indent}  `),
    ]
  })
}

describe.each(FORMATS)('the outline of %s', format => {
  test.each<[string, string[]]>([
    [
      'issuer',
      [
        '3 eks-prod (issuer) ‹fdis_01Eks›',
        '  8 issuer_url (https://oidc.eks.us-west-2.amazonaws.com/id/D539D4633E53DE1B71EED4A1B2C3D4E5) ‹issuer_url›',
        '  8 jwks (discovery) ‹jwks›',
        '    8 type (discovery) ‹type›',
      ],
    ],
    [
      'rule',
      [
        '5 search (rule) ‹fdrl_01Search›',
        '  8 subject_prefix (system:serviceaccount:inference:search) ‹subject_prefix›',
        '  8 audience (https://api.anthropic.com) ‹audience›',
        '  8 target (service_account) ‹target›',
        '    8 type (service_account) ‹type›',
        '    8 service_account_id (svac_01Search) ‹service_account_id›',
        '  8 oauth_scope (workspace:inference) ‹oauth_scope›',
      ],
    ],
    [
      'pod',
      [
        '2 search-pod (Pod in inference) ‹search-pod›',
        '  20 claude/token (https://api.anthropic.com) ‹claude/token›',
        '  19 app (fdrl_01Search) ‹app›',
      ],
    ],
    ['account', ['11 search (ServiceAccount in inference) ‹search›']],
    ['policy', ['4 IAM policy (2012-10-17) ‹Version›', '  23 Federate (Allow sts:GetWebIdentityToken) ‹›']],
  ])('%s', async (name, expected) => {
    const fixture = openFixture(client, FILES, format)
    const uri = fixture.uri(name)
    const symbols: DocumentSymbol[] = await client.request('textDocument/documentSymbol', {
      textDocument: { uri },
    })
    expect(drawn(fixture, uri, symbols)).toEqual(expected)
  })

  test('is a list for an editor that knows no trees', async () => {
    const plain = connectInside()
    await plain.initialize({ capabilities: { ...CAPABLE, textDocument: { documentSymbol: {} } } })
    const fixture = openFixture(plain, FILES, format)
    const uri = fixture.uri('policy')
    const symbols: SymbolInformation[] = await plain.request('textDocument/documentSymbol', {
      textDocument: { uri },
    })
    expect(symbols.map(({ name, containerName }) => [name, containerName])).toEqual([
      ['IAM policy', ''],
      ['Federate', 'IAM policy'],
    ])
    await plain.end()
  })

  test.each([
    ['', ['search', 'eks-prod', 'search-pod', 'search']],
    ['eks', ['eks-prod']],
    ['EKS prod', ['eks-prod']],
    ['fdrl', ['fdrl_01Search']],
    ['d539d4633', ['https://oidc.eks.us-west-2.amazonaws.com/id/D539D4633E53DE1B71EED4A1B2C3D4E5']],
    [
      'sysinferencesearch',
      ['system:serviceaccount:inference:search', 'system:serviceaccount:inference:search'],
    ],
    ['arch-p', ['search-pod']],
    ['search', ['search', 'search-pod', 'search']],
    ['nothing of the kind', []],
  ])('a search in the workspace for %j', async (query, expected) => {
    openFixture(client, FILES, format)
    const found: SymbolInformation[] = await client.request('workspace/symbol', { query })
    expect(found.map(({ name }) => name)).toEqual(expected)
  })
})

test('what is found says what else it is called, and where it is', async () => {
  const fixture = openFixture(client, FILES, 'yaml')
  const [found]: SymbolInformation[] = await client.request('workspace/symbol', { query: 'fdrl' })
  expect(found).toEqual({
    name: 'fdrl_01Search',
    kind: 5,
    containerName: 'rule · search · system:serviceaccount:inference:search',
    location: {
      uri: fixture.uri('rule'),
      range: { start: { line: 0, character: 4 }, end: { line: 0, character: 17 } },
    },
  })
})

const CONFIG = `severity:
  match/tenant-wide: error
  match: warning
  default: hint
ignores:
  - rule: rule/all-workspaces
    files: "**"
links:
  fdis_02Other: folder/other.yaml
`

describe.each(FORMATS)('links in %s', format => {
  test('lead to the pages of rules, and to files', async () => {
    const fixture = openFixture(client, { 'wif-lint': CONFIG }, format)
    const uri = fixture.uri('wif-lint')
    const links: DocumentLink[] = await client.request('textDocument/documentLink', { textDocument: { uri } })
    const places = shown(
      fixture,
      links.map(({ range }) => ({ uri, range })),
    )
    expect(places.map((place, i) => `${place} -> ${links[i]?.target}`)).toEqual([
      'wif-lint: ‹match/tenant-wide›: error -> https://rules.test/match/tenant-wide',
      'wif-lint: rule: ‹rule/all-workspaces› -> https://rules.test/rule/all-workspaces',
      'wif-lint: fdis_02Other: ‹folder/other.yaml› -> file:///w/folder/other.yaml',
    ])
  })
})

test.each([
  ['yaml', '# wif-ignore match/tenant-wide: an account of its own\nname: a\n', 1],
  ['yaml', 'name: a # wif-ignore match/tenant-wide\n', 1],
  ['yaml', 'name: "# wif-ignore match/tenant-wide"\n', 0],
  ['json', '// wif-ignore match/tenant-wide\n{"name": "ANTHROPIC"}\n', 1],
])('a comment that ignores a rule leads to its page, in %s: %j', async (format, text, count) => {
  const uri = `file:///w/rule.${format}`
  client.open(uri, format, `${text}${format === 'yaml' ? 'issuer_id: fdis_...\nmatch: {}\n' : ''}`)
  const links: DocumentLink[] = await client.request('textDocument/documentLink', { textDocument: { uri } })
  const document = TextDocument.create('', '', 0, text)
  expect(links.map(({ range, target }) => [document.getText(range), target])).toEqual(
    Array(count).fill(['match/tenant-wide', 'https://rules.test/match/tenant-wide']),
  )
})

test.each<[string, string, string[]]>([
  [
    'yaml',
    'service_account_id: sv$0ac',
    ['svac_01Search', 'service_account_id: svac_01Search', 'type…', 'target…', 'id…'],
  ],
  [
    'json',
    'service_account_id: sv$0ac',
    ['svac_01Search', '"svac_01Search"', '"service_account_id"…', '{…', '"target"…', '{…'],
  ],
  ['yaml', 'aud$0ience', ['audience', 'audience…', 'subject_prefix…', 'match…', 'id…']],
  ['json', 'aud$0ience', ['audience', '"audience"', '"audience"…', '{…', '"match"…', '{…']],
])('a selection grows in %s from %j', async (format, place, expected) => {
  const fixture = openFixture(client, withCursor(STACK, 'rule', place), format as 'json' | 'yaml')
  const { textDocument, position } = fixture.at
  const [innermost]: SelectionRange[] = await client.request('textDocument/selectionRange', {
    textDocument,
    positions: [position],
  })
  const document = TextDocument.create('', '', 0, fixture.texts.get(textDocument.uri) ?? '')
  const texts: string[] = []
  for (let at = innermost; at; at = at.parent) {
    const text = document.getText(at.range)
    const [first = ''] = text.split(/(?<=["\w{])(?=[\s:])/)
    texts.push(expected[texts.length] === text ? text : `${first}…`)
  }
  expect(texts).toEqual(expected)
})
