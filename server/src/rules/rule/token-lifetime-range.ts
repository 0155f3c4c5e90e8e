import { rule } from '../../lint/rule.ts'
import { checkSeconds } from '../../lint/seconds.ts'
import { get } from '../../syntax/node.ts'
import { MAX_TOKEN_LIFETIME, MIN_TOKEN_LIFETIME } from '../../wif/lifetime.ts'

const RANGE = { min: MIN_TOKEN_LIFETIME, max: MAX_TOKEN_LIFETIME, low: MIN_TOKEN_LIFETIME, words: 'a day' }

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
