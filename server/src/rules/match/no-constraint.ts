import { type Fix, rule } from '../../lint/rule.ts'
import { property } from '../../syntax/node.ts'
import { identities } from '../../wif/identity.ts'
import { issuerOf } from '../../wif/pairing.ts'
import { isKubernetes } from '../../wif/providers/index.ts'
import type { FederationRule } from '../../wif/rule.ts'
import type { WorkspaceView } from '../../wif/view.ts'

export const noConstraint = rule({
  id: 'match/no-constraint',
  title: 'The match block admits every token of the issuer',
  class: 'service-rejects',
  since: '0.1.0',
  check(file, report, view) {
    for (const federationRule of file.rules) {
      const { match, subject } = federationRule
      if (!match) continue
      if (subject && /^\*{0,2}$/.test(subject.value)) {
        report(
          subject,
          `"${subject.value}" is refused as a subject: it would admit every token of the issuer`,
          {
            fixes: admitOne(federationRule, view, sub => ({ set: subject, to: sub })),
          },
        )
        continue
      }
      if (['subject_prefix', 'claims', 'condition'].some(name => says(federationRule, name))) continue
      const given = property(match, 'subject_prefix')
      const message = property(match, 'audience')
        ? 'A match block needs a subject, a claim or a condition; an audience alone would admit every token of the issuer'
        : 'A match block needs a subject, a claim or a condition'
      report(match, message, {
        fixes: admitOne(federationRule, view, sub =>
          given ? { set: given.value, to: sub } : { insert: 'subject_prefix', into: match, to: sub },
        ),
      })
    }
  },
})

/** Whether the matcher says anything; a value of the wrong type does, and is the schema's business. */
function says(rule: FederationRule, name: string): boolean {
  const value = property(rule.match, name)?.value
  if (!value || value.type === 'null') return false
  if (value.type === 'object') return value.properties.length > 0
  return value.type !== 'string' || value.value.trim() !== ''
}

/** One fix for each workload of the workspace whose tokens the issuer may sign. */
function admitOne(
  rule: FederationRule,
  view: WorkspaceView,
  edit: (sub: string) => Fix['edits'][number],
): Fix[] {
  const provider = issuerOf(view, rule)?.provider
  if (!provider) return []
  const subjects = identities(view)
    .filter(i => (i.from === 'kubernetes' ? isKubernetes(provider) : i.from === provider.id))
    .flatMap(i => (typeof i.claims.sub === 'string' ? i.claims.sub : []))
  return [...new Set(subjects)].map(sub => ({
    title: `Admit only "${sub}"`,
    safe: false,
    edits: [edit(sub)],
  }))
}
