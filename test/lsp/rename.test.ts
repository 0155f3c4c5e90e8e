import { beforeEach, describe, expect, test } from 'vitest'
import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver-protocol/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { CAPABLE, type Client } from './client.ts'
import { type Fixture, FORMATS, type Format, openFixture, shown } from './cursor.ts'
import { folderOf } from './folder.ts'
import { connectInside, connectProcess } from './servers.ts'
import { replaced, STACK, withCursor } from './stack.ts'

const RENAMING = {
  ...CAPABLE,
  textDocument: { ...CAPABLE.textDocument, rename: { prepareSupport: true } },
}

let client: Client
beforeEach(async () => {
  client = connectInside()
  await client.initialize({ capabilities: RENAMING })
  return () => client.end()
})

const open = (files: Record<string, string>, format: Format) => openFixture(client, files, format)

/** What would be renamed, or why nothing would. */
async function prepared(fixture: Fixture): Promise<string> {
  try {
    const found = await client.request<{
      range: TextEdit['range']
      placeholder: string
    } | null>('textDocument/prepareRename', fixture.at)
    if (!found) return 'nothing'
    const { uri } = fixture.at.textDocument
    return `${shown(fixture, [{ uri, range: found.range }])} as ${found.placeholder}`
  } catch (error) {
    return (error as Error).message
  }
}

async function renamed(fixture: Fixture, newName: string): Promise<WorkspaceEdit> {
  return client.request('textDocument/rename', { ...fixture.at, newName })
}

/** The lines that an edit changes, as they are then. */
function changed({ texts }: Fixture, { documentChanges }: WorkspaceEdit): string[] {
  return ((documentChanges ?? []) as TextDocumentEdit[]).flatMap(({ textDocument: { uri }, edits }) => {
    const before = texts.get(uri) ?? ''
    const after = TextDocument.applyEdits(TextDocument.create('', '', 0, before), edits as TextEdit[])
    const lines = before.split('\n')
    const name = /([^/]*)\.\w+$/.exec(uri)?.[1]
    return after
      .split('\n')
      .flatMap((line, i) =>
        line === lines[i] ? [] : `${name}: ${line.replace(/"/g, '').replace(/^\s*(- )?|,$/g, '')}`,
      )
  })
}

const FILES = { ...STACK, 'wif-lint': 'links:\n  fdrl_01Search: rule.ext\n  fdis_02Other: other.ext\n' }

