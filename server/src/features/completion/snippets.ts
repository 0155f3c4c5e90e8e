import type { Value } from '../../syntax/write/values.ts'
import { dialProblem } from '../../wif/dialable.ts'
import { realId } from '../../wif/pairing.ts'
import { awsSts } from '../../wif/providers/aws-sts.ts'
import { isKubernetes, providers } from '../../wif/providers/index.ts'
import type { Provider } from '../../wif/providers/provider.ts'
import { DEFAULT_AUDIENCE } from '../../wif/rule.ts'
import { ORGANIZATION_ID, RULE_ID, SERVICE_ACCOUNT_ID, TOKEN_FILE } from '../../wif/variables.ts'
import type { WorkspaceView } from '../../wif/view.ts'
import { templateOf } from './templates.ts'

/** A whole object, with `<...>` and `fdis_...` for what people fill in. */
export interface Snippet {
  kind: 'issuer' | 'rule' | 'pod' | 'policy'
  label: string
  documentation: string
  value: { [key: string]: Value }
}

/** Objects to start from: issuer and rule of each provider, the pod and the IAM policy that go with them. */
export function snippets(view: WorkspaceView): Snippet[] {
  return [
    ...providers.map(provider => rule(provider, view)),
    ...providers.map(issuer),
    ...['Pod', 'Deployment', 'CronJob'].map(workload),
    policy(),
  ]
}

function issuer(provider: Provider): Snippet {
  const { id, name, token } = provider
  const [needs] = token.accept ?? []
  return {
    kind: 'issuer',
    label: `WIF issuer: ${name}`,
    documentation: `An issuer whose tokens ${name} signs.`,
    value: {
      name: id,
      issuer_url: provider.issuer.example,
      jwks: keysOf(provider),
      ...(needs && { max_jwt_lifetime_seconds: needs.seconds }),
    },
  }
}

/** Keys that nobody can fetch are part of the issuer. */
function keysOf({ issuer: { example } }: Provider): Value {
  if (!dialProblem(example)?.internal) return { type: 'discovery' }
  return {
    type: 'inline',
    keys: [{ kty: 'RSA', kid: '<key id>', alg: 'RS256', use: 'sig', n: '<modulus>', e: 'AQAB' }],
  }
}

function rule(provider: Provider, view: WorkspaceView): Snippet {
  const { subject, audience, claims, byClaims } = templateOf(provider)
  const known = view
    .issuers()
    .filter(each => each.provider === provider && realId(each.id?.value) !== undefined)
  const id = known.length === 1 ? known[0]?.id?.value : undefined
  return {
    kind: 'rule',
    label: `WIF rule: ${provider.name}`,
    documentation: `A rule for one ${provider.words.workload} of ${provider.name}.`,
    value: {
      name: '<rule name>',
      issuer_id: id ?? 'fdis_...',
      match: { ...(!byClaims && { subject_prefix: subject }), audience, ...(claims && { claims }) },
      target: { type: 'service_account', service_account_id: 'svac_...' },
      workspace_id: 'wrkspc_...',
      oauth_scope: 'workspace:inference',
    },
  }
}

const MOUNT_PATH = '/var/run/secrets/anthropic.com'

/** A pod that projects a token for Claude, and what its SDK needs to know of it. */
function podSpec(): { [key: string]: Value } {
  const variable = (name: string, value: string) => ({ name, value })
  return {
    serviceAccountName: '<service account>',
    volumes: [
      {
        name: 'anthropic-token',
        projected: {
          sources: [
            { serviceAccountToken: { audience: DEFAULT_AUDIENCE, expirationSeconds: 3600, path: 'token' } },
          ],
        },
      },
    ],
    containers: [
      {
        name: 'app',
        image: '<image>',
        env: [
          variable(TOKEN_FILE, `${MOUNT_PATH}/token`),
          variable(RULE_ID, 'fdrl_...'),
          variable(ORGANIZATION_ID, '<organization uuid>'),
          variable(SERVICE_ACCOUNT_ID, 'svac_...'),
        ],
        volumeMounts: [{ name: 'anthropic-token', mountPath: MOUNT_PATH, readOnly: true }],
      },
    ],
  }
}

function workload(kind: string): Snippet {
  const metadata = { name: '<name>', namespace: '<namespace>' }
  const labels = { app: '<name>' }
  const template = { spec: podSpec() }
  const clusters = providers.filter(isKubernetes).map(({ name }) => name)
  const spec: Record<string, { [key: string]: Value }> = {
    Pod: podSpec(),
    Deployment: { selector: { matchLabels: labels }, template: { metadata: { labels }, ...template } },
    CronJob: {
      schedule: '<schedule>',
      jobTemplate: { spec: { template: { spec: { restartPolicy: 'OnFailure', ...podSpec() } } } },
    },
  }
  return {
    kind: 'pod',
    label: `WIF ${kind}: Kubernetes`,
    documentation: `A ${kind} whose projected token is exchanged for a Claude API token. For ${clusters.join(', ')}.`,
    value: {
      apiVersion: kind === 'Pod' ? 'v1' : kind === 'Deployment' ? 'apps/v1' : 'batch/v1',
      kind,
      metadata,
      spec: spec[kind] ?? {},
    },
  }
}

/** Lets a role have tokens for Claude minted, and no others. */
function policy(): Snippet {
  return {
    kind: 'policy',
    label: `WIF IAM policy: ${awsSts.name}`,
    documentation: 'An IAM policy that lets a role obtain identity tokens for the Claude API, and no others.',
    value: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'ClaudeFederation',
          Effect: 'Allow',
          Action: 'sts:GetWebIdentityToken',
          Resource: '*',
          Condition: {
            'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': DEFAULT_AUDIENCE },
            NumericLessThanEquals: { 'sts:DurationSeconds': 900 },
            StringEquals: { 'sts:SigningAlgorithm': 'ES384' },
          },
        },
      ],
    },
  }
}
