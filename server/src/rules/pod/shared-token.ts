import { freeExpiration, sourcesOf } from '../../lint/projections.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { issuerOf, ruleOf } from '../../wif/pairing.ts'
import { type TokenFile, tokenFile } from '../../wif/token-file.ts'
import { usesFederation } from '../../wif/variables.ts'
import type { Container, Projection, Workload } from '../../wif/workload.ts'

type Projected = TokenFile & { from: 'projection' }

export const sharedToken = rule({
  id: 'pod/shared-token',
  title: 'Several containers exchange one token file',
  class: 'unreliable',
  since: '0.1.0',
  check(file, report, view) {
    for (const workload of file.workloads) {
      const first = new Map<Projection, { container: Container; token: Projected }>()
      for (const container of workload.containers) {
        if (!usesFederation(container) || container.role === 'ephemeral') continue
        const token = tokenFile(workload, container)
        if (token?.from !== 'projection') continue
        const rule = ruleOf(view, workload, container)
        if (rule && issuerOf(view, rule)?.checkJti?.value === false) continue

        const other = first.get(token.projection)
        if (!other) {
          first.set(token.projection, { container, token })
          continue
        }
        const who = other.container.name ? `container "${other.container.name.value}"` : 'another container'
        report(
          token.path,
          `This is the token file of ${who} too: each token can be exchanged once, so only the first of them gets a Claude token until the file changes`,
          {
            related: [{ at: other.token.path, message: 'used here too' }],
            fixes: ownToken(workload, container, token),
          },
        )
      }
    }
  },
})

/** A second projection, of another lifetime so that the kubelet mints another token, and the container's path to it. */
function ownToken(workload: Workload, container: Container, { path, projection, mount }: Projected): Fix[] {
  const sources = sourcesOf(projection)
  const name = container.name?.value
  if (!sources || !projection.path || !name || mount.subPath || mount.subPathExpr) return []
  const file = `${projection.path.value}-${name}`
  if (workload.projections.some(p => p.volume === projection.volume && p.path?.value === file)) return []
  const source = {
    ...(projection.audience && { audience: projection.audience.value }),
    expirationSeconds: freeExpiration(workload, projection),
    path: file,
  }
  const edits = [
    { append: { serviceAccountToken: source }, to: sources },
    { set: path, to: `${path.value}-${name}` },
  ]
  return [{ title: `Project a token of its own for "${name}"`, safe: false, edits }]
}
