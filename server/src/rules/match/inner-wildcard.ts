import { type Fix, rule } from '../../lint/rule.ts'
import { property, type StringNode } from '../../syntax/node.ts'
import { providerOf } from '../../wif/pairing.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'
import type { FederationRule } from '../../wif/rule.ts'

export const innerWildcard = rule({
  id: 'match/inner-wildcard',
  title: 'A wildcard that is not at the very end is an ordinary character',
  class: 'exchange-fails',
  since: '0.1.0',
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
  const broaden = { title: `Cut to "${cut}" (admits more)`, safe: false, edits: [{ set: subject, to: cut }] }
  // `repo:acme/*:ref:refs/heads/main` says in one string what a prefix and a claim say in two.
  const [, prefix, ref] = /^(repo:[^*?]*\*):ref:([^*?]+)$/.exec(subject.value) ?? []
  if (!prefix || !ref || !rule.match || (property(rule.match, 'claims') && !rule.claims)) return [broaden]
  const claim = rule.claims
    ? { insert: 'ref', into: rule.claims, to: ref }
    : { insert: 'claims', into: rule.match, to: { ref } }
  const split: Fix = {
    title: `Match "${prefix}" and the claim \`ref\``,
    safe: false,
    edits: [{ set: subject, to: prefix }, claim],
  }
  return rule.claims && property(rule.claims, 'ref') ? [broaden] : [split, broaden]
}
