import { rule } from '../../lint/rule.ts'
import { reportSaved } from '../../lint/saved-tokens.ts'

export const matchFailed = rule({
  id: 'token/match-failed',
  title: 'The rule does not admit the identity token',
  class: 'exchange-fails',
  since: '0.1.0',
  whole: true,
  check(file, report, view) {
    reportSaved('token/match-failed', file, report, view)
  },
})
