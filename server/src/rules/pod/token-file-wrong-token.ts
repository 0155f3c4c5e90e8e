import { type Fix, rule } from '../../lint/rule.ts'
import type { StringNode } from '../../syntax/node.ts'
import { get } from '../../syntax/node.ts'
import { DEFAULT_AUDIENCE } from '../../wif/rule.ts'
import { type PlatformToken, providedTokens, tokenFile } from '../../wif/token-file.ts'
import type { WorkspaceView } from '../../wif/view.ts'
import type { Container, Workload } from '../../wif/workload.ts'

const REASONS: Record<PlatformToken['name'], string> = {
  default:
    "This is the pod's token for the API server: its audience is not Claude and it lives for a year, longer than any issuer accepts",
  irsa: 'This is the token for AWS role assumption, with the audience "sts.amazonaws.com"',
  'pod-identity': 'This is the token for EKS Pod Identity, with the audience "pods.eks.amazonaws.com"',
  entra: 'This is the token for Microsoft Entra, with the audience "api://AzureADTokenExchange"',
}

export const tokenFileWrongToken = rule({
  id: 'pod/token-file-wrong-token',
  title: 'The token file holds a token for another party',
  class: 'exchange-fails',
  since: '0.1.0',
  check(file, report, view) {
    for (const workload of file.workloads) {
      for (const container of workload.containers) {
        const file = tokenFile(workload, container)
        if (file?.from !== 'platform') continue
        const meant = file.token.name === 'irsa' && irsaTokenIsForClaude(workload, view)
        report(file.path, `${REASONS[file.token.name]}; project a second token for "${DEFAULT_AUDIENCE}"`, {
          ...(meant && { severity: 'info' }),
          fixes: [projectToken(workload, container, file.path)].flatMap(f => f ?? []),
        })
      }
    }
  },
})

/** The annotation `eks.amazonaws.com/audience` makes the webhook project its token for another audience. */
function irsaTokenIsForClaude(workload: Workload, view: WorkspaceView): boolean {
  return view
    .serviceAccounts()
    .some(
      account =>
        account.irsaAudience?.value === DEFAULT_AUDIENCE &&
        account.name?.value === (workload.serviceAccountName?.value ?? 'default') &&
        account.namespace?.value === workload.namespace?.value,
    )
}

/** Uses the token that is projected for Claude already, or adds the volume, its mount and the path. */
function projectToken(workload: Workload, container: Container, path: StringNode): Fix | undefined {
  const ready = providedTokens(workload, container).find(
    p => p.projection.audience?.value === DEFAULT_AUDIENCE,
  )
  if (ready) return { title: `Set to "${ready.path}"`, safe: false, edits: [{ set: path, to: ready.path }] }
  if (workload.partial) return undefined

  const source = { audience: DEFAULT_AUDIENCE, expirationSeconds: 3600, path: 'token' }
  const volume = { name: 'anthropic-token', projected: { sources: [{ serviceAccountToken: source }] } }
  const mount = { name: volume.name, mountPath: '/var/run/secrets/anthropic.com', readOnly: true }
  const volumes = get(workload.podSpec, 'volumes')
  const mounts = get(container.node, 'volumeMounts')
  return {
    title: 'Project a token for Claude and use it',
    safe: false,
    edits: [
      { set: path, to: `${mount.mountPath}/${source.path}` },
      mounts?.type === 'array'
        ? { append: mount, to: mounts }
        : { insert: 'volumeMounts', into: container.node, to: [mount] },
      volumes?.type === 'array'
        ? { append: volume, to: volumes }
        : { insert: 'volumes', into: workload.podSpec, to: [volume] },
    ],
  }
}
