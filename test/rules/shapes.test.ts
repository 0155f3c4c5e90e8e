import { describe, expect, test } from 'vitest'
import { rules } from '../../server/src/rules/index.ts'
import { createWorkspace } from '../../server/src/workspace/workspace.ts'

/**
 * The shapes that the guides of all providers recommend: no error, and nothing about their width. What remains may be
 * a note (a lifetime, a name that could be an id).
 */

const anthropic = 'https://api.anthropic.com'
const tenant = '8f0e1c1e-6a52-4d5b-9e4e-1d2f3a4b5c6d'
const application = '5b1f7a3c-2d84-4c1e-9a6b-7e8f90a1b2c3'
const discovery = { jwks: { type: 'discovery' } }
const inline = {
  jwks: {
    type: 'inline',
    keys: [{ kty: 'RSA', kid: 'a1', alg: 'RS256', use: 'sig', n: 'u1SU1LfVLPHCozMxH2Mo', e: 'AQAB' }],
  },
}

const shapes: [name: string, issuer: object, match: object][] = [
  [
    'AWS STS, exact role',
    { issuer_url: 'https://0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d.tokens.sts.global.api.aws', ...discovery },
    { subject_prefix: 'arn:aws:iam::123456789012:role/inference-worker', audience: anthropic },
  ],
  [
    'EKS, exact service account',
    { issuer_url: 'https://oidc.eks.eu-central-1.amazonaws.com/id/0F1E2D3C4B5A6978', ...discovery },
    { subject_prefix: 'system:serviceaccount:inference:inference-worker', audience: anthropic },
  ],
  [
    'Kubernetes, inline keys',
    { issuer_url: 'https://kubernetes.default.svc.cluster.local', ...inline },
    { subject_prefix: 'system:serviceaccount:inference:inference-worker', audience: anthropic },
  ],
  [
    'GitHub, exact ref with its owner',
    { issuer_url: 'https://token.actions.githubusercontent.com', ...discovery },
    {
      subject_prefix: 'repo:acme/app:ref:refs/heads/main',
      audience: anthropic,
      claims: { repository_owner: 'acme' },
    },
  ],
  [
    'GitHub, prefix and ref',
    { issuer_url: 'https://token.actions.githubusercontent.com', ...discovery },
    { subject_prefix: 'repo:acme/app:*', audience: anthropic, claims: { ref: 'refs/heads/main' } },
  ],
  [
    'Google, sub and email',
    { issuer_url: 'https://accounts.google.com', ...discovery },
    {
      subject_prefix: '107691503500061507150',
      audience: anthropic,
      claims: { email: 'batch@acme-prod.iam.gserviceaccount.com' },
    },
  ],
  [
    'Entra, oid and tid',
    {
      issuer_url: `https://login.microsoftonline.com/${tenant}/v2.0`,
      max_jwt_lifetime_seconds: 7500,
      ...discovery,
    },
    { audience: application, claims: { oid: '0d9c8b7a-6f5e-4d3c-2b1a-09f8e7d6c5b4', tid: tenant } },
  ],
  [
    'Okta, client id',
    { issuer_url: 'https://acme.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9', ...discovery },
    { subject_prefix: '0oa1b2c3d4e5f6g7h8i9', audience: anthropic },
  ],
  [
    'SPIFFE, full id',
    { issuer_url: 'https://oidc-discovery.prod.acme.example', ...discovery },
    { subject_prefix: 'spiffe://prod.acme.example/ns/reports/sa/writer', audience: anthropic },
  ],
]

const target = { type: 'service_account', service_account_id: 'svac_01Aa2Bb3Cc4Dd5Ee6Ff7Gg8H' }
const rest = { target, workspace_id: 'wrkspc_01Aa2Bb3Cc4Dd5Ee6Ff7Gg8H', oauth_scope: 'workspace:inference' }

describe.each(shapes)('%s', (_, issuer, match) => {
  const named = { name: 'issuer-under-test', ...issuer }
  const rule = { name: 'rule-under-test', match, ...rest }

  test.each([
    ['in one bundle', [{ issuers: [named], rules: [{ ...rule, issuer_id: 'fdis_...' }] }]],
    [
      'paired by id',
      [
        { ...named, id: 'fdis_01Aa2Bb3Cc4Dd5Ee6Ff7Gg8H', type: 'federation_issuer' },
        { ...rule, issuer_id: 'fdis_01Aa2Bb3Cc4Dd5Ee6Ff7Gg8H' },
      ],
    ],
    ['without its issuer', [{ ...rule, issuer_id: 'fdis_...' }]],
  ])('%s', (_, files) => {
    const workspace = createWorkspace(rules)
    for (const [i, file] of files.entries())
      workspace.update(`file:///${i}.json`, 'disk', JSON.stringify(file, null, 2))
    const loud = workspace
      .files()
      .flatMap(file => workspace.findings(file.uri))
      .filter(f => f.severity === 'error' || f.class === 'over-broad')
      .map(f => `${f.rule}: ${f.message}`)
    expect(loud).toEqual([])
  })
})
