import { describe, expect, test } from 'vitest'
import { readWifFile } from './file.ts'
import { identities, podIdentities } from './identity.ts'
import { viewOf } from './view.ts'

const CLAUDE = 'https://api.anthropic.com'
const IRSA = '/var/run/secrets/eks.amazonaws.com/serviceaccount/token'

interface Parts {
  path?: string
  source?: object
  namespace?: string
  account?: string
  image?: string
}

function pod({
  path = '/t/token',
  source = { audience: CLAUDE, path: 'token' },
  namespace = 'inference',
  account = 'worker',
  image = 'x',
}: Parts) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', ...(namespace && { namespace }) },
    spec: {
      ...(account && { serviceAccountName: account }),
      volumes: [{ name: 'v', projected: { sources: [{ serviceAccountToken: source }] } }],
      containers: [
        {
          ...(image && { image }),
          env: [
            { name: 'ANTHROPIC_MODEL', value: 'm' },
            { name: 'ANTHROPIC_IDENTITY_TOKEN_FILE', value: path },
          ],
          volumeMounts: [{ name: 'v', mountPath: '/t' }],
        },
      ],
    },
  }
}

function account(annotations: Record<string, string>, name = 'worker', namespace = 'inference') {
  const prefixed = Object.entries(annotations).map(([k, v]) => [`eks.amazonaws.com/${k}`, v])
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, ...(namespace && { namespace }), annotations: Object.fromEntries(prefixed) },
  }
}

function view(...values: object[]) {
  return viewOf(values.map((v, i) => readWifFile(`file:///${i}.json`, JSON.stringify(v), 'json')))
}

const kubernetes = (namespace: string, name: string) => ({
  sub: `system:serviceaccount:${namespace}:${name}`,
  'kubernetes.io': { namespace, serviceaccount: { name } },
})

describe('what a pod predicts', () => {
  test.each<[string, Parts, object, number | undefined]>([
    ['all', {}, { ...kubernetes('inference', 'worker'), aud: [CLAUDE] }, 3600],
    [
      'its lifetime',
      { source: { audience: CLAUDE, path: 'token', expirationSeconds: 600 } },
      { ...kubernetes('inference', 'worker'), aud: [CLAUDE] },
      600,
    ],
    [
      'a lifetime that is no number',
      { source: { audience: CLAUDE, path: 'token', expirationSeconds: '600' } },
      { ...kubernetes('inference', 'worker'), aud: [CLAUDE] },
      undefined,
    ],
    ['no audience', { source: { path: 'token' } }, kubernetes('inference', 'worker'), 3600],
    [
      'an empty audience',
      { source: { audience: '', path: 'token' } },
      kubernetes('inference', 'worker'),
      3600,
    ],
    [
      'an audience to be filled in',
      { source: { audience: '<audience>', path: 'token' } },
      kubernetes('inference', 'worker'),
      3600,
    ],
    ['the default account', { account: '' }, { ...kubernetes('inference', 'default'), aud: [CLAUDE] }, 3600],
    ['no namespace', { namespace: '' }, { aud: [CLAUDE] }, 3600],
    ['part of a manifest', { account: '', image: '' }, { aud: [CLAUDE] }, undefined],
    [
      'the token of IRSA',
      { path: IRSA },
      { ...kubernetes('inference', 'worker'), aud: ['sts.amazonaws.com'] },
      86400,
    ],
    [
      'the default token',
      { path: '/var/run/secrets/kubernetes.io/serviceaccount/token' },
      kubernetes('inference', 'worker'),
      undefined,
    ],
  ])('%s', (_, parts, claims, lifetime) => {
    const [workload] = view(pod(parts)).workloads()
    const [identity] = workload ? podIdentities(workload) : []
    expect(identity).toMatchObject({ from: 'kubernetes', complete: false, source: { kind: 'workload' } })
    expect(identity?.claims).toEqual(claims)
    expect(identity?.lifetime).toBe(lifetime)
  })

  test.each([['/nowhere'], ['']])('nothing, for the path "%s"', path => {
    const [workload] = view(
      pod({ path: path || '$(PATH)', source: { audience: 'vault', path: 'token' } }),
    ).workloads()
    expect(workload && podIdentities(workload)).toEqual([])
  })
})

