import { rule } from '../../lint/rule.ts'
import { podIdentities } from '../../wif/identity.ts'
import type { FederationIssuer } from '../../wif/issuer.ts'
import { issuerOf, ruleOf } from '../../wif/pairing.ts'
import type { WorkspaceView } from '../../wif/view.ts'

export const checkJtiDisabled = rule({
  id: 'issuer/check-jti-disabled',
  title: 'Replay protection is off',
  class: 'hygiene',
  since: '0.1.0',
  check(file, report, view) {
    for (const issuer of file.issuers) {
      const { checkJti } = issuer
      if (checkJti?.value !== false) continue
      const message =
        'Without replay protection a stolen token can be exchanged again and again until it expires'
      report(checkJti, message, {
        ...(isNeeded(issuer, view) && { severity: 'hint' }),
        fixes: [{ title: 'Set to `true`', safe: false, edits: [{ set: checkJti, to: true }] }],
      })
    }
  },
})

/** Whether several containers of a pod present the same token to this issuer: then this is how to let them. */
function isNeeded(issuer: FederationIssuer, view: WorkspaceView): boolean {
  return view.workloads().some(workload => {
    const projections = podIdentities(workload).flatMap(({ container, projection }) => {
      const rule = ruleOf(view, workload, container)
      return projection && rule && issuerOf(view, rule) === issuer ? projection.node : []
    })
    return new Set(projections).size < projections.length
  })
}
