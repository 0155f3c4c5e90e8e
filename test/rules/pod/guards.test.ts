import { expect, test } from 'vitest'
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
