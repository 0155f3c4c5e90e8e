import { describe, expect, test } from 'vitest'
import { problems, silent, tells, without } from './problems.ts'

const rule = {
  name: 'prod-inference',
  issuer_id: 'fdis_01abc',
  match: { subject_prefix: 'arn:aws:iam::123456789012:role/worker', audience: 'https://api.anthropic.com' },
  target: { type: 'service_account', service_account_id: 'svac_01abc' },
  workspace_id: 'wrkspc_01abc',
  oauth_scope: 'workspace:developer',
  token_lifetime_seconds: 600,
}
const matching = (match: unknown) => ({ ...rule, match })
const everywhere = (value: unknown) => ({
  ...without(rule, 'workspace_id'),
  applies_to_all_workspaces: value,
})

silent('rule', {
  'a rule': rule,
  'a lifetime of 60': { ...rule, token_lifetime_seconds: 60 },
  'a lifetime of 86400': { ...rule, token_lifetime_seconds: 86400 },
  'every workspace': everywhere(true),
  'every workspace and one': { ...rule, applies_to_all_workspaces: true },
  'the workspace `default`, which a lint rule judges': { ...rule, workspace_id: 'default' },
  'claims alone': matching({ claims: { repository_id: '123' } }),
  'a condition alone': matching({ condition: 'claims.sub == "a"', claims: null, audience: null }),
  '`*` beside a condition': matching({ subject_prefix: '*', condition: 'claims.sub == "a"' }),
  'unknown fields': { ...matching({ ...rule.match, subject: 'x' }), owner: 'me' },
  'an update of single fields': { token_lifetime_seconds: 900, description: null, name: null, match: null },
  'a response by its id': { id: 'fdrl_01', issuer_id: 'fdis_01abc', workspace_ids: [], attributes: {} },
  'a response by its type': { ...without(rule, 'name', 'workspace_id'), type: 'federation_rule' },
  'a response by its date': { ...without(rule, 'name', 'workspace_id'), created_at: '2026-01-01T00:00:00Z' },
})

describe('single fields', () => {
  const slug = '`name` must be 1 to 255 characters of `a-z`, `0-9` and `-`'
  tells('rule', 'rule/name-invalid', [
    [{ ...rule, name: 'Prod Inference' }, '/name', `${slug}; this is "Prod Inference"`],
    [{ ...rule, name: 'a'.repeat(256) }, '/name', slug],
  ])

  const field = 'token_lifetime_seconds'
  const range = `\`${field}\` must be an integer from 60 to 86400`
  tells('rule', 'rule/token-lifetime-range', [
    [{ ...rule, [field]: 59 }, `/${field}`, `${range}; this is 59`],
    [{ ...rule, [field]: 30 }, `/${field}`, `${range}; this is 30`],
    [{ ...rule, [field]: 86401 }, `/${field}`, `${range}; this is 86401`],
    [{ ...rule, [field]: '10m' }, `/${field}`, `${range}; this is the string "10m"`],
    [{ [field]: 59 }, `/${field}`, `${range}; this is 59`],
    [{ id: 'fdrl_01', [field]: 59 }, `/${field}`, `${range}; this is 59`],
  ])

  tells('rule', '-', [
    [
      { ...rule, oauth_scope: ['workspace:developer'] },
      '/oauth_scope',
      '`oauth_scope` must be a string; this is a list',
    ],
    [
      matching({ ...rule.match, audience: ['a'] }),
      '/match/audience',
      '`audience` must be a string; this is a list',
    ],
    [
      matching({ subject_prefix: 5 }),
      '/match/subject_prefix',
      '`subject_prefix` must be a string; this is 5',
    ],
    [matching('repo:a/b'), '/match', '`match` must be an object; this is the string "repo:a/b"'],
  ])
})

