import { partOf } from '../../lint/part.ts'
import { rule } from '../../lint/rule.ts'
import { CONSOLE_SCOPES, scopeWords } from '../../wif/scopes.ts'

export const scopeConsoleOnly = rule({
  id: 'rule/scope-console-only',
  title: 'A scope that only the Console can give',
  class: 'service-rejects',
  since: '0.1.0',
  check(file, report) {
    for (const rule of file.rules) {
      const { scope, shape } = rule
      // What the API answered exists, and somebody has made it in the Console.
      if (!scope || shape === 'response') continue
      for (const word of scopeWords(scope.value).filter(w => CONSOLE_SCOPES.includes(w.name))) {
        const message = `Only the Console can create or change a rule with "${word.name}"; its issuer, too, becomes read-only to API callers`
        // The file may describe a rule that is made there.
        report(partOf(rule, scope, word), message, { severity: 'warning' })
      }
    }
  },
})
