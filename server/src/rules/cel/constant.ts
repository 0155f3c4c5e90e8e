import { conditions } from '../../lint/conditions.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { property } from '../../syntax/node.ts'
import type { FederationRule } from '../../wif/rule.ts'

export const constant = rule({
  id: 'cel/constant',
  title: 'Condition is the same for every token',
  class: 'service-rejects',
  since: '0.1.0',
  check(file, report, view) {
    for (const { rule: federationRule, node, constant } of conditions(file, view)) {
      if (constant === undefined) continue
      const message = constant
        ? 'The condition is true whatever the token says, and the service refuses such a condition: ask for a claim'
        : 'The condition is false whatever the token says, so no token matches'
      report(node, message, { fixes: removal(federationRule) })
    }
  },
})

/** Only where something else still says who is meant. */
function removal({ match, subject, claims }: FederationRule): Fix[] {
  const entry = property(match, 'condition')
  if (!entry || (!subject && !claims)) return []
  return [{ title: 'Remove `condition`', safe: false, edits: [{ remove: entry }] }]
}
