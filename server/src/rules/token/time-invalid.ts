import { rule } from '../../lint/rule.ts'
import { reportSaved } from '../../lint/saved-tokens.ts'

export const timeInvalid = rule({
  id: 'token/time-invalid',
  title: 'The identity token lives too long',
  class: 'exchange-fails',
  since: '0.1.0',
  whole: true,
  check(file, report, view) {
    reportSaved('token/time-invalid', file, report, view)
  },
})
