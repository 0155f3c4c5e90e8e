import { rule } from '../../lint/rule.ts'
import { reportSaved } from '../../lint/saved-tokens.ts'

export const notAJwt = rule({
  id: 'token/not-a-jwt',
  title: 'What should be an identity token is none',
  class: 'exchange-fails',
  since: '0.1.0',
  whole: true,
  check(file, report, view) {
    reportSaved('token/not-a-jwt', file, report, view)
  },
})
