import { rule } from '../../lint/rule.ts'
import { checkSeconds } from '../../lint/seconds.ts'
import { get } from '../../syntax/node.ts'

/** Reference, Resource fields: `token_lifetime_seconds`. */
const RANGE = { min: 60, max: 86400, low: 60, words: 'a day' }

export const tokenLifetimeRange = rule({
  id: 'rule/token-lifetime-range',
  title: 'The lifetime of the Claude API token is out of range',
  class: 'service-rejects',
  since: '0.1.0',
  check(file, report) {
    for (const { node } of file.rules) {
      const field = 'token_lifetime_seconds'
      checkSeconds(get(node, field), field, RANGE, report)
    }
  },
})
