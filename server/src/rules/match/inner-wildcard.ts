import { addClaims } from '../../lint/claims-fix.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import type { StringNode } from '../../syntax/node.ts'
import { providerOf } from '../../wif/pairing.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'
import type { FederationRule } from '../../wif/rule.ts'

export const innerWildcard = rule({
  id: 'match/inner-wildcard',
  title: 'A wildcard that is not at the very end is an ordinary character',
  class: 'exchange-fails',
  since: '0.1.0',
  yieldsTo: ['match/malformed-string'],
  check(file, report, view) {
    for (const federationRule of file.rules) {
      const { subject } = federationRule
      if (!subject || isPlaceholder(subject.value)) continue
      const at = subject.value.slice(0, -1).search(/[*?]/)
      const question = at < 0 && subject.value.endsWith('?')
      if ((at < 0 && !question) || /^\*+$/.test(subject.value)) continue

      const character = question ? '?' : subject.value[at]
      // Environment names on GitHub are free text, so there the character can be meant.
      const free =
        providerOf(view, federationRule)?.id === 'github-actions' &&
        /:environment:[^*?]*[*?][^*?]*$/.test(subject.value)
      const message = `Only one "*", at the very end, is a wildcard; this "${character}" is an ordinary character, so no subject matches`
      report(subject, message, {
        ...(free && { severity: 'warning' }),
        fixes: fixes(federationRule, subject),
      })
    }
  },
})

function fixes(rule: FederationRule, subject: StringNode): Fix[] {
  const cut = `${subject.value.slice(0, subject.value.search(/[*?]/))}*`
  const broaden = {
    title: `Cut to "${cut}" (admits more)`,
    safe: false,
    choice: true as const,
    edits: [{ set: subject, to: cut }],
  }
  // `repo:acme/*:ref:refs/heads/main` says in one string what a prefix and a claim say in two.
  const [, prefix, claim, value] = /^(repo:[^*?]*\*):(ref|environment):([^*?:]+)$/.exec(subject.value) ?? []
  const added = claim && value && addClaims(rule, { [claim]: value })
  if (!prefix || !added) return [broaden]
  const title = `Match "${prefix}" and the claim \`${claim}\``
  return [{ title, safe: false, edits: [{ set: subject, to: prefix }, ...added] }, broaden]
}
