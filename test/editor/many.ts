import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const NAMESPACES = [
  'search',
  'reports',
  'billing',
  'support',
  'ingest',
  'ranking',
  'evals',
  'docs',
  'agents',
  'etl',
]
const ISSUERS = ['eks-prod', 'eks-staging', 'gke-batch', 'aks-europe']

/** The issuers of a company: 4 clusters. */
function issuer(i: number): string {
  const id = String(i).repeat(32)
  return `id: fdis_0${i}
name: ${ISSUERS[i]}
issuer_url: https://oidc.eks.us-west-2.amazonaws.com/id/${id}
jwks: { type: discovery }
`
}

/** One rule for a service account; every fifth admits its whole namespace. */
function rule(i: number): string {
  const namespace = NAMESPACES[i % NAMESPACES.length]
  const account = i % 5 === 4 ? '*' : `worker-${i}`
  return `id: fdrl_${String(i).padStart(4, '0')}
name: ${namespace}-${i}
issuer_id: fdis_0${i % ISSUERS.length}
match:
  subject_prefix: system:serviceaccount:${namespace}:${account}
  audience: https://api.anthropic.com
target: { type: service_account, service_account_id: svac_${String(i >> 1).padStart(4, '0')} }
workspace_id: wrkspc_01Prod
oauth_scope: workspace:inference
`
}

/** A pod in the namespace of the rule with the same number; two in three run as what that rule names. */
function pod(i: number): string {
  const namespace = NAMESPACES[i % NAMESPACES.length]
  return `apiVersion: v1
kind: Pod
metadata: { name: worker-${i}, namespace: ${namespace} }
spec:
  serviceAccountName: worker-${i % 3 === 2 ? 'x' : ''}${i % 140}
  volumes:
    - name: claude
      projected:
        sources:
          - serviceAccountToken: { audience: https://api.anthropic.com, expirationSeconds: 3600, path: token }
  containers:
    - name: app
      image: worker:1
      env:
        - { name: ANTHROPIC_IDENTITY_TOKEN_FILE, value: /var/run/claude/token }
        - { name: ANTHROPIC_SERVICE_ACCOUNT_ID, value: svac_0001 }
      volumeMounts:
        - { name: claude, mountPath: /var/run/claude }
`
}

const stream = (count: number, make: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join('---\n')

/** The files by name: 4 issuers, 140 rules, 70 accounts, 286 workloads; 500 nodes in all. */
export function manyFiles(): Record<string, string> {
  return {
    'issuers.yaml': stream(ISSUERS.length, issuer),
    'rules.yaml': stream(140, rule),
    'pods.yaml': stream(286, pod),
  }
}

/** A new folder with these files. */
export async function manyFolder(): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), 'wif-many-')), 'many')
  await mkdir(folder)
  for (const [name, text] of Object.entries(manyFiles())) await writeFile(join(folder, name), text)
  return folder
}