describe('required fields', () => {
  const needed = 'is required to create a rule'
  tells('rule', 'rule/required-field', [
    [without(rule, 'oauth_scope'), '', `\`oauth_scope\` ${needed}`],
    [without(rule, 'issuer_id'), '', `\`issuer_id\` ${needed}`],
    [
      without(rule, 'name', 'match', 'target'),
      '',
      '`name`, `match` and `target` are required to create a rule',
    ],
    [{ ...rule, match: null }, '/match', `\`match\` ${needed}`],
    [{ ...rule, oauth_scope: null }, '/oauth_scope', `\`oauth_scope\` ${needed}`],
  ])

  const workspace = '`workspace_id` is required to create a rule, unless `applies_to_all_workspaces` is true'
  tells('rule', 'rule/workspace-selection', [
    [without(rule, 'workspace_id'), '', workspace],
    [everywhere(false), '', workspace],
    [everywhere(null), '', workspace],
    [{ ...rule, workspace_id: null }, '/workspace_id', workspace],
    [
      everywhere('true'),
      '/applies_to_all_workspaces',
      '`applies_to_all_workspaces` must be `true` or `false`; this is the string "true"',
    ],
  ])

  test('both at the same object', () => {
    expect(problems('rule', without(rule, 'name', 'workspace_id'))).toEqual([
      ` | rule/required-field | \`name\` ${needed}`,
      ` | rule/workspace-selection | ${workspace}`,
    ])
  })
})

describe('ids', () => {
  const target = (fields: object) => ({ ...rule, target: { ...rule.target, ...fields } })
  const account = '/target/service_account_id'
  tells('rule', 'rule/reference-id', [
    [
      { ...rule, issuer_id: 'svac_01abc' },
      '/issuer_id',
      '`issuer_id` takes a `fdis_` id; this is a `svac_` id',
    ],
    [{ ...rule, issuer_id: 'aws-sts' }, '/issuer_id', '`issuer_id` takes a `fdis_` id; this is "aws-sts"'],
    [{ ...rule, issuer_id: 'fdis_' }, '/issuer_id', '`issuer_id` takes a `fdis_` id; this is "fdis_"'],
    [{ ...rule, issuer_id: 12 }, '/issuer_id', '`issuer_id` takes a `fdis_` id; this is 12'],
    [
      { ...rule, workspace_id: 'default-workspace' },
      '/workspace_id',
      '`workspace_id` takes a `wrkspc_` id; this is "default-workspace"',
    ],
    [
      target({ service_account_id: 'fdis_01' }),
      account,
      '`service_account_id` takes a `svac_` id; this is a `fdis_` id',
    ],
    [
      { ...rule, target: { type: 'service_account' } },
      '/target',
      '`service_account_id` is required in `target`',
    ],
    [{ ...rule, target: {} }, '/target', '`type` and `service_account_id` are required in `target`'],
    [
      target({ type: 'service-account' }),
      '/target/type',
      '`type` must be `service_account`; this is "service-account". Did you mean `service_account`?',
    ],
    [
      { ...rule, target: 'svac_01abc' },
      '/target',
      '`target` must be an object; this is the string "svac_01abc"',
    ],
  ])
})

describe('match', () => {
  const none =
    '`match` needs `subject_prefix`, `claims` or `condition`: audience alone is refused, because it would accept every token of the issuer'
  const wildcard =
    '`subject_prefix` must name a subject: empty or `*` alone accepts every token of the issuer, so it counts as no matcher'
  tells('rule', 'match/no-constraint', [
    [matching({}), '/match', none],
    [matching({ audience: 'a', claims: {}, condition: '', subject_prefix: null }), '/match', none],
    // An update replaces `match` whole, so it is judged there too.
    [{ match: { audience: 'x' } }, '/match', none],
    [matching({ subject_prefix: '*' }), '/match/subject_prefix', wildcard],
    [matching({ subject_prefix: '**', claims: {} }), '/match/subject_prefix', wildcard],
    [matching({ subject_prefix: '', condition: null }), '/match/subject_prefix', wildcard],
  ])

  const strings = 'must be a string: `claims` compares only strings, so use `condition` for anything else'
  const claims = (value: object) => matching({ claims: value })
  tells('rule', 'match/claims-not-string', [
    [
      claims({ repository_id: 123 }),
      '/match/claims/repository_id',
      `\`repository_id\` ${strings}; this is 123`,
    ],
    [
      claims({ ref_protected: true }),
      '/match/claims/ref_protected',
      `\`ref_protected\` ${strings}; this is true`,
    ],
    [claims({ 'a/b~c': ['x'] }), '/match/claims/a~1b~0c', `\`a/b~c\` ${strings}; this is a list`],
    [claims({ ref: null }), '/match/claims/ref', `\`ref\` ${strings}; this is null`],
  ])
})
