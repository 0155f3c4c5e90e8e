/** One of everything, and how each names the others: files for tests that look across them. */

const ISSUER = `id: fdis_01Eks
name: eks-prod
issuer_url: https://oidc.eks.us-west-2.amazonaws.com/id/D539D4633E53DE1B71EED4A1B2C3D4E5
jwks:
  type: discovery
`

/** A rule that admits the service account `search` of the namespace `inference`. */
const RULE = `id: fdrl_01Search
name: search
issuer_id: fdis_01Eks
match:
  subject_prefix: system:serviceaccount:inference:search
  audience: https://api.anthropic.com
target:
  type: service_account
  service_account_id: svac_01Search
workspace_id: wrkspc_01Prod
oauth_scope: workspace:inference
`

const ACCOUNT = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: search
  namespace: inference
`

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: search-pod
  namespace: inference
spec:
  serviceAccountName: search
  volumes:
    - name: claude-token
      projected:
        sources:
          - serviceAccountToken:
              audience: https://api.anthropic.com
              expirationSeconds: 3600
              path: claude/token
  containers:
    - name: app
      image: registry.example/search:1
      env:
        - name: ANTHROPIC_IDENTITY_TOKEN_FILE
          value: /var/run/secrets/claude/token
        - name: ANTHROPIC_FEDERATION_RULE_ID
          value: fdrl_01Search
        - name: ANTHROPIC_ORGANIZATION_ID
          value: 0c9a1f8e-5d7a-4c2b-9f1e-3a6b7c8d9e0f
        - name: ANTHROPIC_SERVICE_ACCOUNT_ID
          value: svac_01Search
      volumeMounts:
        - name: claude-token
          mountPath: /var/run/secrets
`

/** The files by name; the names are in alphabetical order, as the server lists them. */
export const STACK = { account: ACCOUNT, issuer: ISSUER, pod: POD, rule: RULE }

type Files = Record<string, string>

/** `files` with the cursor put into one of them: `place` is a piece of its text with `$0` in it. */
export function withCursor(files: Files, name: string, place: string): Files {
  return replaced(files, name, place.replace('$0', ''), place)
}

/** `files` with `from` replaced by `to` in one of them; `from` must be there, and once. */
export function replaced(files: Files, name: string, from: string, to: string): Files {
  const parts = (files[name] ?? '').split(from)
  if (parts.length !== 2) throw new Error(`"${from}" should be in ${name} once`)
  return { ...files, [name]: parts.join(to) }
}
