import { beforeEach, describe, expect, test } from 'vitest'
import type {
  ClientCapabilities,
  CompletionItem,
  Hover,
  MarkupContent,
  Position,
  SignatureHelp,
  TextEdit,
} from 'vscode-languageserver-protocol/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { CAPABLE, type Client } from './client.ts'
import { marked } from './cursor.ts'
import { apply } from './edits.ts'
import { connectInside } from './servers.ts'

/** An editor that shows all there is. */
const SHOWING: ClientCapabilities = {
  ...CAPABLE,
  textDocument: {
    ...CAPABLE.textDocument,
    completion: { completionItem: { snippetSupport: true } },
    hover: {},
    signatureHelp: {},
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'refactor', 'source'] } },
    },
  },
}

const ISSUERS = {
  github: 'https://token.actions.githubusercontent.com',
  sts: 'https://0c9a1f8e-5d7a-4c2b-9f1e-3a6b7c8d9e0f.tokens.sts.global.api.aws',
  eks: 'https://oidc.eks.us-west-2.amazonaws.com/id/D539D4633E53DE1B71EED4A1B2C3D4E5',
  unknown: 'https://idp.acme.example',
}

let client: Client
beforeEach(async () => {
  client = connectInside()
  await client.initialize({ capabilities: SHOWING })
  return () => client.end()
})

interface Opened {
  uri: string
  text: string
  position: Position
}

/** Opens a rule and its issuer; `$0` in the condition, as it is written in the file, is the cursor. */
function open(issuer: keyof typeof ISSUERS, condition: string, format: 'json' | 'yaml' = 'json'): Opened {
  const uri = `untitled:rule-${format}`
  const rule =
    format === 'json'
      ? `{ "rules": [{ "name": "ci", "issuer_id": "fdis_...", "match": { "condition": ${condition} } }],
  "issuers": [{ "name": "i", "issuer_url": "${ISSUERS[issuer]}" }] }`
      : `issuers: [{ name: i, issuer_url: ${ISSUERS[issuer]} }]
rules:
  - name: ci
    issuer_id: fdis_...
    match:
      condition: ${condition}
`
  const cursor = marked(rule)
  if (!cursor) throw new Error('The condition has no $0')
  client.open(uri, format, cursor.text)
  return { uri, ...cursor }
}

async function completions(at: Opened): Promise<CompletionItem[]> {
  const { uri, position } = at
  return client.request('textDocument/completion', { textDocument: { uri }, position })
}

/** The text after choosing one, from the condition on; `$0` is where the cursor then is. */
function chosen({ text }: Opened, items: CompletionItem[], label: string): string {
  const edit = items.find(item => item.label === label)?.textEdit as TextEdit | undefined
  if (!edit) throw new Error(`${label} is not offered among ${items.map(item => item.label)}`)
  const after = TextDocument.applyEdits(TextDocument.create('', '', 0, text), [edit])
  return /"?condition"?: (.*?)(?: \} \}\],)?$/m.exec(after)?.[1] ?? after
}

const labels = (items: CompletionItem[]) => items.map(item => item.label)

