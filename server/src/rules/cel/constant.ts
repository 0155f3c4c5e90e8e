import { withoutCondition } from '../../lint/condition-fix.ts'
import { conditions } from '../../lint/conditions.ts'
import { rule } from '../../lint/rule.ts'

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
      report(node, message, { fixes: withoutCondition(federationRule) })
    }
  },
})
