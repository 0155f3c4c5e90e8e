import { MAX_FIXES } from '../../lint/narrow.ts'
import { mayHoldMore } from '../../lint/open.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { isAbsent, type Property, property } from '../../syntax/node.ts'
import { put } from '../../syntax/write.ts'
import { identities } from '../../wif/identity.ts'
import { issuerOf } from '../../wif/pairing.ts'
import { isKubernetes } from '../../wif/providers/index.ts'
import type { FederationRule } from '../../wif/rule.ts'
import { misspeltMatchers } from '../../wif/rule-fields.ts'
import type { WorkspaceView } from '../../wif/view.ts'

export const noConstraint = rule({
  id: 'match/no-constraint',
  title: 'The match block admits every token of the issuer',
  class: 'service-rejects',
  since: '0.1.0',
  check(file, report, view) {
    for (const federationRule of file.rules) {
      const { match } = federationRule
      const subject = property(match, 'subject_prefix')
      const open = subject?.value.type === 'string' && /^\*{0,2}$/.test(subject.value.value.trim())
      if (!match || (says(federationRule, 'subject_prefix') && !open)) continue

      const others = ['claims', 'condition'].filter(name => says(federationRule, name))
      if (subject && open && others.length > 0) {
        const message = `The subject ${shown(subject)} counts as none, so it adds nothing to \`${others.join('` and `')}\``
        const fix = { title: 'Remove `subject_prefix`', safe: true, edits: [{ remove: subject }] }
        report(subject.value, message, { severity: 'info', fixes: [fix] })
      } else if (others.length === 0 && !mayHoldMore(federationRule, match) && !meansMore(federationRule)) {
        const fixes = admitOne(federationRule, view)
        if (subject && open) {
          const message = `The subject ${shown(subject)} would admit every token of the issuer, so the service refuses it; name a subject, a claim or a condition`
          report(subject.value, message, { fixes })
        } else {
          const alone = says(federationRule, 'audience')
            ? '; an audience alone would admit every token of the issuer'
            : ''
          report(match, `A match block needs a subject, a claim or a condition${alone}`, { fixes })
        }
      }
    }
  },
})

/** Whether the matcher says anything; a value of the wrong type does, and is the schema's business. */
function says(rule: FederationRule, name: string): boolean {
  const value = property(rule.match, name)?.value
  if (!value || isAbsent(value)) return false
  if (value.type === 'object') return value.properties.length > 0
  return value.type !== 'string' || value.value.trim() !== ''
}

/** What is misspelt is for rule/unknown-field to say. */
function meansMore(rule: FederationRule): boolean {
  return misspeltMatchers(rule).some(name => name !== 'audience')
}

function shown({ value }: Property): string {
  return value.type === 'string' ? `"${value.value}"` : ''
}

/** One fix for each workload of the workspace whose tokens the issuer may sign; else one with a name to fill in. */
function admitOne(rule: FederationRule, view: WorkspaceView): Fix[] {
  const { match } = rule
  if (!match) return []
  const provider = issuerOf(view, rule)?.provider
  const signs = (from: string) =>
    provider && (from === 'kubernetes' ? isKubernetes(provider) : from === provider.id)
  const known = identities(view)
    .filter(i => signs(i.from))
    .flatMap(i => (typeof i.claims.sub === 'string' ? i.claims.sub : []))
  const shape = provider?.subject.shape ?? '<subject>'
  const subjects = known.length > 0 ? [...new Set(known)].slice(0, MAX_FIXES) : [shape]
  return subjects.map(sub => ({
    title: `Admit only "${sub}"`,
    safe: false,
    edits: [put(match, 'subject_prefix', sub)],
  }))
}
