import { beforeEach, describe, expect, test } from 'vitest'
import type {
  ClientCapabilities,
  DefinitionLink,
  DocumentHighlight,
  Hover,
  Location,
  MarkupContent,
} from 'vscode-languageserver-protocol/node'
import { CAPABLE, type Client } from './client.ts'
import { type Fixture, FORMATS, type Format, openFixture, shown } from './cursor.ts'
import { connectInside } from './servers.ts'
import { replaced, STACK, withCursor } from './stack.ts'

const NAVIGATING: ClientCapabilities = {
  ...CAPABLE,
  textDocument: {
    ...CAPABLE.textDocument,
    definition: { linkSupport: true },
    references: {},
    documentHighlight: {},
    hover: {},
  },
}

let client: Client
beforeEach(async () => {
  client = connectInside()
  await client.initialize({ capabilities: NAVIGATING })
  return () => client.end()
})

const open = (files: Record<string, string>, format: Format) => openFixture(client, files, format)

async function definition(fixture: Fixture): Promise<string[]> {
  const links: DefinitionLink[] | null = await client.request('textDocument/definition', fixture.at)
  const places = links?.map(({ targetUri, targetSelectionRange }) => ({
    uri: targetUri,
    range: targetSelectionRange,
  }))
  return shown(fixture, places ?? [])
}

async function references(fixture: Fixture, includeDeclaration = true): Promise<string[]> {
  const params = { ...fixture.at, context: { includeDeclaration } }
  const places: Location[] | null = await client.request('textDocument/references', params)
  return shown(fixture, places)
}

const LINKS = { ...STACK, 'wif-lint': 'links:\n  fdis_02Other: other.ext\n' }
const OTHER = 'name: other\nissuer_url: https://idp.acme.example\njwks:\n  type: discovery\n'

describe.each(FORMATS)('definition in %s', format => {
  test.each<[string, string, string[]]>([
    ['rule', 'issuer_id: fdis_$001Eks', ['issuer: id: ‹fdis_01Eks›']],
    ['rule', 'issuer_id: fdis_01Eks$0', ['issuer: id: ‹fdis_01Eks›']],
    ['rule', 'system:$0serviceaccount', ['account: name: ‹search›']],
    ['rule', 'svac_$001Search', []],
    ['pod', 'fdrl_$001Search', ['rule: id: ‹fdrl_01Search›']],
    ['pod', 'serviceAccountName: sea$0rch', ['account: name: ‹search›']],
    ['pod', 'value: /var/run$0', ['pod: path: ‹claude/token›']],
    ['pod', '- name: claude-token$0\n          mountPath', ['pod: name: ‹claude-token›']],
    ['pod', 'path: claude$0', ['pod: path: ‹claude/token›']],
    ['issuer', 'id: fdis_$001Eks', ['issuer: id: ‹fdis_01Eks›']],
    ['pod', 'image: registry$0', []],
  ])('%s, %j', async (name, place, expected) => {
    expect(await definition(open(withCursor(STACK, name, place), format))).toEqual(expected)
  })

  test('leads to all that has an id, where two have it', async () => {
    const files = { ...STACK, zwilling: STACK.issuer.replace('eks-prod', 'eks-copy') }
    expect(await definition(open(withCursor(files, 'rule', 'issuer_id: fd$0is_01Eks'), format))).toEqual([
      'issuer: id: ‹fdis_01Eks›',
      'zwilling: id: ‹fdis_01Eks›',
    ])
  })

  test('of a placeholder is the one that fits, at its name where it has no id', async () => {
    const files = replaced(
      replaced(STACK, 'rule', 'id: fdrl_01Search\n', ''),
      'pod',
      'fdrl_01Search',
      'fdrl_$0...',
    )
    expect(await definition(open(files, format))).toEqual(['rule: name: ‹search›'])
  })

  test('of an id that stands in no file is what the configuration links it to', async () => {
    const linked = { ...replaced(LINKS, 'rule', 'fdis_01Eks', 'fdis_02Other'), other: OTHER }
    const expected = ['other: name: ‹other›']
    expect(await definition(open(withCursor(linked, 'rule', 'fdis_$002Other'), format))).toEqual(expected)
    expect(await definition(open(withCursor(linked, 'wif-lint', 'fdis_$002Other'), format))).toEqual(expected)
    expect(await definition(open(withCursor(linked, 'wif-lint', 'othe$0r.ext'), format))).toEqual(expected)
  })
})

