import { withoutItem } from '../../lint/items.ts'
import { type Fix, type Report, rule } from '../../lint/rule.ts'
import { get, label, type Node, type ObjectNode, textAt } from '../../syntax/node.ts'
import { inlineKeys, jwkProblems } from '../../wif/jwk.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'

export const jwkUnusable = rule({
  id: 'issuer/jwk-unusable',
  title: 'No token can be verified with an inline key',
  class: 'exchange-fails',
  since: '0.1.0',
  // A key that must be replaced anyway.
  yieldsTo: ['issuer/jwk-private-key'],
  check(file, report) {
    for (const issuer of file.issuers) {
      const keys = inlineKeys(issuer)
      const problems = keys.map(jwkProblems)
      const allUnusable = problems.every(list => list.length > 0)
      for (const [i, key] of keys.entries()) {
        const kid = textAt(key, 'kid')
        const who = kid ? `Key "${kid}"` : 'This key'
        for (const { at, reason } of problems[i] ?? []) {
          const { start, end } = label(at)
          // On the key, whatever part of it is underlined: the schema has nothing to add to it.
          report({ type: 'part', node: key, start, end }, `${who} can never verify a token: ${reason}`, {
            ...(!allUnusable && { severity: 'warning' }),
            fixes: [...asText(at), ...(allUnusable ? [] : removal(key))],
          })
        }
      }
      reportTwins(keys, report)
    }
  },
})

/** Two keys of one name: which of them verifies a token is a matter of luck. */
function reportTwins(keys: readonly ObjectNode[], report: Report): void {
  const first = new Map<string, Node>()
  for (const key of keys) {
    const kid = get(key, 'kid')
    if (kid?.type !== 'string' || kid.value === '' || isPlaceholder(kid.value)) continue
    const twin = first.get(kid.value)
    if (!twin) first.set(kid.value, kid)
    else
      report(kid, `"${kid.value}" names another key too, so tokens may be verified with the wrong one`, {
        severity: 'warning',
        related: [{ at: twin, message: 'the other key' }],
      })
  }
}

/** A number where text belongs, as YAML reads `kid: 1`. */
function asText(node: Node): Fix[] {
  if (node.type !== 'number') return []
  const to = String(node.value)
  return [{ title: `Set to "${to}"`, safe: true, edits: [{ set: node, to }] }]
}

function removal(key: ObjectNode): Fix[] {
  const edit = withoutItem(key)
  return edit ? [{ title: 'Remove the key', safe: false, edits: [edit] }] : []
}
