import type { Node } from '../syntax/node.ts'
import type { Entity } from './entity.ts'
import { subjectOf } from './pairing.ts'
import { isPlaceholder } from './placeholder.ts'
import { DEFAULT_AUDIENCE } from './rule.ts'
import type { KubernetesServiceAccount } from './service-account.ts'
import { type PlatformToken, providedTokens, tokenFile } from './token-file.ts'
import type { WorkspaceView } from './view.ts'
import type { Container, Projection, Workload } from './workload.ts'

/**
 * A workload is a token that has not been minted yet: what is written about it predicts the claims of the token it
 * will present. A claim that is not in `claims` is unknown, unless `complete` says that these are all.
 */
export interface Identity {
  /** For people: "pod inference/inference-worker". */
  title: string
  /** Who signs such a token. */
  from: 'kubernetes' | 'aws-sts' | 'token'
  claims: Record<string, unknown>
  complete: boolean
  /** Seconds from `iat` to `exp`, where it is known. */
  lifetime: number | undefined
  /** What describes it, and the nodes that decide single claims. */
  source: Entity
  at: { sub: Node; aud: Node }
}

/** A token of a pod: of one projection, as one container uses it. */
export interface PodIdentity extends Identity {
  source: Workload
  container: Container
  /** Undefined for a token the platform itself projects. */
  projection: Projection | undefined
}

/** The API server's default for `expirationSeconds` (Kubernetes API, ServiceAccountTokenProjection). */
export const DEFAULT_EXPIRATION = 3600

/** Audience and lifetime of the tokens that platforms put into pods by themselves (their webhooks' defaults). */
const PLATFORM_CLAIMS: Partial<Record<PlatformToken['name'], { audience: string; lifetime: number }>> = {
  irsa: { audience: 'sts.amazonaws.com', lifetime: 86400 },
  'pod-identity': { audience: 'pods.eks.amazonaws.com', lifetime: 86400 },
  entra: { audience: 'api://AzureADTokenExchange', lifetime: 3600 },
}

/** The tokens the containers of `workload` would present: one for each container that uses one. */
export function podIdentities(workload: Workload): PodIdentity[] {
  return workload.containers.flatMap(container => {
    const file = tokenFile(workload, container)
    if (file?.from === 'projection') return projected(workload, container, file.projection)
    if (file?.from === 'platform') return platform(workload, container, file.token, file.path)
    if (file) return []
    // No variable names the file: the program may, and it will name the one meant for Claude.
    return providedTokens(workload, container)
      .filter(({ projection }) => projection.audience?.value === DEFAULT_AUDIENCE)
      .map(({ projection }) => projected(workload, container, projection))
  })
}

function projected(workload: Workload, container: Container, projection: Projection): PodIdentity {
  const audience =
    projection.audience && !isPlaceholder(projection.audience.value) ? projection.audience.value : undefined
  const lifetime =
    projection.expiration?.value ??
    (projection.node.properties.some(p => p.key.value === 'expirationSeconds')
      ? undefined
      : DEFAULT_EXPIRATION)
  return {
    ...podIdentity(workload, container, audience, lifetime),
    projection,
    at: { sub: subjectNode(workload), aud: projection.audience ?? projection.node },
  }
}

function platform(workload: Workload, container: Container, token: PlatformToken, path: Node): PodIdentity {
  const claims = PLATFORM_CLAIMS[token.name]
  return {
    ...podIdentity(workload, container, claims?.audience, claims?.lifetime),
    projection: undefined,
    at: { sub: subjectNode(workload), aud: path },
  }
}

function podIdentity(
  workload: Workload,
  container: Container,
  audience: string | undefined,
  lifetime: number | undefined,
) {
  const sub = subjectOf(workload)
  const [, , namespace, account] = sub?.split(':') ?? []
  return {
    title: `${workload.resource} ${workload.namespace ? `${workload.namespace.value}/` : ''}${workload.name?.value ?? '(no name)'}`,
    from: 'kubernetes' as const,
    claims: {
      ...(sub !== undefined && { sub, 'kubernetes.io': { namespace, serviceaccount: { name: account } } }),
      // Kubernetes writes `aud` as a list, always (TokenRequest API).
      ...(audience !== undefined && { aud: [audience] }),
    },
    complete: false,
    lifetime,
    source: workload,
    container,
  }
}

function subjectNode(workload: Workload): Node {
  return workload.serviceAccountName ?? workload.name ?? workload.node
}

/** The AWS role that IRSA gives the pods of a service account: it can ask STS for a token. */
export function roleIdentity(account: KubernetesServiceAccount): Identity | undefined {
  const arn = account.roleArn
  if (!arn || isPlaceholder(arn.value)) return undefined
  return {
    title: `role ${arn.value.slice(arn.value.lastIndexOf('/') + 1)}`,
    from: 'aws-sts',
    claims: { sub: arn.value },
    complete: false,
    lifetime: undefined,
    source: account,
    at: { sub: arn, aud: arn },
  }
}

/** Every identity the workspace knows of, in a stable order. */
export function identities(view: WorkspaceView): Identity[] {
  return [
    ...view.workloads().flatMap(podIdentities),
    ...view.serviceAccounts().flatMap(a => roleIdentity(a) ?? []),
  ]
}
