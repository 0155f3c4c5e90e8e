import { describe, expect, test } from 'vitest'
import { parseJson } from '../syntax/json.ts'
import { type Node, pointer } from '../syntax/node.ts'
import { parseYaml } from '../syntax/yaml.ts'
import { type SchemaKind, validate } from './validate.ts'

const rule = {
  name: 'prod-inference',
  issuer_id: 'fdis_01abc',
  match: { subject_prefix: 'arn:aws:iam::123456789012:role/worker' },
  target: { type: 'service_account', service_account_id: 'svac_01abc' },
  workspace_id: 'wrkspc_01abc',
  oauth_scope: 'workspace:developer',
  token_lifetime_seconds: 600,
}
const issuer = { name: 'aws-sts', issuer_url: 'https://a.example', jwks: { type: 'discovery' } as object }

function tree(document: unknown): Node {
  const { root } = parseJson(typeof document === 'string' ? document : JSON.stringify(document))
  if (!root) throw new Error('empty document')
  return root
}

const messages = (kind: SchemaKind, document: unknown) => validate(kind, tree(document)).map(p => p.message)

describe('a problem', () => {
  test('lies on the node, in JSON Pointer order of the text', () => {
    const text = '{"token_lifetime_seconds": 30, "match": {"claims": {"a~1/b": 1}}, "name": 5}'
    const found = validate('rule', tree(text))
    expect(found.map(p => text.slice(p.node.start, p.node.end))).toEqual(['30', '1', '5'])
    expect(found.map(p => pointer(p.node))).toEqual([
      '/token_lifetime_seconds',
      '/match/claims/a~01~1b',
      '/name',
    ])
  })

  test('lies inside lists too', () => {
    const root = tree({ ...issuer, jwks: { type: 'inline', keys: [{ kty: 'RSA' }, 5] } })
    expect(validate('issuer', root).map(p => pointer(p.node))).toEqual(['/jwks/keys/0', '/jwks/keys/1'])
  })

  test('blames the key of a field that belongs elsewhere', () => {
    const [problem] = validate('issuer', tree({ ...issuer, jwks: { type: 'discovery', url: 'x' } }))
    expect(problem).toMatchObject({ at: 'key', keyword: 'const', rule: 'issuer/jwks-shape' })
  })

  test('names the fields that are missing, for a fix to insert', () => {
    const { name: _, oauth_scope: __, ...rest } = rule
    const [problem] = validate('rule', tree(rest))
    expect(problem).toMatchObject({ keyword: 'required', missing: ['name', 'oauth_scope'] })
    expect(problem).not.toHaveProperty('at')
  })

  test('is on the last of a key given twice, as in JSON.parse', () => {
    const text = '{"max_jwt_lifetime_seconds": 1, "max_jwt_lifetime_seconds": 0}'
    expect(validate('issuer', tree(text)).map(p => text.slice(p.node.start, p.node.end))).toEqual(['0'])
  })

  test('is one for each place', () => {
    // Too long, a wrong character, and of the wrong form: one sentence.
    expect(messages('issuer', { ...issuer, name: 'Ä'.repeat(300) })).toHaveLength(1)
    // The wrong type, and not one of the values.
    expect(messages('issuer', { ...issuer, jwks: { type: [] } })).toHaveLength(1)
  })

  test('is not there for a hostile key', () => {
    expect(messages('rule', `{"__proto__": {"match": 5}, ${JSON.stringify(rule).slice(1)}`)).toEqual([])
  })
})

