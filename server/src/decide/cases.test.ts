import { describe, expect, test } from 'vitest'
import { evaluate } from '../cel/index.ts'
import { readWifFile } from '../wif/file.ts'
import { identities, type Presented } from '../wif/identity.ts'
import { providers } from '../wif/providers/index.ts'
import { viewOf } from '../wif/view.ts'
import { CLAUDE } from './cases.testdata.ts'
import { CI } from './cases-ci.testdata.ts'
import { CLOUDS } from './cases-clouds.testdata.ts'
import { CLUSTERS } from './cases-clusters.testdata.ts'
import { decide } from './decide.ts'

const NOW = 1_800_000_000
const CASES = [...CLUSTERS, ...CI, ...CLOUDS]

/** The first reason with the kind of near miss, or the verdict. */
function outcome(token: Presented, issuer: string | undefined, match: object, more: object = {}): string {
  const values = [
    { name: 'r', issuer_id: 'fdis_01A', match },
    ...(issuer === undefined ? [] : [{ name: 'i', issuer_url: issuer, ...more }]),
  ]
  const { rules, issuers } = readWifFile('file:///x.json', JSON.stringify(values), 'json')
  const [rule] = rules
  if (!rule) throw new Error('no rule')
  const signature = { valid: true, message: 'valid' } as const
  const { verdict, reason, steps } = decide(token, issuers[0], rule, { now: NOW, evaluate, signature })
  const near = steps.find(s => s.result === 'fail')?.nearMiss?.kind
  if (verdict === 'denied') return `${reason}${near ? ` (${near})` : ''}`
  // Who signs a token that is not minted yet is in no file.
  const open = steps.filter(s => s.result === 'unknown' && (token.complete || s.step !== 'issuer'))
  return open.length > 0 ? 'unknown' : 'admitted'
}

describe.each(CASES)('$provider', ({ issuer, claims, cases }) => {
  test.each(cases)('%s', (_, match, expected, change) => {
    const token: Presented = {
      title: 'token',
      from: 'token',
      claims: { iss: issuer, exp: NOW + 600, iat: NOW, ...claims, ...change },
      complete: true,
      lifetime: undefined,
      header: { alg: 'RS256', kid: 'k' },
      size: 900,
    }
    expect(outcome(token, issuer, match)).toBe(expected)
  })
})

test('every provider has cases', () => {
  expect(CASES.map(({ provider }) => provider).sort()).toEqual(providers.map(({ id }) => id).sort())
})

// --- tokens that are not minted yet ------------------------------------------------------------------------

function pod(spec: string, namespace = 'namespace: inference'): string {
  return `apiVersion: v1
kind: Pod
metadata: { name: p, ${namespace} }
spec:
  ${spec}
  containers:
    - name: app
      image: app
      env: [{ name: ANTHROPIC_IDENTITY_TOKEN_FILE, value: /var/run/claude/token }]
      volumeMounts: [{ name: claude, mountPath: /var/run/claude }]
  volumes:
    - name: claude
      projected:
        sources: [{ serviceAccountToken: { path: token, audience: ${CLAUDE}, expirationSeconds: 3600 } }]
`
}

const ROLE = 'arn:aws:iam::123456789012:role/team/worker'
const account = (arn = ROLE) => `---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  namespace: inference
  annotations: { eks.amazonaws.com/role-arn: '${arn}' }
`
const policy = (operator: string, ...audiences: string[]) => `---
Version: '2012-10-17'
Statement:
  - Effect: Allow
    Action: sts:GetWebIdentityToken
    Resource: '*'
    Condition: { '${operator}': { sts:IdentityTokenAudience: [${audiences.map(a => `'${a}'`)}] } }
`

const WORKER = pod('serviceAccountName: worker')
const EKS = 'https://oidc.eks.us-west-2.amazonaws.com/id/8B255427C173093D33B9A72B9EA6A4E4'
const STS = 'https://0d5d7f0c-5f5a-4c39-9a3e-6a4f3f1f5a11.tokens.sts.global.api.aws'
const SUB = 'system:serviceaccount:inference:worker'

type Predicted = [
  what: string,
  manifest: string,
  issuer: string | undefined,
  match: object,
  expected: string,
  issuerMore?: object,
]

