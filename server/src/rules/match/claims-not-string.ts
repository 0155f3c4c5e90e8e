import { claim, quote } from '../../cel/index.ts'
import { moveToCondition, removeClaim } from '../../lint/condition-fix.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { type Node, type Property, properties } from '../../syntax/node.ts'
import { claimAt } from '../../wif/claims.ts'
import { providerOf } from '../../wif/pairing.ts'
import type { FederationRule } from '../../wif/rule.ts'

export const claimsNotString = rule({
  id: 'match/claims-not-string',
  title: 'Value in the claims map is not a string',
  class: 'service-rejects',
  since: '0.1.0',
  // The way out is another where the claim itself is no string.
  yieldsTo: ['match/claims-not-top-level-string'],
  check(file, report, view) {
    for (const federationRule of file.rules) {
      const provider = providerOf(view, federationRule)
      for (const entry of properties(federationRule.claims)) {
        const { key, value } = entry
        // Half-typed: `"ref":`
        if (value.type === 'string' || value.start === value.end) continue
        const known = provider && claimAt(provider, [key.value])
        const plain = value.type === 'number' || value.type === 'boolean'
        const sent =
          plain && known?.type === 'string' ? `; ${provider?.name} sends \`${key.value}\` as a string` : ''
        report(value, `\`claims\` compares strings only; this is ${kindOf(value)}${sent}`, {
          fixes: fixes(federationRule, entry, known?.type),
        })
      }
    }
  },
})

function kindOf(node: Node): string {
  if (node.type === 'null') return 'null'
  return {
    string: 'a string',
    number: 'a number',
    boolean: 'a boolean',
    array: 'a list',
    object: 'an object',
  }[node.type]
}

function fixes(rule: FederationRule, entry: Property, sent: string | undefined): Fix[] {
  const { key, value } = entry
  if (value.type === 'null') return [fix(`Remove \`${key.value}\``, [removeClaim(entry)])]
  const path = claim([key.value])
  if (value.type === 'number' || value.type === 'boolean') {
    // As it is written: a long id loses digits as a number.
    const text = rule.tree.text.slice(value.start, value.end)
    const quoted = fix(`Write "${text}"`, [{ set: value, to: text }])
    if (sent === 'string') return [quoted]
    const compared = moveToCondition(rule, entry, `${path} == ${text}`)
    return [...(sent === undefined ? [quoted] : []), ...moved(compared)]
  }
  if (value.type !== 'array' || value.items.length === 0) return []
  const texts = value.items.flatMap(item => (item.type === 'string' ? quote(item.value) : []))
  if (texts.length < value.items.length) return []
  return moved(moveToCondition(rule, entry, `${path} in [${texts.join(', ')}]`))
}

function moved(edits: Fix['edits'] | undefined): Fix[] {
  return edits ? [fix('Move to `condition`', edits)] : []
}

function fix(title: string, edits: Fix['edits']): Fix {
  return { title, safe: false, edits }
}
