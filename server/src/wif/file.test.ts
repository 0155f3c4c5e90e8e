import { describe, expect, test } from 'vitest'
import { readWifFile } from './file.ts'
import { formatOf } from './relevance.ts'

/** What is found in a text, as "kind:name" in order of kinds. */
function kinds(text: string, format: 'json' | 'yaml' = 'yaml'): string[] {
  const file = readWifFile(`file:///x.${format}`, text, format)
  return [
    ...file.issuers.map(i => `issuer:${i.name?.value} ${i.shape}`),
    ...file.rules.map(r => `rule:${r.name?.value} ${r.shape}`),
    ...file.workloads.map(w => `workload:${w.resource}`),
    ...file.serviceAccounts.map(s => `service-account:${s.name?.value}`),
    ...file.policies.map(p => `policy:${p.statements.length}`),
  ]
}

const issuer = { name: 'sts', issuer_url: 'https://x.example' }
const rule = { name: 'r', issuer_id: 'fdis_...', match: { audience: 'a' } }
const container = '{ name: app, image: x, env: [{ name: ANTHROPIC_MODEL, value: y }] }'

describe('issuers and rules', () => {
  test.each([
    ['a single issuer', issuer, ['issuer:sts request']],
    [
      'an issuer of the Console era',
      { issuer_url: 'x', jwks_source: 'discovery' },
      ['issuer:undefined request'],
    ],
    ['an issuer the API answered', { ...issuer, id: 'fdis_01' }, ['issuer:sts response']],
    ['a single rule', rule, ['rule:r request']],
    ['a rule the API answered', { ...rule, type: 'federation_rule' }, ['rule:r response']],
    ['a rule by its target', { match: {}, target: { type: 'service_account' } }, ['rule:undefined request']],
    ['an array', [issuer, rule], ['issuer:sts request', 'rule:r request']],
    [
      'a bundle',
      { issuers: [issuer], rules: [rule, rule] },
      ['issuer:sts request', 'rule:r request', 'rule:r request'],
    ],
    ['an API list', { data: [rule], next_page: null }, ['rule:r request']],
    ['match alone', { match: { subject_prefix: 'a' } }, []],
    ['match and target of a router', { match: { path: '/' }, target: { url: 'x', service: 'y' } }, []],
    ['an issuer_url alone', { issuer_url: 'x' }, []],
    [
      'an issuer to be filled in',
      { ...issuer, issuer_url: 'https://<uuid of the account>' },
      ['issuer:sts request'],
    ],
    [
      'an issuer with a slip in a field',
      { ...issuer, check_jit: false, _owner: 'ml' },
      ['issuer:sts request'],
    ],
    [
      'an issuer of a provider, with a field it does not take',
      { ...issuer, issuer_url: 'https://gitlab.com', audience: 'a' },
      ['issuer:sts request'],
    ],
    ['a portal', { name: 'Portal', issuer_url: 'https://idp.acme.example', email_domains: ['*'] }, []],
    ['a login by OIDC', { name: 'Okta', issuer_url: 'https://acme.okta.com', client_id: '0oa1' }, []],
    ['logins by OIDC', { issuers: [{ ...issuer, type: 'oidc', clientId: 'x' }] }, []],
    ['a check of tokens', [{ ...issuer, audiences: ['reflow'], principal_claim: 'sub' }], []],
    [
      'labels of a form',
      { name: 'Name', issuer_url: 'URL of the issuer', jwks: 'Keys', check_jti: 'Refuse replays' },
      [],
    ],
    [
      'a filter of mail',
      {
        rules: [{ name: 'Invoices', match: { subject_prefix: '[Invoice]' }, target: { folder: 'Finance' } }],
      },
      [],
    ],
    [
      'a rule whose target has a slip',
      { match: { subject_prefix: 'a' }, target: { id: 'svac_01' } },
      ['rule:undefined request'],
    ],
    ['an issuer_url that is no string', { ...issuer, issuer_url: {} }, []],
  ])('%s', (_, value, expected) => {
    expect(kinds(JSON.stringify(value), 'json')).toEqual(expected)
    expect(kinds(JSON.stringify(value, null, 1))).toEqual(expected)
  })
})

