import fc from 'fast-check'
import type { Format } from './corpus.ts'

/**
 * Things of the field that get in each other's way: few ids, names, subjects and audiences, so that most are ambiguous,
 * name one another, or nearly do.
 */

const some = <T>(...values: T[]) => fc.constantFrom(...values, undefined)

const issuer = fc.record({
  id: some('fdis_01A', 'fdis_01B'),
  name: some('prod', 'ci'),
  issuer_url: fc.constantFrom(
    'https://token.actions.githubusercontent.com',
    'https://oidc.eks.eu-west-1.amazonaws.com/id/9E1C2C575C84CCE8CAACACBDD695AF0B',
    'https://kubernetes.default.svc.cluster.local',
    'https://d6598c73-18f3-453d-b1e1-3df151740940.tokens.sts.global.api.aws',
  ),
  jwks: fc.constant({ type: 'discovery' }),
  max_jwt_lifetime_seconds: some(600, 3600),
  archived_at: fc.constantFrom(undefined, undefined, '2026-01-01T00:00:00Z'),
})

const rule = fc.record({
  id: some('fdrl_01A', 'fdrl_01B', 'fdrl_...'),
  name: some('deploy', 'batch', 'ci'),
  issuer_id: some('fdis_01A', 'fdis_01B', 'fdis_...'),
  issuer_name: some(undefined, 'prod'),
  match: fc.record({
    subject_prefix: some(
      ...['repo:acme/app:*', 'repo:acme/app:ref:refs/heads/main', 'system:serviceaccount:a:*'],
      ...[
        'system:serviceaccount:a:w',
        'system:serviceaccount:b:w',
        'arn:aws:iam::123456789012:role/w',
        '<sub>',
      ],
    ),
    audience: some('https://api.anthropic.com', 'https://other.example'),
    claims: some(undefined, { ref: 'refs/heads/main' }, { sub: 'system:serviceaccount:a:w' }),
    condition: some(undefined, undefined, 'claims.sub.startsWith("system:serviceaccount:a:")'),
  }),
  target: some({ type: 'service_account', service_account_id: 'svac_01A' }),
  workspace_id: some('wrkspc_01A', 'wrkspc_01B'),
  oauth_scope: fc.constant('workspace:inference'),
  token_lifetime_seconds: some(600, 3600),
})

const pod = fc
  .record({
    namespace: some('a', 'b'),
    account: some('w', 'v'),
    audience: some('https://api.anthropic.com', 'https://other.example'),
    rule: some('fdrl_01A', 'fdrl_01B', 'fdrl_...'),
    expirationSeconds: some(600, 7200),
  })
  .map(({ namespace, account, audience, rule, expirationSeconds }) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: account ?? 'w', namespace },
    spec: {
      serviceAccountName: account,
      containers: [
        {
          name: 'app',
          env: [
            { name: 'ANTHROPIC_IDENTITY_TOKEN_FILE', value: '/t/token' },
            { name: 'ANTHROPIC_FEDERATION_RULE_ID', value: rule },
          ],
          volumeMounts: [{ name: 't', mountPath: '/t' }],
        },
      ],
      volumes: [
        {
          name: 't',
          projected: { sources: [{ serviceAccountToken: { path: 'token', audience, expirationSeconds } }] },
        },
      ],
    },
  }))

const account = fc
  .record({ name: fc.constantFrom('w', 'v'), namespace: some('a', 'b'), role: some('w') })
  .map(({ name, namespace, role }) => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name,
      namespace,
      annotations: role && { 'eks.amazonaws.com/role-arn': `arn:aws:iam::123456789012:role/${role}` },
    },
  }))

const policy = fc
  .constantFrom('https://api.anthropic.com', 'https://other.example', undefined)
  .map(audience => ({
    RoleName: 'w',
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:GetWebIdentityToken',
          Resource: '*',
          Condition: audience && { 'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': audience } },
        },
      ],
    },
  }))

/**
 * Texts that share some things of the field: one has them in another order than the next, or elsewhere, has more of
 * them or fewer, or one of them twice.
 */
export function collidingTexts(format: Format): fc.Arbitrary<fc.Arbitrary<string>> {
  const thing = fc.oneof(issuer, rule, rule, pod, account, policy).map(each => JSON.stringify(each))
  return fc
    .array(thing, { minLength: 5, maxLength: 9 })
    .map(pool =>
      fc
        .tuple(fc.array(fc.constantFrom(...pool), { maxLength: 5 }), fc.constantFrom('', '\n', '\n\n  '))
        .map(([things, gap]) =>
          format === 'json' ? `${gap}[${things.join(`,${gap}`)}]` : stream(things, gap),
        ),
    )
}

/** A YAML stream; what is JSON is YAML, too. */
function stream(things: readonly string[], gap: string): string {
  return things.join(`\n${gap}\n---\n`)
}