describe('completion', () => {
  test('behind `claims.` the claims that the provider of the issuer sends, those that name somebody first', async () => {
    const at = open('github', '"claims.$0"')
    const items = await completions(at)
    expect(labels(items)).toContain('repository')
    expect(labels(items)).not.toContain('kubernetes.io')
    expect(labels(items)).not.toContain('startsWith')
    expect(labels(items).slice(0, 2)).toEqual(['repository_owner', 'repository_owner_id'])
    expect(items.find(item => item.label === 'head_ref')).toMatchObject({
      detail: 'string, chosen by the caller',
      documentation: { value: expect.stringContaining('the author of the pull request names the branch') },
    })
    expect(items.find(item => item.label === 'environment')?.documentation).toMatchObject({
      value: expect.stringContaining('Not in every token'),
    })
    expect(chosen(at, items, 'repository')).toBe('"claims.repository"')
  })

  test('of an issuer that nobody knows, the claims that every token has', async () => {
    expect(labels(await completions(open('unknown', '"claims.$0"')))).toEqual([
      'iss',
      'sub',
      'aud',
      'exp',
      'iat',
    ])
  })

  test.for([
    [
      'sts',
      'json',
      '"claims.$0"',
      'https://sts.amazonaws.com/',
      '"claims[\\"https://sts.amazonaws.com/\\"]"',
    ],
    ['eks', 'json', '"claims.kub$0 == 1"', 'kubernetes.io', '"claims[\\"kubernetes.io\\"] == 1"'],
    ['eks', 'yaml', 'claims.$0', 'kubernetes.io', 'claims["kubernetes.io"]'],
    ['eks', 'yaml', "'claims.$0'", 'kubernetes.io', '\'claims["kubernetes.io"]\''],
    ['eks', 'yaml', '"claims.$0"', 'kubernetes.io', '"claims[\\"kubernetes.io\\"]"'],
    ['eks', 'json', '"claims[$0"', 'kubernetes.io', '"claims[\\"kubernetes.io\\"]"'],
    ['eks', 'json', '"claims[\\"kub$0\\"] == 1"', 'kubernetes.io', '"claims[\\"kubernetes.io\\"] == 1"'],
    ['eks', 'yaml', '\'claims["kubernetes.io"].$0\'', 'namespace', '\'claims["kubernetes.io"].namespace\''],
    [
      'eks',
      'yaml',
      '\'claims["kubernetes.io"].serviceaccount.n$0 == 1\'',
      'name',
      '\'claims["kubernetes.io"].serviceaccount.name == 1\'',
    ],
    [
      'github',
      'yaml',
      '|\n        claims.repository == "a" &&\n        claims.$0',
      'ref',
      '|\n        claims.repository == "a" &&\n        claims.ref',
    ],
  ] as const)('of %s in %s, %s and %s', async ([issuer, format, condition, label, after]) => {
    const at = open(issuer, condition, format)
    const items = await completions(at)
    const item = items.find(each => each.label === label)
    const edit = item?.textEdit as TextEdit
    const full = TextDocument.applyEdits(TextDocument.create('', '', 0, at.text), [edit])
    expect(full).toContain(`: ${after}`)
    // What stands between the edit's start and the cursor is what an editor filters by.
    const { start } = edit.range
    const typed = TextDocument.create('', '', 0, at.text).getText({ start, end: at.position })
    expect(item?.filterText?.startsWith(typed)).toBe(true)
  })

  test('behind a text the methods of texts, with the cursor between their parentheses', async () => {
    const at = open('github', '"claims.ref.st$0"')
    const items = await completions(at)
    expect(labels(items)).toEqual(expect.arrayContaining(['startsWith', 'matches', 'size']))
    expect(labels(items)).not.toContain('exists')
    expect(chosen(at, items, 'startsWith')).toBe('"claims.ref.startsWith($0)"')
    const called = open('github', '"claims.ref.st$0(1)"')
    expect(chosen(called, await completions(called), 'startsWith')).toBe('"claims.ref.startsWith(1)"')
  })

  test('behind a list its macros', async () => {
    const items = await completions(open('eks', '"claims.aud.$0"'))
    expect(labels(items)).toEqual(expect.arrayContaining(['exists', 'all', 'size']))
    expect(labels(items)).not.toContain('startsWith')
  })

  test('where a value begins, the one variable and the functions', async () => {
    const at = open('github', '"has(claims.ref) && $0"')
    const items = await completions(at)
    expect(labels(items)).toEqual(expect.arrayContaining(['claims', 'has', 'size']))
    expect(labels(items)).not.toContain('startsWith')
    expect(chosen(at, items, 'has')).toBe('"has(claims.ref) && has($0)"')
    expect(labels(await completions(open('github', '"$0"')))).toContain('claims')
  })

  test('behind a blank that YAML does not count', async () => {
    const at = open('github', 'has(claims.ref) && $0', 'yaml')
    expect(chosen(at, await completions(at), 'claims')).toBe('has(claims.ref) && claims')
  })

  test('none in a text, none outside of conditions', async () => {
    expect(await completions(open('github', '"claims.ref == \\"claims.$0\\""'))).toEqual([])
    const { uri } = open('github', '"claims.$0"')
    expect(await completions({ uri, text: '', position: { line: 0, character: 2 } })).toEqual([])
  })
})

describe('hover', () => {
  async function hover(...args: Parameters<typeof open>): Promise<string | undefined> {
    const { uri, text, position } = open(...args)
    const answer: Hover | null = await client.request('textDocument/hover', {
      textDocument: { uri },
      position,
    })
    if (!answer?.range) return undefined
    const under = TextDocument.create('', '', 0, text).getText(answer.range)
    return `${under}\n${(answer.contents as MarkupContent).value}`
  }

  test('a claim: its type, what it means, whom it names', async () => {
    expect(await hover('github', '"claims.repos$0itory == \\"acme/app\\""')).toMatchInlineSnapshot(`
      "claims.repository
      \`\`\`cel
      claims.repository: string
      \`\`\`
      Repository as \`owner/name\`.

      An exact match pins the organization and the repository.

      _GitHub Actions_"
    `)
  })

  test('a claim that the caller chooses', async () => {
    expect(await hover('github', 'claims.head$0_ref == "x"', 'yaml')).toContain('**Chosen by the caller**')
  })

  test('an object, and what is in it', async () => {
    const condition = (before: string, after: string) =>
      `'claims["kubernetes${before}.io"].name${after}space == "x"'`
    expect(await hover('eks', condition('$0', ''), 'yaml')).toContain('claims["kubernetes.io"]: object')
    expect(await hover('eks', condition('', '$0'), 'yaml')).toContain(
      'claims["kubernetes.io"].namespace: string',
    )
  })

  test('a method, a macro, a function', async () => {
    expect(await hover('github', '"claims.ref.starts$0With(\\"x\\")"')).toMatchInlineSnapshot(`
      "startsWith
      \`\`\`cel
      string.startsWith(prefix: string): bool
      \`\`\`
      Whether the text begins so; end the beginning at a boundary, such as "repo:acme/"."
    `)
    expect(await hover('eks', '"claims.aud.exis$0ts(a, a == \\"x\\")"')).toContain(
      'list.exists(x, condition): bool',
    )
    expect(await hover('github', '"h$0as(claims.environment)"')).toContain('has(claims.name): bool')
    expect(await hover('github', '"si$0ze(claims.ref) > 3"')).toContain('size(value: string): int')
  })

  test('nothing of an unknown claim, of a text, of what does not parse', async () => {
    expect(await hover('unknown', '"claims.te$0am == 1"')).toBeUndefined()
    expect(await hover('github', '"claims.ref == \\"re$0f\\""')).toBeUndefined()
    expect(await hover('github', '"claims.re$0f == "')).toBeUndefined()
  })
})

