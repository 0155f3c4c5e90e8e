import { rule } from '../../lint/rule.ts'
import { isNearClaude } from '../../wif/audience.ts'
import { DEFAULT_AUDIENCE } from '../../wif/rule.ts'
import type { WorkspaceView } from '../../wif/view.ts'

export const audienceNearMiss = rule({
  id: 'match/audience-near-miss',
  title: 'Audience is close to the Claude API, but not equal to it',
  class: 'exchange-fails',
  since: '0.1.0',
  yieldsTo: ['match/malformed-string', 'cross/audience-mismatch'],
  check(file, report, view) {
    const { audiences } = view.configOf(file)
    for (const { audience } of file.rules) {
      if (!audience || !isNearClaude(audience.value)) continue
      if (isRequested(audience.value, view) || audiences.includes(audience.value)) continue
      report(audience, `Audience is compared to the letter; did you mean "${DEFAULT_AUDIENCE}"?`, {
        // It works all the same if every token is requested with this very value.
        severity: 'warning',
        fixes: [
          {
            title: `Expect "${DEFAULT_AUDIENCE}"`,
            safe: false,
            edits: [{ set: audience, to: DEFAULT_AUDIENCE }],
          },
        ],
      })
    }
  },
})

/** Whether some pod of the workspace asks for this audience: then it is a choice, not a slip. */
function isRequested(audience: string, view: WorkspaceView): boolean {
  return view.workloads().some(w => w.projections.some(p => p.audience?.value === audience))
}
