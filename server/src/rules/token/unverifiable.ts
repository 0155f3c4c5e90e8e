import { rule } from '../../lint/rule.ts'
import { reportSaved } from '../../lint/saved-tokens.ts'

export const unverifiable = rule({
  id: 'token/unverifiable',
  title: 'The identity token cannot be verified',
  class: 'exchange-fails',
  since: '0.1.0',
  whole: true,
  check(file, report, view) {
    reportSaved('token/unverifiable', file, report, view)
  },
})
