import { rule } from '../../lint/rule.ts'
import { checkSeconds } from '../../lint/seconds.ts'
import { get } from '../../syntax/node.ts'
import { DEFAULT_MAX_LIFETIME } from '../../wif/issuer.ts'
import { MAX_ISSUER_LIFETIME } from '../../wif/lifetime.ts'

const RANGE = { min: 1, max: MAX_ISSUER_LIFETIME, low: DEFAULT_MAX_LIFETIME, words: '49 hours' }

export const maxLifetimeRange = rule({
  id: 'issuer/max-lifetime-range',
  title: 'The longest accepted token lifetime is out of range',
  class: 'service-rejects',
  since: '0.1.0',
  check(file, report) {
    for (const { node } of file.issuers) {
      const field = 'max_jwt_lifetime_seconds'
      checkSeconds(get(node, field), field, RANGE, report)
    }
  },
})