describe('what is not there yet', () => {
  const placeholders = [
    'fdis_...',
    'fdis_…',
    'fdis_xxxxxxxxxxxx',
    'fdis_REPLACE_ME',
    'fdis_TBD',
    '<issuer id>',
    '${ISSUER_ID}',
    '$ISSUER_ID',
    '{{ .Values.issuer }}',
    'your-issuer',
  ]

  test.each(placeholders)('%s says nothing about its form', text => {
    const token = { path: text, expirationSeconds: text }
    const volumes = [{ name: 'a', projected: { sources: [{ serviceAccountToken: token }] } }]
    expect(messages('rule', { ...rule, issuer_id: text, match: text, token_lifetime_seconds: text })).toEqual(
      [],
    )
    expect(messages('issuer', { ...issuer, name: text, jwks: text })).toEqual([])
    expect(messages('issuer', { ...issuer, jwks: { type: 'inline', keys: [text] } })).toEqual([])
    expect(messages('issuer', { ...issuer, jwks: { type: text, url: 'https://a.example' } })).toEqual([])
    expect(messages('workload', { kind: 'Pod', spec: { volumes } })).toEqual([])
    expect(messages('iam-policy', { Version: text, Statement: [text] })).toEqual([])
  })

  test('"...": "..." stands for the fields that are left out', () => {
    const keys = [{ kty: 'RSA', '...': '...' }]
    expect(messages('issuer', { ...issuer, jwks: { type: 'inline', keys } })).toEqual([])
    expect(messages('rule', { issuer_id: 'fdis_...', '...': '...' })).toEqual([])
    expect(messages('rule', { ...rule, match: { '...': '...' } })).toEqual([])
  })

  test('a placeholder may be the `true` that makes a workspace needless', () => {
    const { workspace_id: _, ...rest } = rule
    expect(messages('rule', { ...rest, applies_to_all_workspaces: '${ALL}' })).toEqual([])
  })

  test.each(Object.keys(rule))('"%s": without a value is silent', name => {
    expect(messages('rule', JSON.stringify({ ...rule, [name]: 'HERE' }).replace('"HERE"', ''))).toEqual([])
  })

  test('half a document gives a sentence for each rule, not one for each field', () => {
    expect(messages('rule', '{"issuer_id": "fdis_01", ')).toEqual([
      '`name`, `match`, `target` and `oauth_scope` are required to create a rule',
      '`workspace_id` is required to create a rule, unless `applies_to_all_workspaces` is true',
    ])
  })
})

describe('YAML', () => {
  const yaml = (text: string) => {
    const root = parseYaml(text)[0]?.root
    return root ? validate('workload', root).map(p => `${pointer(p.node)}: ${p.message}`) : ['no tree']
  }
  const variable = (value: string) =>
    `kind: Pod\nspec:\n  containers:\n  - name: a\n    env:\n    - name: A\n      value: ${value}\n`

  test('an unquoted number in a variable', () => {
    expect(yaml(variable('123'))).toEqual([
      '/spec/containers/0/env/0/value: `value` must be a string: put it in quotes; this is 123',
    ])
  })

  test('a commit hash that one parser reads as infinity', () => {
    expect(yaml(variable('2e848593'))).toEqual([])
  })

  test('an empty value and an empty list', () => {
    expect(yaml(`${variable('')}  volumes:\n`)).toEqual([])
  })

  test('a merge key brings the fields of its anchor', () => {
    const text =
      'x: &m {name: a, mountPath: /a}\nkind: Pod\nspec: {containers: [{volumeMounts: [{<<: *m, subPath: 5}]}]}'
    expect(yaml(text)).toEqual([
      '/spec/containers/0/volumeMounts/0/subPath: `subPath` must be a string; this is 5',
    ])
  })
})

test('never repeats a credential', () => {
  for (const value of [`sk-ant-oat01-${'A'.repeat(20)}`, `eyJ${'a'.repeat(80)}.eyJ${'b'.repeat(80)}.c`]) {
    const said = [
      ...messages('rule', { ...rule, issuer_id: value, token_lifetime_seconds: value, match: value }),
      ...messages('issuer', { ...issuer, name: value, jwks: { type: value, ca_cert_pem: value } }),
    ]
    expect(said).toHaveLength(6)
    expect(said.join()).not.toContain(value.slice(0, 12))
  }
})
