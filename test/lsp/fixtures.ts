/** Documents for the tests, each right in all but one thing, small enough to see where everything is. */

/** A rule whose subject admits every role of an account. */
export const WIDE_RULE = `{
  "name": "wide-inference",
  "issuer_id": "fdis_...",
  "match": {
    "subject_prefix": "arn:aws:iam::123456789012:role/*",
    "audience": "https://api.anthropic.com"
  },
  "target": { "type": "service_account", "service_account_id": "svac_..." },
  "workspace_id": "wrkspc_...",
  "oauth_scope": "workspace:inference"
}
`
export const TENANT_WIDE = 'match/tenant-wide 5:23-5:57'

/** A service account that IRSA gives a role, which the wide rule admits. */
export function serviceAccount(role = 'inference-worker'): string {
  return `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${role}
  namespace: inference
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::123456789012:role/${role}
`
}

/** A rule for the one workload that `pod` is. */
export function podRule(audience = 'https://api.anthropic.com'): string {
  return `name: prod-inference
issuer_id: fdis_...
match:
  subject_prefix: system:serviceaccount:inference:inference-worker
  audience: ${audience}
target: { type: service_account, service_account_id: svac_... }
workspace_id: wrkspc_...
oauth_scope: workspace:inference
`
}
export const MISMATCH_AT_RULE = 'cross/audience-mismatch 5:13-5:38'

/** A pod whose projected token is for Claude; with no audience, for the cluster's API server. */
export function pod(audience?: string): string {
  const line = audience === undefined ? '' : `\n              audience: ${audience}`
  return `apiVersion: v1
kind: Pod
metadata:
  name: inference-worker
  namespace: inference
spec:
  serviceAccountName: inference-worker
  volumes:
    - name: anthropic-token
      projected:
        sources:
          - serviceAccountToken:${line}
              expirationSeconds: 3600
              path: token
  containers:
    - name: app
      image: registry.example/inference-worker:1.4
      env:
        - name: ANTHROPIC_IDENTITY_TOKEN_FILE
          value: /var/run/secrets/anthropic.com/token
        - name: ANTHROPIC_FEDERATION_RULE_ID
          value: fdrl_...
        - name: ANTHROPIC_ORGANIZATION_ID
          value: 00000000-0000-0000-0000-000000000000
        - name: ANTHROPIC_SERVICE_ACCOUNT_ID
          value: svac_...
      volumeMounts:
        - name: anthropic-token
          mountPath: /var/run/secrets/anthropic.com
          readOnly: true
`
}
export const MISMATCH_AT_POD = 'cross/audience-mismatch 13:25-13:50'