describe('Kubernetes', () => {
  const pod = (spec: string) => `apiVersion: v1\nkind: Pod\nspec: { containers: [${container}]${spec} }`
  const template = (kind: string, path: string[], apiVersion = 'apps/v1') => {
    const spec = `{ containers: [${container}] }`
    const body = path.reduceRight((inner, key) => `{ ${key}: ${inner} }`, spec)
    return `apiVersion: ${apiVersion}\nkind: ${kind}\n${body.slice(2, -2)}`
  }
  test.each([
    ['Pod', pod('')],
    ['Deployment', template('Deployment', ['spec', 'template', 'spec'])],
    ['StatefulSet', template('StatefulSet', ['spec', 'template', 'spec'])],
    ['DaemonSet', template('DaemonSet', ['spec', 'template', 'spec'])],
    ['ReplicaSet', template('ReplicaSet', ['spec', 'template', 'spec'])],
    ['ReplicationController', template('ReplicationController', ['spec', 'template', 'spec'], 'v1')],
    ['Job', template('Job', ['spec', 'template', 'spec'], 'batch/v1')],
    ['CronJob', template('CronJob', ['spec', 'jobTemplate', 'spec', 'template', 'spec'], 'batch/v1')],
    [
      'DeploymentRuntimeConfig',
      template('DeploymentRuntimeConfig', ['spec', 'deploymentTemplate', 'spec', 'template', 'spec']),
    ],
    ['ScaledJob', template('ScaledJob', ['spec', 'jobTargetRef', 'template', 'spec'])],
    ['PodTemplate', template('PodTemplate', ['template', 'spec'], 'v1')],
    ['Service', template('Service', ['spec', 'template', 'spec'], 'serving.knative.dev/v1')],
    ['Rollout', template('Rollout', ['spec', 'template', 'spec'], 'argoproj.io/v1alpha1')],
  ])('%s', (kind, text) => {
    expect(kinds(text)).toEqual([`workload:${kind}`])
  })

  test('a List and a stream', () => {
    expect(
      kinds(
        `kind: List\napiVersion: v1\nitems:\n- ${JSON.stringify({ kind: 'ServiceAccount', apiVersion: 'v1', metadata: { name: 'a', annotations: { 'eks.amazonaws.com/role-arn': 'x' } } })}\n---\n${pod('')}`,
      ),
    ).toEqual(['workload:Pod', 'service-account:a'])
  })

  test.each([
    [
      'a pod for another party',
      'apiVersion: v1\nkind: Pod\nspec:\n  containers: [{ name: a, image: x }]\n  volumes:\n  - projected: { sources: [{ serviceAccountToken: { audience: vault, path: t } }] }\n',
    ],
    [
      'a schema of custom resources',
      'kind: CustomResourceDefinition\napiVersion: v1\nspec: { properties: { serviceAccountToken: { description: for ANTHROPIC_ } } }',
    ],
    [
      'a projection in an annotation string',
      'kind: ConfigMap\napiVersion: v1\ndata: { pod: "{\\"serviceAccountToken\\": {\\"audience\\": \\"https://api.anthropic.com\\"}}" }',
    ],
    [
      'a JSON patch',
      '- op: add\n  path: /spec/template/spec/containers/0/env\n  value: { name: ANTHROPIC_MODEL }',
    ],
    ['Helm values', 'extraEnv: [{ name: ANTHROPIC_FEDERATION_RULE_ID, value: x }]'],
  ])('silent: %s', (_, text) => {
    expect(kinds(text)).toEqual([])
  })
})

test('IAM policies are those that speak of the federation action', () => {
  const policy = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: statement })
  expect(
    kinds(policy([{ Effect: 'Allow', Action: 'sts:GetWebIdentityToken', Resource: '*' }]), 'json'),
  ).toEqual(['policy:1'])
  expect(kinds(policy({ Action: ['STS:getwebidentitytoken'] }), 'json')).toEqual(['policy:1'])
  expect(
    kinds(
      policy({ Action: 'sts:*', Condition: { StringEquals: { 'sts:IdentityTokenAudience': 'x' } } }),
      'json',
    ),
  ).toEqual(['policy:1'])
  expect(kinds(policy({ Action: '*', Resource: '*' }), 'json')).toEqual([])
  expect(kinds(policy({ Action: 'sts:AssumeRole' }), 'json')).toEqual([])
})

test('documents of a stream that cannot matter are not parsed', () => {
  const file = readWifFile(
    'file:///x.yaml',
    `a: [broken\n---\n${JSON.stringify(issuer)}\n---\nb: {\n`,
    'yaml',
  )
  expect(file.trees).toHaveLength(1)
  expect(file.issuers).toHaveLength(1)
})

test('a document that is too long says so and is not read', () => {
  const file = readWifFile('file:///x.json', `{"issuer_url": "${'x'.repeat(5 * 1024 * 1024)}"}`, 'json')
  expect(file.trees[0]?.problems[0]?.message).toMatch(/5\.0 MiB long; documents over 5 MiB are not checked/)
})

test.each([
  ['a.json', 'json'],
  ['a.jsonc', 'json'],
  ['jsonc', 'json'],
  ['A.YAML', 'yaml'],
  ['b.yml', 'yaml'],
  ['yaml', 'yaml'],
  ['a.ts', undefined],
  ['json5', undefined],
  ['package.json.bak', undefined],
])('the format of %s is %s', (name, format) => {
  expect(formatOf(name)).toBe(format)
})
