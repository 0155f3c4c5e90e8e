import { freeExpiration } from '../../lint/projections.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { put } from '../../syntax/write.ts'
import { issuerOf, ruleOf } from '../../wif/pairing.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'
import { tokenFile } from '../../wif/token-file.ts'
import { usesFederation } from '../../wif/variables.ts'
import { expirationOf, type Projection, type Workload } from '../../wif/workload.ts'

export const duplicateProjection = rule({
  id: 'pod/duplicate-projection',
  title: 'Two projections give the same token twice',
  class: 'unreliable',
  since: '0.1.0',
  check(file, report, view) {
    for (const workload of file.workloads) {
      const first = new Map<string, Projection>()
      for (const container of workload.containers) {
        const token = usesFederation(container) ? tokenFile(workload, container) : undefined
        if (token?.from !== 'projection') continue
        const rule = ruleOf(view, workload, container)
        if (rule && issuerOf(view, rule)?.checkJti?.value === false) continue

        const { projection } = token
        const seconds = expirationOf(workload, projection)
        const audience = projection.audience?.value ?? ''
        if (seconds === undefined || isPlaceholder(audience)) continue
        const key = `${seconds} ${audience}`
        const other = first.get(key)
        if (!other) first.set(key, projection)
        if (!other || other === projection) continue
        report(
          projection.expiration ?? projection.node,
          `The kubelet puts the same token into both files: audience and \`expirationSeconds\` are those of "${other.path?.value}", and each token can be exchanged once`,
          {
            related: [{ at: other.expiration ?? other.node, message: 'the same here' }],
            fixes: [ownLifetime(workload, projection)],
          },
        )
      }
    }
  },
})

function ownLifetime(workload: Workload, projection: Projection): Fix {
  const to = freeExpiration(workload, projection)
  const edits = [put(projection.node, 'expirationSeconds', to)]
  return { title: `Set \`expirationSeconds\` to ${to}`, safe: false, edits }
}