test('a definition comes with all that is described there, and the word it is of', async () => {
  const fixture = open(withCursor(STACK, 'rule', 'issuer_id: fdis_$001Eks'), 'json')
  expect(await client.request('textDocument/definition', fixture.at)).toEqual([
    {
      originSelectionRange: { start: { line: 3, character: 16 }, end: { line: 3, character: 26 } },
      targetUri: fixture.uri('issuer'),
      targetRange: { start: { line: 0, character: 0 }, end: { line: 7, character: 1 } },
      targetSelectionRange: { start: { line: 1, character: 9 }, end: { line: 1, character: 19 } },
    },
  ])
})

const NEIGHBOUR = STACK.pod
  .replace('search-pod', 'neighbour')
  .replace('serviceAccountName: search', 'serviceAccountName: other')
  .replace('fdrl_01Search', 'fdrl_...')

describe.each(FORMATS)('references in %s', format => {
  const OF_RULE = ['pod: value: ‹fdrl_01Search›', 'rule: id: ‹fdrl_01Search›']
  const OF_ISSUER = ['issuer: id: ‹fdis_01Eks›', 'rule: issuer_id: ‹fdis_01Eks›']
  const OF_ACCOUNT = [
    'account: name: ‹search›',
    'pod: serviceAccountName: ‹search›',
    'rule: subject_prefix: ‹system:serviceaccount:inference:search›',
  ]
  test.each<[string, string, string[]]>([
    ['rule', 'id: fdrl$0_', OF_RULE],
    ['rule', '\nname: sea$0rch', [...OF_RULE, 'rule: name: ‹search›']],
    ['pod', 'fdrl_$001Search', OF_RULE],
    ['rule', 'issuer_id: fd$0is', OF_ISSUER],
    ['issuer', 'name: eks$0', [...OF_ISSUER, 'issuer: name: ‹eks-prod›']],
    ['account', 'name: sea$0rch', OF_ACCOUNT],
    ['pod', 'serviceAccountName: se$0arch', OF_ACCOUNT],
    ['rule', 'svac_$001Search', ['pod: value: ‹svac_01Search›', 'rule: service_account_id: ‹svac_01Search›']],
    ['rule', 'wrkspc_$0', ['rule: workspace_id: ‹wrkspc_01Prod›']],
    [
      'pod',
      'name: claude$0-token\n      projected',
      ['pod: name: ‹claude-token›', 'pod: name: ‹claude-token›'],
    ],
    ['pod', 'path: cl$0aude', ['pod: path: ‹claude/token›', 'pod: value: ‹/var/run/secrets/claude/token›']],
    // Who gets in, and what lets in.
    ['rule', 'subject_prefix: sy$0stem', ['pod: name: ‹search-pod›']],
    ['rule', 'aud$0ience', ['pod: name: ‹search-pod›']],
    ['rule', 'mat$0ch', ['pod: name: ‹search-pod›']],
    ['pod', 'name: search$0-pod', ['rule: id: ‹fdrl_01Search›']],
    ['pod', 'ima$0ge', []],
  ])('%s, %j', async (name, place, expected) => {
    const found = await references(open(withCursor(STACK, name, place), format))
    expect(found.toSorted()).toEqual(expected.toSorted())
  })

  test('without the definition, of a rule that pods name by a placeholder too', async () => {
    const files = replaced(
      { ...STACK, neighbour: NEIGHBOUR },
      'rule',
      'subject_prefix: system:serviceaccount:inference:search',
      'subject_prefix: system:serviceaccount:inference:*',
    )
    const fixture = open(withCursor(files, 'rule', '\nname: sea$0rch'), format)
    expect(await references(fixture, false)).toEqual([
      'neighbour: value: ‹fdrl_...›',
      'pod: value: ‹fdrl_01Search›',
    ])
    const admitted = open(withCursor(files, 'rule', 'subject_$0prefix'), format)
    expect(await references(admitted)).toEqual(['neighbour: name: ‹neighbour›', 'pod: name: ‹search-pod›'])
  })
})

