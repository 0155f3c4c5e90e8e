import { describe, expect, test } from 'vitest'
import { NO_CONFIG } from './config.ts'
import { readWifFile } from './file.ts'
import { issuerOf, pairingOf, providerOf, subjectOf } from './pairing.ts'
import { viewOf } from './view.ts'

const STS = 'https://0d5d7f0c-5f5a-4c39-9a3e-6a4f3f1f5a11.tokens.sts.global.api.aws'
const EKS = 'https://oidc.eks.us-west-2.amazonaws.com/id/8B255427C173093D33B9A72B9EA6A4E4'
const SUBJECT = 'system:serviceaccount:inference:worker'
const ID = 'fdrl_01RO5k0A8Uci0qRhSBHpvkTS'
const OTHER = 'fdrl_01Osq63Hvzl8IBtPnRNbzoc5'

const issuer = (name: string, url: string, more: object = {}) => ({
  name,
  issuer_url: url,
  jwks: {},
  ...more,
})
const rule = (name: string, match: object, more: object = {}) => ({
  name,
  issuer_id: 'fdis_...',
  match,
  ...more,
})
const exact = { subject_prefix: SUBJECT }

interface Pod {
  namespace?: string
  account?: string | undefined
  id?: string | undefined
  partial?: true
}
function pod({ namespace = 'inference', account = 'worker', id = 'fdrl_...', partial }: Pod = {}) {
  const env = [
    { name: 'ANTHROPIC_MODEL', value: 'm' },
    { name: 'ANTHROPIC_FEDERATION_RULE_ID', value: id },
  ]
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', ...(namespace && { namespace }) },
    spec: {
      ...(account && { serviceAccountName: account }),
      containers: [{ env, ...(!partial && { image: 'x' }) }],
    },
  }
}

/** A view of files, one for each value. */
function view(values: object[], links: [string, string][] = []) {
  const files = values.map((v, i) => readWifFile(`file:///${i}.json`, JSON.stringify(v), 'json'))
  return viewOf(files, () => ({ ...NO_CONFIG, links: new Map(links) }))
}

/** The rule that the first container of the last file uses, as "name by how". */
function paired(values: object[], links?: [string, string][]): string | undefined {
  const all = view(values, links)
  const workload = all.workloads().at(-1)
  const container = workload?.containers[0]
  const found = workload && container && pairingOf(all, workload, container)
  return found && `${found.rule.name?.value} by ${found.by}`
}

describe('the rule of a pod', () => {
  test.each<[string, object[], string | undefined]>([
    ['by id', [rule('a', {}, { id: ID }), pod({ id: ID })], 'a by id'],
    [
      'by id, whatever its subject',
      [rule('a', { subject_prefix: 'x' }, { id: ID }), pod({ id: ID })],
      'a by id',
    ],
    [
      'by id, though another has the subject',
      [rule('a', {}, { id: ID }), rule('b', exact), pod({ id: ID })],
      'a by id',
    ],
    [
      'an id that two rules have',
      [rule('a', exact, { id: ID }), rule('b', exact, { id: ID }), pod({ id: ID })],
      undefined,
    ],
    ['by subject', [rule('a', exact), pod()], 'a by subject'],
    [
      'by subject, the rule has an id the pod does not say',
      [rule('a', exact, { id: ID }), pod()],
      'a by subject',
    ],
    [
      'another id excludes a rule that has one',
      [rule('a', exact, { id: ID }), pod({ id: OTHER })],
      undefined,
    ],
    ['another id allows a rule that has none', [rule('a', exact), pod({ id: OTHER })], 'a by subject'],
    ['by subject, two rules', [rule('a', exact), rule('b', exact), pod()], undefined],
    [
      'an archived rule does not count',
      [rule('a', exact), rule('b', exact, { archived_at: '2026-01-01' }), pod()],
      'a by subject',
    ],
    [
      'exact wins over a prefix',
      [rule('a', exact), rule('b', { subject_prefix: 'system:serviceaccount:inference:*' }), pod()],
      'a by subject',
    ],
    [
      'by the only prefix',
      [rule('a', { subject_prefix: 'system:serviceaccount:inference:*' }), pod()],
      'a by subject',
    ],
    [
      'two prefixes',
      [
        rule('a', { subject_prefix: 'system:serviceaccount:*' }),
        rule('b', { subject_prefix: 'system:*' }),
        pod(),
      ],
      undefined,
    ],
    [
      'a prefix, and a rule that asks for no subject',
      [rule('a', { subject_prefix: 'system:*' }), rule('b', { claims: { team: 'x' } }), pod()],
      undefined,
    ],
    [
      'a prefix, and a rule of another provider',
      [
        rule('a', { subject_prefix: 'system:*' }),
        rule('b', { claims: { sub: 'repo:a/b:ref:refs/heads/m' } }),
        pod(),
      ],
      'a by subject',
    ],
    ['a rule that asks for no subject', [rule('a', { claims: { team: 'x' } }), pod()], undefined],
    ['another subject', [rule('a', exact), pod({ account: 'other' })], undefined],
    ['another namespace', [rule('a', exact), pod({ namespace: 'batch' })], undefined],
    ['a subject that begins alike', [rule('a', exact), pod({ account: 'worker-2' })], undefined],
    ['a namespace that is not known', [rule('a', exact), pod({ namespace: '' })], undefined],
    ['a namespace to be filled in', [rule('a', exact), pod({ namespace: '<namespace>' })], undefined],
    [
      'the default account',
      [rule('a', { subject_prefix: 'system:serviceaccount:inference:default' }), pod({ account: '' })],
      'a by subject',
    ],
    [
      'a patch that names no account',
      [
        rule('a', { subject_prefix: 'system:serviceaccount:inference:default' }),
        pod({ account: '', partial: true }),
      ],
      undefined,
    ],
    ['a rule for AWS', [rule('a', { subject_prefix: 'arn:aws:iam::123456789012:role/*' }), pod()], undefined],
  ])('%s', (_, values, expected) => {
    expect(paired(values)).toBe(expected)
  })

  test('by a link of the configuration, before the subject', () => {
    const values = [rule('a', { subject_prefix: 'x' }), rule('b', exact), pod({ id: ID })]
    expect(paired(values, [[ID, 'file:///0.json']])).toBe('a by id')
    expect(paired(values, [[ID, 'file:///nowhere.json']])).toBeUndefined()
    expect(paired(values, [[OTHER, 'file:///0.json']])).toBe('b by subject')
  })
})

