import { narrowingFixes } from '../../lint/narrow.ts'
import { partOf } from '../../lint/part.ts'
import { rule } from '../../lint/rule.ts'
import { prefixes } from '../../lint/subjects.ts'
import { providerOf } from '../../wif/pairing.ts'
import { pinsOf } from '../../wif/pins.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'
import type { FederationRule } from '../../wif/rule.ts'
import { scopeWords } from '../../wif/scopes.ts'
import { subjectPattern } from '../../wif/subject.ts'
import type { WorkspaceView } from '../../wif/view.ts'

const ADMIN = 'org:admin'
const AN_HOUR = 3600

export const scopeAdminNotExact = rule({
  id: 'rule/scope-admin-not-exact',
  title: 'Administration of the organization goes to more than one workload',
  class: 'over-broad',
  since: '0.1.0',
  yieldsTo: ['rule/token-lifetime-range'],
  check(file, report, view) {
    for (const rule of file.rules) {
      const { scope, subject, match, tokenLifetime } = rule
      const word = scope && scopeWords(scope.value).find(w => w.name === ADMIN)
      if (!scope || !word) continue
      const reason = whyNotExact(rule, view)
      if (reason !== undefined) {
        const prefix = [...prefixes(file, view)].find(read => read.rule === rule)
        const admits = subject ?? match
        report(partOf(rule, scope, word), `"${ADMIN}" should go to exactly one workload, and ${reason}`, {
          related: admits ? [{ at: admits, message: 'this says who gets it' }] : [],
          fixes: prefix ? narrowingFixes(prefix, view) : [],
        })
      }
      if (tokenLifetime && tokenLifetime.value > AN_HOUR) {
        const message = `A stolen "${ADMIN}" token would be good for ${tokenLifetime.value} s; an hour is plenty for administration`
        const fixes = [
          { title: `Set to ${AN_HOUR}`, safe: false, edits: [{ set: tokenLifetime, to: AN_HOUR }] },
        ]
        report(tokenLifetime, message, { fixes })
      }
    }
  },
})

/** Why the rule may admit more than one workload, as the rest of a sentence; undefined when it names one. */
function whyNotExact(rule: FederationRule, view: WorkspaceView): string | undefined {
  const { subject, claims, condition } = rule
  if (subject && isPlaceholder(subject.value)) return undefined
  if (subject && subject.value !== '')
    return subjectPattern(subject.value).prefix
      ? `"${subject.value}" admits every subject that begins so`
      : undefined
  const provider = providerOf(view, rule)
  // Of an issuer that is not known, no claim can be said to be too little.
  const named = provider ? pinsOf(rule, provider).workload : condition || (claims?.properties.length ?? 0) > 0
  return named ? undefined : 'no matcher names one'
}