describe('what the webhook of EKS is told', () => {
  const irsa = (...accounts: object[]) => {
    const all = view(pod({ path: IRSA }), ...accounts)
    const [workload] = all.workloads()
    const [identity] = workload ? podIdentities(workload, all) : []
    return [identity?.claims.aud, identity?.lifetime]
  }
  test.each<[string, object[], unknown[]]>([
    ['nothing', [], [['sts.amazonaws.com'], 86400]],
    [
      'a role alone',
      [account({ 'role-arn': 'arn:aws:iam::123456789012:role/x' })],
      [['sts.amazonaws.com'], 86400],
    ],
    [
      'an audience and a lifetime',
      [account({ audience: CLAUDE, 'token-expiration': '3600' })],
      [[CLAUDE], 3600],
    ],
    ['another account', [account({ audience: CLAUDE }, 'other')], [['sts.amazonaws.com'], 86400]],
    ['another namespace', [account({ audience: CLAUDE }, 'worker', 'batch')], [['sts.amazonaws.com'], 86400]],
    ['a namespace that is not written', [account({ audience: CLAUDE }, 'worker', '')], [[CLAUDE], 86400]],
    [
      'a lifetime that is no number',
      [account({ audience: CLAUDE, 'token-expiration': 'day' })],
      [[CLAUDE], undefined],
    ],
  ])('%s', (_, accounts, expected) => {
    expect(irsa(...accounts)).toEqual(expected)
  })
})

test('every identity of a workspace, in order', () => {
  const arn = 'arn:aws:iam::123456789012:role/team/x'
  const all = view(
    account({ 'role-arn': arn }),
    account({ 'role-arn': '<role>' }, 'other'),
    pod({}),
    pod({ account: 'second' }),
  )
  expect(identities(all).map(i => [i.title, i.from, i.claims.sub])).toEqual([
    ['Pod inference/p', 'kubernetes', 'system:serviceaccount:inference:worker'],
    ['Pod inference/p', 'kubernetes', 'system:serviceaccount:inference:second'],
    ['role x', 'aws-sts', arn],
  ])
})

test.each([
  ['arn:aws:iam::123456789012:role/team/x', '123456789012'],
  ['arn:aws-us-gov:iam::123456789012:role/x', '123456789012'],
  ['arn:aws:iam::12345:role/x', undefined],
  ['arn:aws:sts::123456789012:assumed-role/x/s', undefined],
  ['x', undefined],
])('the account that STS writes beside the subject %s', (arn, expected) => {
  const [role] = identities(view(account({ 'role-arn': arn })))
  expect(role?.claims['https://sts.amazonaws.com/']).toEqual(
    expected && { aws_account: expected, principal_id: arn },
  )
})

describe('the audiences that a role may ask for', () => {
  const arn = 'arn:aws:iam::123456789012:role/team/worker'
  const policy = (audience: string) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'sts:GetWebIdentityToken',
        Resource: '*',
        Condition: { 'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': audience } },
      },
    ],
  })
  const named = (name: string, audience: string) => ({
    RoleName: name,
    PolicyName: 'claude',
    PolicyDocument: policy(audience),
  })
  const inTemplate = (name: string, audience: string) => ({
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { RoleName: name, Policies: [{ PolicyName: 'a', PolicyDocument: policy(audience) }] },
      },
    },
  })
  const own = account({ 'role-arn': arn })
  const other = account({ 'role-arn': 'arn:aws:iam::123456789012:role/other' }, 'other')

  test.each<[string, object[], string | undefined]>([
    ['no policy', [own], undefined],
    ['the only policy, and the only role', [own, policy(CLAUDE)], 'always'],
    ['the only policy, for another audience', [own, policy('vault')], 'never'],
    ['the same role twice', [own, account({ 'role-arn': arn }, 'second'), policy(CLAUDE)], 'always'],
    ['two policies', [own, policy(CLAUDE), policy('vault')], undefined],
    ['two roles', [own, other, policy(CLAUDE)], undefined],
    ['the policy that names the role', [own, other, named('worker', CLAUDE)], 'always'],
    ['the role in a template', [own, other, inTemplate('worker', CLAUDE)], 'always'],
    ['another role in a template', [own, inTemplate('other', 'vault')], undefined],
    ['a policy that names another role', [own, named('other', 'vault')], undefined],
    ['one for each role', [own, other, named('worker', CLAUDE), named('other', 'vault')], 'always'],
    ['one that names it, and one that does not', [own, named('worker', CLAUDE), policy('vault')], undefined],
    ['two that name it', [own, named('worker', CLAUDE), named('worker', 'vault')], undefined],
  ])('%s', (_, objects, expected) => {
    const role = identities(view(...objects)).find(({ from }) => from === 'aws-sts')
    expect(role?.claims.sub).toBe(arn)
    expect(role?.choice?.(CLAUDE)).toBe(expected)
  })
})