describe('the issuer of a rule', () => {
  const of = (values: object[], links?: [string, string][]) => {
    const all = view(values, links)
    const found = all.rules().at(-1)
    return found && issuerOf(all, found)?.name?.value
  }
  const arn = { subject_prefix: 'arn:aws:iam::123456789012:role/x' }
  const named = (match: object, more: object = {}) => rule('r', match, { issuer_id: 'fdis_01A', ...more })
  test.each<[string, object[], string | undefined]>([
    ['by id', [issuer('a', STS), issuer('b', EKS, { id: 'fdis_01A' }), named(arn)], 'b'],
    [
      'an id that two issuers have',
      [issuer('a', STS, { id: 'fdis_01A' }), issuer('b', STS, { id: 'fdis_01A' }), named(arn)],
      undefined,
    ],
    ['by provider, where the id is in no file', [issuer('a', STS), issuer('b', EKS), named(arn)], 'a'],
    ['another id is another issuer', [issuer('a', STS, { id: 'fdis_01B' }), named(arn)], undefined],
    ['by provider, without an id', [issuer('a', STS, { id: 'fdis_01B' }), rule('r', arn)], 'a'],
    ['two of the provider', [issuer('a', EKS), issuer('b', `${EKS}0`), rule('r', exact)], undefined],
    [
      'by its name in a response',
      [issuer('a', EKS), issuer('b', `${EKS}0`), named(exact, { issuer_name: 'b' })],
      'b',
    ],
    ['by a name that is not here', [issuer('a', EKS), named(exact, { issuer_name: 'b' })], undefined],
    [
      'an opaque subject, in the same file',
      [{ issuers: [issuer('a', EKS)], rules: [rule('r', { subject_prefix: '1234' })] }],
      'a',
    ],
    [
      'an opaque subject, in another file',
      [issuer('a', EKS), rule('r', { subject_prefix: '1234' })],
      undefined,
    ],
    ['none', [rule('r', exact)], undefined],
  ])('%s', (_, values, expected) => {
    expect(of(values)).toBe(expected)
  })

  test('by a link of the configuration', () => {
    const values = [issuer('a', EKS), issuer('b', `${EKS}0`), named(exact)]
    expect(of(values)).toBeUndefined()
    expect(of(values, [['fdis_01A', 'file:///1.json']])).toBe('b')
  })
})

test.each([
  ['the issuer tells', [issuer('a', EKS, { id: 'fdis_01A' })], 'eks'],
  ['the subject alone tells no more than the kind', [], 'kubernetes'],
])('the provider of a rule: %s', (_, issuers, expected) => {
  const all = view([...issuers, rule('r', exact, { issuer_id: 'fdis_01A' })])
  const [found] = all.rules()
  expect(found && providerOf(all, found)?.id).toBe(expected)
})

test.each<[Pod, string | undefined]>([
  [{}, SUBJECT],
  [{ account: '' }, 'system:serviceaccount:inference:default'],
  [{ namespace: '' }, undefined],
  [{ account: '<name>' }, undefined],
  [{ account: '', partial: true }, undefined],
  [{ partial: true }, SUBJECT],
])('the subject of %j', (parts, expected) => {
  const [workload] = view([pod(parts)]).workloads()
  expect(workload && subjectOf(workload)).toBe(expected)
})
