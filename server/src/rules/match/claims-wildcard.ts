import { claim, quote } from '../../cel/index.ts'
import { moveToCondition } from '../../lint/condition-fix.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { type Property, properties } from '../../syntax/node.ts'
import { claimAt } from '../../wif/claims.ts'
import { providerOf } from '../../wif/pairing.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'
import type { FederationRule } from '../../wif/rule.ts'

/** Names that people choose freely may hold any character. */
const FREE = ['environment', 'workflow', 'branchName', 'step_key', 'terraform_project_name']

export const claimsWildcard = rule({
  id: 'match/claims-wildcard',
  title: 'Wildcard or pattern in the claims map, which compares exactly',
  class: 'exchange-fails',
  since: '0.1.0',
  yieldsTo: ['match/claims-not-top-level-string'],
  check(file, report, view) {
    for (const federationRule of file.rules) {
      const provider = providerOf(view, federationRule)
      for (const entry of properties(federationRule.claims)) {
        const { key, value } = entry
        if (value.type !== 'string' || isPlaceholder(value.value)) continue
        const sign = /^\^|\.\*|\*|\$$/.exec(value.value)?.[0]
        if (sign === undefined) continue
        const known = provider && claimAt(provider, [key.value]) && !FREE.includes(key.value)
        const message = `\`claims\` compares exactly, so "${sign}" is an ordinary character here; use \`condition\` for patterns`
        report(value, message, {
          ...(!known && { severity: 'warning' }),
          fixes: toCondition(federationRule, entry, value.value),
        })
      }
    }
  },
})

function toCondition(rule: FederationRule, entry: Property, text: string): Fix[] {
  const expression = `${claim([entry.key.value])}${call(text)}`
  const edits = moveToCondition(rule, entry, expression)
  return edits ? [{ title: `Move to \`condition\`: ${expression}`, safe: false, edits }] : []
}

/** A `*` at the end is a prefix; a pattern stays one, anchored at both ends; any other `*` stands for any text. */
function call(text: string): string {
  const beginning = text.slice(0, -1)
  if (text.endsWith('*') && !/[*^$]|\.$/.test(beginning)) return `.startsWith(${quote(beginning)})`
  const isPattern = /^\^|\$$|\.\*/.test(text)
  const body = isPattern
    ? text.replace(/^\^|\$$/g, '')
    : text.replace(/[.+?()[\]{}|\\^$]/g, '\\$&').replaceAll('*', '.*')
  return `.matches(${quote(`^${body}$`)})`
}
