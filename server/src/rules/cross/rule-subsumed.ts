import { rule } from '../../lint/rule.ts'
import { type Gain, gains, implies } from '../../lint/subsumption.ts'
import { openRules, openRulesFor, rulesNaming } from '../../wif/by-subject.ts'
import { issuerOf, realId } from '../../wif/pairing.ts'
import { type FederationRule, ruleTitle } from '../../wif/rule.ts'
import { subjectPattern } from '../../wif/subject.ts'
import type { WorkspaceView } from '../../wif/view.ts'

export const ruleSubsumed = rule({
  id: 'cross/rule-subsumed',
  title: 'Whoever may use this rule may use a mightier one as well',
  class: 'over-broad',
  since: '0.1.0',
  check(file, report, view) {
    for (const narrow of file.rules) {
      for (const wide of rivals(view, narrow)) {
        if (wide === narrow || wide.archivedAt || narrow.archivedAt) continue
        if (!implies(narrow, wide)) continue
        // Of two that admit the same, one finding is enough: at the second.
        if (implies(wide, narrow) && gains(wide, narrow).length > 0 && isBefore(narrow, wide, view)) continue
        const more = gains(narrow, wide)
        const at = narrow.subject ?? narrow.match
        if (more.length === 0 || !at) continue
        report(
          at,
          `Whoever this rule admits can use "${ruleTitle(wide)}" as well, which has ${more.map(wording).join(' and ')}: the caller chooses the rule`,
          {
            // The same workload in two workspaces is how two workspaces are served.
            ...(more.every(gain => gain.what === 'workspace') &&
              implies(wide, narrow) && { severity: 'info' }),
            related: [
              { at: wide.subject ?? wide.match ?? wide.node, message: 'the wider rule', file: wide.file },
            ],
          },
        )
      }
    }
  },
})

function wording({ what, value }: Gain): string {
  if (what === 'target') return `another target (${value})`
  return what === 'scope' ? `the scope ${value}` : value === '*' ? 'all workspaces' : `workspace ${value}`
}

/** The rules of the same issuer, between which a token can choose, whose subject may take in that of `narrow`. */
function rivals(view: WorkspaceView, narrow: FederationRule): FederationRule[] {
  const { subject } = narrow
  const open = subject ? openRulesFor(view, subjectPattern(subject.value).literal) : openRules(view)
  const all = subject ? [...rulesNaming(view, subject.value), ...open] : open
  const key = issuerKey(view, narrow)
  return key === undefined ? [] : all.filter(wide => issuerKey(view, wide) === key)
}

/** Equal for two rules of one issuer; undefined where the issuer is not known. */
function issuerKey(view: WorkspaceView, federationRule: FederationRule): unknown {
  const issuer = issuerOf(view, federationRule)
  return realId(issuer?.id?.value) ?? issuer ?? realId(federationRule.issuerId?.value)
}

function isBefore(a: FederationRule, b: FederationRule, view: WorkspaceView): boolean {
  return view.rules().indexOf(a) < view.rules().indexOf(b)
}
