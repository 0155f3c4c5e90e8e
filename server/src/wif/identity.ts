import type { Node } from '../syntax/node.ts'
import { oncePer } from '../text/once-per.ts'
import { type AudienceChoice, audienceChoice } from './iam-audience.ts'
import type { IamPolicy } from './iam-policy.ts'
import { subjectOf } from './pairing.ts'
import { isPlaceholder } from './placeholder.ts'
import { type KubernetesServiceAccount, runsAs } from './service-account.ts'
import { type PlatformToken, type TokenFile, tokenFile, usedTokens } from './token-file.ts'
import { oncePerView, type WorkspaceView } from './view.ts'
import { type Container, expirationOf, type Projection, type Workload, workloadTitle } from './workload.ts'

/**
 * What is known of a token, whether it exists already or is only predicted. A claim that is not in `claims` is
 * unknown, unless `complete` says that these are all. Objects in the claims of a prediction may hold more as well.
 */
export interface Presented {
  /** For people: "Pod inference/inference-worker". */
  title: string
  /** Who signs such a token. */
  from: 'kubernetes' | 'aws-sts' | 'token'
  claims: Readonly<Record<string, unknown>>
  complete: boolean
  /** Where `aud` is not known because whoever asks for the token chooses it: what can be chosen. */
  choice?: ((audience: string) => AudienceChoice | undefined) | undefined
  /** Seconds from `iat` to `exp`, where it is known. */
  lifetime: number | undefined
  /** Of a token that exists: its header, and its size in bytes. */
  header?: Readonly<Record<string, unknown>>
  size?: number
}

/**
 * A workload is a token that has not been minted yet: what is written about it predicts the claims of the token it
 * will present.
 */
export interface Identity extends Presented {
  /** What describes it, and the nodes that decide single claims. */
  source: Workload | KubernetesServiceAccount
  at: { sub: Node; aud: Node }
}

/** A token of a pod: of one projection, as one container uses it. */
export interface PodIdentity extends Identity {
  source: Workload
  container: Container
  /** Undefined for a token the platform itself projects. */
  projection: Projection | undefined
}

/** Audience and lifetime of the tokens that platforms put into pods by themselves (their webhooks' defaults). */
const PLATFORM_CLAIMS: Partial<Record<PlatformToken['name'], { audience: string; lifetime: number }>> = {
  irsa: { audience: 'sts.amazonaws.com', lifetime: 86400 },
  'pod-identity': { audience: 'pods.eks.amazonaws.com', lifetime: 86400 },
  entra: { audience: 'api://AzureADTokenExchange', lifetime: 3600 },
}

/**
 * The tokens the containers of `workload` would present: one for each container that uses one.
 * @param view for what ServiceAccounts say of the tokens that webhooks project
 */
export function podIdentities(workload: Workload, view?: WorkspaceView): PodIdentity[] {
  return tokensOf(workload).flatMap(({ container, file, identities }) =>
    file?.from === 'platform' ? platform(workload, container, file.token, file.path, view) : identities,
  )
}

interface ContainerTokens {
  container: Container
  file: TokenFile | undefined
  /** Of its projected tokens. */
  identities: PodIdentity[]
}

/** What the manifest alone says. */
const tokensOf = oncePer((workload: Workload) =>
  workload.containers.map(
    (container): ContainerTokens => ({
      container,
      file: tokenFile(workload, container),
      identities: usedTokens(workload, container).map(t => projected(workload, container, t.projection)),
    }),
  ),
)

function projected(workload: Workload, container: Container, projection: Projection): PodIdentity {
  const audience = projection.audience?.value
  return {
    ...podIdentity(workload, container, audience, expirationOf(workload, projection)),
    projection,
    at: { sub: subjectNode(workload), aud: projection.audience ?? projection.node },
  }
}

function platform(
  workload: Workload,
  container: Container,
  token: PlatformToken,
  path: Node,
  view: WorkspaceView | undefined,
): PodIdentity {
  const claims = PLATFORM_CLAIMS[token.name]
  // The webhook of EKS reads its settings from the ServiceAccount.
  const account = token.name === 'irsa' ? irsaAccount(workload, view) : undefined
  const audience = account?.irsaAudience?.value ?? claims?.audience
  const lifetime = account?.irsaExpiration ? Number(account.irsaExpiration.value) : claims?.lifetime
  return {
    ...podIdentity(workload, container, audience, Number.isInteger(lifetime) ? lifetime : undefined),
    projection: undefined,
    at: { sub: subjectNode(workload), aud: path },
  }
}

/** The ServiceAccount the pods of `workload` run as, if the workspace has it and it sets up IRSA. */
export function irsaAccount(
  workload: Workload,
  view: WorkspaceView | undefined,
): KubernetesServiceAccount | undefined {
  return view
    ?.serviceAccounts()
    .find(account => runsAs(workload, account) && (account.roleArn ?? account.irsaAudience))
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
    title: workloadTitle(workload),
    from: 'kubernetes' as const,
    claims: {
      ...(sub !== undefined && { sub, 'kubernetes.io': { namespace, serviceaccount: { name: account } } }),
      // Kubernetes writes `aud` as a list, always (TokenRequest API). An empty audience is the API server's.
      ...(audience && !isPlaceholder(audience) && { aud: [audience] }),
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

/**
 * The AWS role that IRSA gives the pods of a service account: it can ask STS for a token, with the audiences that its
 * policy allows.
 * @param view for the policy
 */
export function roleIdentity(account: KubernetesServiceAccount, view?: WorkspaceView): Identity | undefined {
  const arn = account.roleArn
  if (!arn || isPlaceholder(arn.value)) return undefined
  const policy = view && policyOf(view, arn.value)
  return {
    title: `role ${nameOfRole(arn.value)}`,
    from: 'aws-sts',
    claims: { sub: arn.value, ...awsClaims(arn.value) },
    complete: false,
    ...(policy && { choice: (audience: string) => audienceChoice(policy, audience) }),
    lifetime: undefined,
    source: account,
    at: { sub: arn, aud: arn },
  }
}

/**
 * The policy of the role `arn`, if there is no doubt: the one that names it, else the only one of the workspace when
 * no other role is in it.
 */
function policyOf(view: WorkspaceView, arn: string): IamPolicy | undefined {
  const [policy, ...more] = view.policies().filter(({ roleName }) => {
    return roleName === undefined || roleName.value === nameOfRole(arn)
  })
  if (!policy || more.length > 0) return undefined
  return policy.roleName || rolesOf(view, view).size === 1 ? policy : undefined
}

/** The roles that service accounts of the workspace have. */
const rolesOf = oncePerView(
  (view: WorkspaceView) => new Set(view.serviceAccounts().flatMap(({ roleArn }) => roleArn?.value ?? [])),
)

/** What STS adds that the role alone decides (IAM user guide, Understanding token claims). */
function awsClaims(arn: string): Record<string, unknown> {
  const account = /^arn:[\w-]+:iam::(\d{12}):role\//.exec(arn)?.[1]
  return account === undefined
    ? {}
    : { 'https://sts.amazonaws.com/': { aws_account: account, principal_id: arn } }
}

function nameOfRole(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

const all = oncePerView((view: WorkspaceView): readonly Identity[] => [
  ...view.workloads().flatMap(workload => podIdentities(workload, view)),
  ...view.serviceAccounts().flatMap(account => roleIdentity(account, view) ?? []),
])

/** Every identity the workspace knows of, in a stable order; found once for each view, because every rule asks. */
export const identities = (view: WorkspaceView) => all(view, view)
