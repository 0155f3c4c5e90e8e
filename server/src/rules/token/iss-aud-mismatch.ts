import { rule } from '../../lint/rule.ts'
import { reportSaved } from '../../lint/saved-tokens.ts'

export const issAudMismatch = rule({
  id: 'token/iss-aud-mismatch',
  title: 'The identity token is of another issuer or for another audience',
  class: 'exchange-fails',
  since: '0.1.0',
  whole: true,
  check(file, report, view) {
    reportSaved('token/iss-aud-mismatch', file, report, view)
  },
})
