import { type Fix, rule } from '../../lint/rule.ts'
import { get, type StringNode, textAt } from '../../syntax/node.ts'
import { foreignParty } from '../../wif/audience.ts'
import { podIdentities } from '../../wif/identity.ts'
import { DEFAULT_AUDIENCE } from '../../wif/rule.ts'
import { type PlatformToken, providedTokens, type TokenFile, tokenFile } from '../../wif/token-file.ts'
import { TOKEN } from '../../wif/variables.ts'
import { type Container, envVar, type Workload } from '../../wif/workload.ts'

const REASONS: Record<PlatformToken['name'], string> = {
  default:
    "This is the pod's token for the API server: its audience is not Claude and it lives for a year, longer than any issuer accepts",
  irsa: 'This is the token for AWS role assumption, with the audience "sts.amazonaws.com"',
  'pod-identity': 'This is the token for EKS Pod Identity, with the audience "pods.eks.amazonaws.com"',
  entra:
    'This is the token for Microsoft Entra, which takes it for one of its own (see "Use WIF with Azure")',
}

export const tokenFileWrongToken = rule({
  id: 'pod/token-file-wrong-token',
  title: 'The token file holds a token for another party',
  class: 'exchange-fails',
  since: '0.1.0',
  check(file, report, view) {
    for (const workload of file.workloads) {
      const identities = podIdentities(workload, view)
      for (const container of workload.containers) {
        const token = tokenFile(workload, container)
        const place = token && placeOf(token)
        if (token && place) {
          const audiences = identities.find(i => i.container === container)?.claims.aud
          // The webhook of EKS can be told to project its token for Claude.
          const meant = Array.isArray(audiences) && audiences.includes(DEFAULT_AUDIENCE)
          const message = meant
            ? `This file is the one for AWS role assumption; its audience is "${DEFAULT_AUDIENCE}" by an annotation of the ServiceAccount, so AWS refuses it`
            : `${REASONS[place.name]}; project a second token for "${DEFAULT_AUDIENCE}"`
          const fixes = [projectToken(workload, container, token.path)].flatMap(fix => fix ?? [])
          report(token.path, message, { ...(meant && { severity: 'info' }), fixes })
        }
        const secret = legacySecret(container)
        if (secret)
          report(
            secret,
            'A token from a Secret of type `kubernetes.io/service-account-token` has no audience and never expires, so no issuer accepts it',
          )
      }
    }
  },
})

/** Whose token a file is that was put there for another party, by the platform or by the manifest itself. */
function placeOf(file: TokenFile): PlatformToken | undefined {
  if (file.from === 'platform') return file.token
  if (file.from !== 'projection' || !file.projection.audience) return undefined
  return foreignParty(file.projection.audience.value) ? file.place : undefined
}

/** A Secret that clusters before 1.24 made for every service account: `<name>-token-`, and five random characters. */
function legacySecret(container: Container): StringNode | undefined {
  const ref = get(envVar(container, TOKEN)?.valueFrom, 'secretKeyRef')
  const name = get(ref, 'name')
  const legacy = textAt(ref, 'key') === 'token' && name?.type === 'string'
  return legacy && /-token-[bcdfghjklmnpqrstvwxz2456789]{5}$/.test(name.value) ? name : undefined
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