describe.each(FORMATS)('in %s', format => {
  test.each<[string, string, string, string[]]>([
    ['issuer', 'id: fdis_$001Eks', 'fdis_9', ['issuer: id: fdis_9', 'rule: issuer_id: fdis_9']],
    ['rule', 'issuer_id: fd$0is', 'fdis_9', ['issuer: id: fdis_9', 'rule: issuer_id: fdis_9']],
    [
      'pod',
      'fdrl_$001Search',
      'fdrl_9',
      ['pod: value: fdrl_9', 'rule: id: fdrl_9', 'wif-lint: fdrl_9: rule.ext'],
    ],
    [
      'wif-lint',
      'fdrl_$001Search',
      'fdrl_9',
      ['pod: value: fdrl_9', 'rule: id: fdrl_9', 'wif-lint: fdrl_9: rule.ext'],
    ],
    ['rule', 'svac_$001', 'svac_9', ['pod: value: svac_9', 'rule: service_account_id: svac_9']],
  ])('%s, %j to %s', async (name, place, to, expected) => {
    const fixture = open(withCursor(FILES, name, place), format)
    const edit = await renamed(fixture, to)
    expect(changed(fixture, edit).map(line => line.replace(`rule.${format}`, 'rule.ext'))).toEqual(expected)
    // Each for the version that it was made of.
    for (const { textDocument } of edit.documentChanges as TextDocumentEdit[])
      expect(textDocument.version).toBe(1)
  })

  test.each<[string, string, string]>([
    ['rule', 'id: fdrl$0_', 'rule: id: ‹fdrl_01Search› as fdrl_01Search'],
    ['pod', 'svac_$0', 'pod: value: ‹svac_01Search› as svac_01Search'],
    ['rule', '\nname: sea$0rch', 'Only ids can be renamed across files, and this is none'],
    ['pod', 'path: claude$0', 'Only ids can be renamed across files, and this is none'],
    ['pod', 'ima$0ge', 'nothing'],
  ])('asked for %s, %j', async (name, place, expected) => {
    expect(await prepared(open(withCursor(FILES, name, place), format))).toBe(expected)
  })

  test('a placeholder is not renamed', async () => {
    const files = replaced(FILES, 'rule', 'issuer_id: fdis_01Eks', 'issuer_id: fdis_$0...')
    expect(await prepared(open(files, format))).toBe(
      '"fdis_..." is a placeholder and may stand for another id in each file',
    )
  })

  test.each([
    ['fdrl_1', 'The id of an issuer begins with "fdis_"'],
    ['fdis_...', '"fdis_..." is no id'],
    ['fdis_ 1', '"fdis_ 1" is no id'],
    ['', 'The id of an issuer begins with "fdis_"'],
    ['fdis_03', '"fdis_03" is in use already, in more.ext'],
    ['fdis_02Other', '"fdis_02Other" is in use already, in wif-lint.ext'],
  ])('not to %j', async (to, expected) => {
    const files = { ...FILES, more: STACK.issuer.replace('01Eks', '03') }
    const fixture = open(withCursor(files, 'issuer', 'id: fd$0is'), format)
    const refusal = await renamed(fixture, to).catch((error: Error) => error.message)
    expect(refusal).toBe(expected.replace('.ext', `.${format}`))
  })
})

test('quotes stay as they are, and a YAML alias says what its anchor says', async () => {
  const rule = `id: 'fdrl_01Search' # a rule\nname: a\nissuer_id: &issuer fdis_01\nmatch: { subject_prefix: a }
---\nid: "fdrl_02" \nname: b\nissuer_id: "fdis_01"\nmatch: { subject_prefix: a }\n`
  const fixture = open({ rule: rule.replace('"fdis_01"', '"fdis_01$0"'), pod: STACK.pod }, 'yaml')
  expect(changed(fixture, await renamed(fixture, 'fdis_9'))).toEqual([
    'rule: issuer_id: &issuer fdis_9',
    'rule: issuer_id: fdis_9',
  ])
  client.open(
    'file:///w/alias.yaml',
    'yaml',
    'a: &id fdis_01\nissuer_id: *id\nmatch: { subject_prefix: a }\n',
  )
  const refusal = await renamed(fixture, 'fdis_9').catch((error: Error) => error.message)
  expect(refusal).toBe('"fdis_01" cannot be changed in place in alias.yaml')
  const alias = { textDocument: { uri: 'file:///w/alias.yaml' }, position: { line: 1, character: 13 } }
  expect(await prepared({ ...fixture, at: alias })).toBe(
    '"fdis_01" stands at the anchor of this alias: rename it there',
  )
})

test('over the real connection, also in files that are not open', async () => {
  const server = await connectProcess()
  const folder = folderOf({ 'issuer.yaml': STACK.issuer, 'rule.yaml': STACK.rule })
  await server.initialize({ capabilities: RENAMING, folders: [folder.uri] })
  await server.knows(2)
  const uri = folder.at('rule.yaml')
  server.open(uri, 'yaml', STACK.rule, 7)
  const edit: WorkspaceEdit = await server.request('textDocument/rename', {
    textDocument: { uri },
    position: { line: 2, character: 14 },
    newName: 'fdis_9',
  })
  expect(edit.documentChanges).toMatchObject([
    { textDocument: { uri: folder.at('issuer.yaml'), version: null }, edits: [{ newText: 'fdis_9' }] },
    { textDocument: { uri, version: 7 }, edits: [{ newText: 'fdis_9' }] },
  ])
  await server.end()
})