describe.each(FORMATS)('highlights in %s', format => {
  test.each<[string, string, [string, number][]]>([
    ['rule', 'id: fdrl$0_', [['rule: id: ‹fdrl_01Search›', 3]]],
    [
      'pod',
      'name: claude$0-token\n      projected',
      [
        ['pod: name: ‹claude-token›', 3],
        ['pod: name: ‹claude-token›', 2],
      ],
    ],
    [
      'pod',
      'value: /var/run$0',
      [
        ['pod: path: ‹claude/token›', 3],
        ['pod: value: ‹/var/run/secrets/claude/token›', 2],
      ],
    ],
  ])('%s, %j', async (name, place, expected) => {
    const fixture = open(withCursor(STACK, name, place), format)
    const found: DocumentHighlight[] | null = await client.request(
      'textDocument/documentHighlight',
      fixture.at,
    )
    const { uri } = fixture.at.textDocument
    const places = found?.map(({ range }) => ({ uri, range })) ?? []
    expect(shown(fixture, places).map((text, i) => [text, found?.[i]?.kind])).toEqual(expected)
  })

  test('are left to the editor where nothing is named', async () => {
    const fixture = open(withCursor(STACK, 'pod', 'ima$0ge'), format)
    expect(await client.request('textDocument/documentHighlight', fixture.at)).toBeNull()
  })
})

/** Where a hover begins to speak of access, below what the field means. */
const OF_ACCESS = /^(?:Rule `.*` (?:admits|denies) this token|Admitted by)$/m

describe.each(FORMATS)('access in a hover in %s', format => {
  const DENYING = replaced(STACK, 'rule', 'inference:search', 'inference:other')
  test.each<[string, Record<string, string>, string, string]>([
    [
      'the rule that is named',
      STACK,
      'fdrl_$001Search',
      'Rule `search` admits this token\n\n- ✓ The audience is `https://api.anthropic.com`\n- ✓ `sub` is exactly `system:serviceaccount:inference:search`',
    ],
    [
      'why it denies',
      DENYING,
      'fdrl_$001Search',
      'Rule `search` denies this token\n\n- ✓ The audience is `https://api.anthropic.com`\n- ✗ `sub` is `system:serviceaccount:inference:search`; the rule admits what is exactly `system:serviceaccount:inference:other`: they differ from character 33 on',
    ],
    ['what admits a workload', STACK, 'name: search$0-pod', 'Admitted by\n- `search`'],
    ['nothing where nothing admits it', DENYING, 'name: search$0-pod', ''],
    ['nothing of a rule that is elsewhere', { pod: STACK.pod }, 'fdrl_$001Search', ''],
  ])('%s', async (_, files, place, expected) => {
    const fixture = open(withCursor(files, 'pod', place), format)
    const hover = await client.request<Hover>('textDocument/hover', fixture.at)
    const { value } = hover.contents as MarkupContent
    const { index = value.length } = OF_ACCESS.exec(value) ?? {}
    expect(value.slice(index)).toBe(expected)
  })
})

test('nothing is said of a document that is none of ours', async () => {
  client.open('file:///w/other.json', 'json', '{"id": "fdis_01"}')
  const at = { textDocument: { uri: 'file:///w/other.json' }, position: { line: 0, character: 8 } }
  expect(await client.request('textDocument/definition', at)).toBeNull()
  expect(await client.request('textDocument/references', { ...at, context: {} })).toEqual([])
})

test('nor of one in a folder where the linter is off', async () => {
  const other = connectInside()
  await other.initialize({ capabilities: NAVIGATING, settings: { '': { enable: false } } })
  const { at } = openFixture(other, withCursor(STACK, 'rule', 'issuer_id: fdis_$001Eks'), 'yaml')
  expect(await other.request('textDocument/definition', at)).toBeNull()
  expect(await other.request('textDocument/references', { ...at, context: {} })).toBeNull()
  expect(await other.request('textDocument/documentHighlight', at)).toBeNull()
  await other.end()
})