const PODS: Predicted[] = [
  ['its service account', WORKER, EKS, { subject_prefix: SUB }, 'admitted'],
  [
    'its service account, of an issuer that is not known',
    WORKER,
    undefined,
    { subject_prefix: SUB },
    'unknown',
  ],
  ['its namespace', WORKER, EKS, { subject_prefix: 'system:serviceaccount:inference:*' }, 'admitted'],
  [
    'another namespace',
    WORKER,
    EKS,
    { subject_prefix: 'system:serviceaccount:batch:worker' },
    'match_subject_prefix (differs)',
  ],
  [
    'another case',
    WORKER,
    EKS,
    { subject_prefix: 'system:serviceaccount:inference:Worker' },
    'match_subject_prefix (case)',
  ],
  [
    'no wildcard',
    WORKER,
    EKS,
    { subject_prefix: 'system:serviceaccount:inference:' },
    'match_subject_prefix (wildcard)',
  ],
  [
    'no account, which is the default one',
    pod('restartPolicy: Never'),
    EKS,
    { subject_prefix: 'system:serviceaccount:inference:default' },
    'admitted',
  ],
  ['no namespace', pod('serviceAccountName: worker', 'labels: {}'), EKS, { subject_prefix: SUB }, 'unknown'],
  [
    'a namespace to be filled in',
    pod('serviceAccountName: worker', "namespace: '{{ .Values.ns }}'"),
    EKS,
    { subject_prefix: SUB },
    'unknown',
  ],
  ['its audience', WORKER, EKS, { subject_prefix: SUB, audience: CLAUDE }, 'admitted'],
  ['another audience', WORKER, EKS, { subject_prefix: SUB, audience: 'claude' }, 'match_audience'],
  [
    'its audience with a slash',
    WORKER,
    EKS,
    { subject_prefix: SUB, audience: `${CLAUDE}/` },
    'match_audience (slash)',
  ],
  ['an audience to be filled in', WORKER, EKS, { subject_prefix: SUB, audience: '<audience>' }, 'unknown'],
  [
    'no audience, which is that of the API server',
    WORKER.replace(`audience: ${CLAUDE}, `, ''),
    EKS,
    { subject_prefix: SUB },
    'unknown',
  ],
  ['a claim nobody knows', WORKER, EKS, { claims: { team: 'ml' } }, 'unknown'],
  ['its subject among the claims', WORKER, EKS, { claims: { sub: SUB } }, 'admitted'],
  ['its audience among the claims', WORKER, EKS, { claims: { aud: CLAUDE } }, 'match_claims (list)'],
  [
    'its namespace, by a condition',
    WORKER,
    EKS,
    { condition: 'claims["kubernetes.io"].namespace == "inference"' },
    'admitted',
  ],
  [
    'another namespace, by a condition',
    WORKER,
    EKS,
    { condition: 'claims["kubernetes.io"].namespace == "batch"' },
    'match_condition',
  ],
  [
    'its node, by a condition',
    WORKER,
    EKS,
    { condition: 'claims["kubernetes.io"].node.name == "n1"' },
    'unknown',
  ],
  [
    'either of two accounts',
    WORKER,
    EKS,
    { condition: `claims.sub == "x" || claims.sub == "${SUB}"` },
    'admitted',
  ],
  ['a condition that does not parse', WORKER, EKS, { condition: 'claims.sub ==' }, 'match_condition'],
  ['an hour', WORKER, EKS, { subject_prefix: SUB }, 'admitted', { max_jwt_lifetime_seconds: 3600 }],
  [
    'a second less than an hour',
    WORKER,
    EKS,
    { subject_prefix: SUB },
    'lifetime_exceeded',
    { max_jwt_lifetime_seconds: 3599 },
  ],
  ['a day', WORKER.replace('3600', '86400'), EKS, { subject_prefix: SUB }, 'lifetime_exceeded'],
  [
    'a day, which the issuer accepts',
    WORKER.replace('3600', '86400'),
    EKS,
    { subject_prefix: SUB },
    'admitted',
    { max_jwt_lifetime_seconds: 86400 },
  ],
  [
    'an archived issuer',
    WORKER,
    EKS,
    { subject_prefix: SUB },
    'issuer_archived',
    { archived_at: '2026-01-01' },
  ],
  ['an issuer of AWS STS', WORKER, STS, { subject_prefix: SUB }, 'issuer_mismatch'],
  [
    'an issuer of GitHub',
    WORKER,
    'https://token.actions.githubusercontent.com',
    { subject_prefix: SUB },
    'issuer_mismatch',
  ],
  [
    'an issuer of a cluster of its own',
    WORKER,
    'https://oidc.internal.example',
    { subject_prefix: SUB },
    'admitted',
  ],
  [
    'its subject where a role is expected',
    WORKER,
    undefined,
    { subject_prefix: ROLE },
    'match_subject_prefix',
  ],
  ['a subject that is no text', WORKER, EKS, { subject_prefix: 7 }, 'unknown'],
  ['a matcher that is misspelt', WORKER, EKS, { subject: SUB }, 'unknown'],
]

