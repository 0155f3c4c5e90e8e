import { describe, expect, test } from 'vitest'
import { rules } from '../../../server/src/rules/index.ts'
import { createWorkspace } from '../../../server/src/workspace/workspace.ts'

/** Guards that no page can show, because another rule has a word to say about the same text. */

const issuer = (more: object) => ({
  id: 'fdis_01PrUhRZdsvDQuc8dWrdE03W',
  name: 'prod-eks',
  issuer_url: 'https://oidc.eks.us-west-2.amazonaws.com/id/8B255427C173093D33B9A72B9EA6A4E4',
  jwks: { type: 'discovery' },
  ...more,
})

const rule = {
  id: 'fdrl_01RO5k0A8Uci0qRhSBHpvkTS',
  name: 'prod-inference',
  issuer_id: 'fdis_01PrUhRZdsvDQuc8dWrdE03W',
  match: { subject_prefix: 'system:serviceaccount:inference:worker', audience: 'https://api.anthropic.com' },
  target: { type: 'service_account', service_account_id: 'svac_...' },
  workspace_id: 'wrkspc_...',
  oauth_scope: 'workspace:inference',
  token_lifetime_seconds: 3600,
}

/** A pod whose containers read these files of one volume. */
function pod(...files: string[]) {
  const source = (path: string) => ({ serviceAccountToken: { audience: 'https://api.anthropic.com', path } })
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'worker', namespace: 'inference' },
    spec: {
      serviceAccountName: 'worker',
      volumes: [{ name: 'claude', projected: { sources: [...new Set(files)].map(source) } }],
      containers: files.map((file, i) => ({
        name: `c${i}`,
        image: 'registry.example/worker:1',
        env: [
          { name: 'ANTHROPIC_IDENTITY_TOKEN_FILE', value: `/claude/${file}` },
          { name: 'ANTHROPIC_FEDERATION_RULE_ID', value: rule.id },
          { name: 'ANTHROPIC_ORGANIZATION_ID', value: '9b16512e-9253-4836-be3c-1bce626513a2' },
          { name: 'ANTHROPIC_SERVICE_ACCOUNT_ID', value: 'svac_01xtpuPzNP3MzTtpcqpyZ9Nf' },
        ],
        volumeMounts: [{ name: 'claude', mountPath: '/claude' }],
      })),
    },
  }
}

function found(...values: object[]): string[] {
  const workspace = createWorkspace(rules)
  for (const [i, value] of values.entries())
    workspace.update(`file:///${i}.json`, 'disk', JSON.stringify(value, null, 2))
  return workspace.files().flatMap(f => workspace.findings(f.uri).map(({ rule }) => rule))
}

test.each([
  ['one file of two containers', pod('token', 'token'), 'pod/shared-token'],
  ['two files of one token', pod('a', 'b'), 'pod/duplicate-projection'],
])('%s: only while each token can be exchanged once', (_, manifest, id) => {
  expect(found(issuer({}), rule, manifest)).toEqual([id])
  expect(found(issuer({ check_jti: true }), rule, manifest)).toEqual([id])
  expect(found(issuer({ check_jti: false }), rule, manifest)).toEqual(['issuer/check-jti-disabled'])
})

/** What is found in a Helm template with these variables beside those of federation. */
function inTemplate(env: string): string[] {
  const workspace = createWorkspace(rules)
  const head =
    'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: {{ .Values.image }}\n      env:\n'
  workspace.update('file:///pod.yaml', 'disk', `${head}${env}`)
  return workspace.findings('file:///pod.yaml').map(({ rule }) => rule)
}

describe('a key beside federation in a template', () => {
  const ours = '        - { name: ANTHROPIC_FEDERATION_RULE_ID, value: fdrl_01RO5k0A8Uci0qRhSBHpvkTS }\n'
  const key = '        - { name: ANTHROPIC_API_KEY, value: {{ .Values.key | quote }} }\n'
  const [when, other, end] = ['{{- if .Values.wif }}', '{{- else }}', '{{- end }}'].map(s => `        ${s}\n`)

  test.each([
    ['in another branch', `${when}${ours}${other}${key}${end}`],
    ['in the branch before', `${when}${key}${other}${ours}${end}`],
    ['in a branch of its own', `${ours}${when}${key}${end}`],
    ['in branches of two conditions', `${when}${ours}${end}${when}${key}${end}`],
  ])('%s, may never be there together with it', (_, env) => {
    expect(inTemplate(env)).toEqual([])
  })

  test.each([
    ['without any branch', `${ours}${key}`],
    ['in the same branch', `${when}${ours}${key}${end}`],
    ['in the same second branch', `${when}${other}${key}${ours}${end}`],
    ['in every case', `${when}${ours}${end}${key}`],
  ])('%s, wins over it', (_, env) => {
    expect(inTemplate(env)).toEqual(['pod/env-shadowed'])
  })
})