describe('signature help', () => {
  async function help(condition: string, format: 'json' | 'yaml' = 'json'): Promise<string | undefined> {
    const { uri, position } = open('github', condition, format)
    const answer: SignatureHelp | null = await client.request('textDocument/signatureHelp', {
      textDocument: { uri },
      position,
    })
    const { signatures = [], activeSignature = 0, activeParameter } = answer ?? {}
    const signature = signatures[activeSignature]
    return signature && `${signature.label} @ ${signature.parameters?.[activeParameter ?? 0]?.label}`
  }

  test.for([
    ['"claims.ref.startsWith($0"', 'string.startsWith(prefix: string): bool @ prefix: string'],
    ['"claims.ref.startsWith(\\"a, (b$0"', 'string.startsWith(prefix: string): bool @ prefix: string'],
    ['"has($0) && claims.ref == \\"x\\""', 'has(claims.name): bool @ claims.name'],
    ['"claims.aud.exists(a, $0)"', 'list.exists(x, condition): bool @ condition'],
    ['"claims.aud.exists(a, size([1, 2]) > $0)"', 'list.exists(x, condition): bool @ condition'],
    ['"(claims.ref == $0"', undefined],
    ['"claims.ref in [$0"', undefined],
    ['"has(claims.ref)$0"', undefined],
  ] as const)('%s', async ([condition, expected]) => {
    expect(await help(condition)).toBe(expected)
  })

  test('in YAML', async () => {
    expect(await help('claims.ref.matches("^a", $0', 'yaml')).toContain('string.matches(')
  })
})

describe('rewriting', () => {
  async function rewritten(title: string, condition: string, format: 'json' | 'yaml' = 'json') {
    const { uri, text, position } = open('github', condition, format)
    const actions = await client.actions(uri, { start: position, end: position }, { only: ['refactor'] })
    const action = actions.find(each => each.title.startsWith(title))
    return action && apply(text, action)
  }

  test('a chain of `||` over one claim as one `in`', async () => {
    const after = await rewritten('Write', 'claims.ref == "a" $0|| claims.ref == "b"', 'yaml')
    expect(after).toContain('condition: claims.ref in ["a", "b"]\n')
  })

  test('a comparison to the `claims` map', async () => {
    const after = await rewritten('Move', '"claims.re$0f == \\"a\\" && claims.actor != \\"b\\""')
    expect(after).toContain('"match": { "condition": "claims.actor != \\"b\\"", "claims": { "ref": "a" } }')
  })

  test('the only comparison to the `claims` map', async () => {
    expect(await rewritten('Move', 'claims.re$0f == "a"', 'yaml')).toContain(
      '    match:\n      claims:\n        ref: a\n',
    )
  })

  test('and back', async () => {
    const uri = 'untitled:back'
    const text = `name: ci
issuer_id: fdis_...
match:
  claims:
    ref: a
    actor: b
  condition: has(claims.environment)
`
    client.open(uri, 'yaml', text)
    const position = { line: 4, character: 6 }
    const [action] = await client.actions(
      uri,
      { start: position, end: position },
      { only: ['refactor.rewrite'] },
    )
    expect(action).toMatchObject({ title: 'Move to `condition`: ref', kind: 'refactor.rewrite' })
    expect(apply(text, action)).toContain(
      'match:\n  claims:\n    actor: b\n  condition: has(claims.environment) && claims.ref == "a"\n',
    )
  })

  test('neither lists nor nested claims go to the map', async () => {
    expect(await rewritten('Move', '"cl$0aims.exp == 3"')).toBeUndefined()
    expect(await rewritten('Move', '"cl$0aims.ref.startsWith(\\"a\\")"')).toBeUndefined()
  })
})