test.each(PODS)('a pod: %s', (_, manifest, issuer, match, expected, more) => {
  const [identity] = predicted(manifest).filter(({ from }) => from === 'kubernetes')
  expect(identity && outcome(identity, issuer, match, more)).toBe(expected)
})

const exact = { subject_prefix: ROLE }
const ROLES: Predicted[] = [
  ['without a policy', account(), STS, exact, 'unknown'],
  ['its path', account(), STS, { subject_prefix: 'arn:aws:iam::123456789012:role/team/*' }, 'unknown'],
  ['another role', account(), STS, { subject_prefix: `${ROLE}2` }, 'match_subject_prefix (differs)'],
  [
    'its session',
    account('arn:aws:iam::123456789012:role/worker'),
    STS,
    { subject_prefix: 'arn:aws:sts::123456789012:assumed-role/worker/*' },
    'match_subject_prefix (form)',
  ],
  ['with an issuer of a cluster', account(), EKS, exact, 'issuer_mismatch'],
  [
    'may ask for Claude alone',
    account() + policy('ForAllValues:StringEquals', CLAUDE),
    STS,
    exact,
    'admitted',
  ],
  [
    'may ask for Claude and others',
    account() + policy('ForAllValues:StringEquals', CLAUDE, 'vault'),
    STS,
    exact,
    'unknown',
  ],
  [
    'may ask for others alone',
    account() + policy('ForAllValues:StringEquals', 'vault'),
    STS,
    exact,
    'match_audience',
  ],
  [
    'may ask for what the rule names',
    account() + policy('ForAllValues:StringEquals', 'vault'),
    STS,
    { ...exact, audience: 'vault' },
    'admitted',
  ],
  ['may ask by a pattern', account() + policy('ForAllValues:StringLike', 'https://*'), STS, exact, 'unknown'],
  [
    'may not ask by a pattern',
    account() + policy('ForAllValues:StringLike', '*.example'),
    STS,
    exact,
    'match_audience',
  ],
  ['may add others', account() + policy('ForAnyValue:StringEquals', 'vault'), STS, exact, 'unknown'],
  [
    'must ask for Claude, and may add others',
    account() + policy('ForAnyValue:StringEquals', CLAUDE),
    STS,
    exact,
    'admitted',
  ],
  [
    'two policies',
    account() + policy('StringEquals', 'vault') + policy('StringEquals', CLAUDE),
    STS,
    exact,
    'unknown',
  ],
  [
    'its audience, by a condition',
    account() + policy('StringEquals', CLAUDE),
    STS,
    { condition: `claims.aud == "${CLAUDE}"` },
    'unknown',
  ],
  [
    'its account, by a condition',
    account(),
    STS,
    { condition: 'claims.sub.startsWith("arn:aws:iam::123456789012:")', audience: CLAUDE },
    'unknown',
  ],
  [
    'its account as STS writes it, by a condition',
    account() + policy('StringEquals', CLAUDE),
    STS,
    { condition: 'claims["https://sts.amazonaws.com/"].aws_account == "123456789012"' },
    'admitted',
  ],
  [
    'its organization, by a condition',
    account() + policy('StringEquals', CLAUDE),
    STS,
    { condition: 'claims["https://sts.amazonaws.com/"].org_id == "o-1"' },
    'unknown',
  ],
  [
    'another account as STS writes it, by a condition',
    account(),
    STS,
    { condition: 'claims["https://sts.amazonaws.com/"].aws_account == "210987654321"' },
    'match_condition',
  ],
  [
    'another account, by a condition',
    account(),
    STS,
    { condition: 'claims.sub.startsWith("arn:aws:iam::21")' },
    'match_condition',
  ],
]

test.each(ROLES)('a role: %s', (_, manifest, issuer, match, expected) => {
  const [identity] = predicted(manifest).filter(({ from }) => from === 'aws-sts')
  // How long it lives is chosen in the call.
  const lasting = identity && { ...identity, lifetime: 300 }
  expect(lasting && outcome(lasting, issuer, match)).toBe(expected)
})

function predicted(manifest: string) {
  return identities(viewOf([readWifFile('file:///x.yaml', manifest, 'yaml')]))
}
