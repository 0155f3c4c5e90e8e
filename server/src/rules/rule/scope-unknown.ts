import { partOf } from '../../lint/part.ts'
import { rule } from '../../lint/rule.ts'
import { listed } from '../../text/joined.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'
import { isIncluded, nearestScope, SCOPES, scopeWords } from '../../wif/scopes.ts'

export const scopeUnknown = rule({
  id: 'rule/scope-unknown',
  title: 'A scope that is not known, or says nothing new',
  class: 'service-rejects',
  since: '0.1.0',
  check(file, report, view) {
    const known = [...SCOPES, ...view.configOf(file).scopes]
    for (const rule of file.rules) {
      const { scope } = rule
      if (!scope || isPlaceholder(scope.value)) continue
      const words = scopeWords(scope.value)
      const names = words.map(word => word.name)
      const set = (list: readonly string[], safe: boolean) => {
        const to = [...new Set(list)].filter(name => !isIncluded(name, list)).join(' ')
        return [{ title: `Set to "${to}"`, safe, edits: [{ set: scope, to }] }]
      }

      if (/[,;]/.test(scope.value)) {
        report(scope, 'Scopes are separated by spaces, not by commas', { fixes: set(names, true) })
        continue
      }
      if (words.length === 0) report(scope, `\`oauth_scope\` is empty; it must name ${listed(SCOPES, 'or')}`)
      for (const [i, word] of words.entries()) {
        const { name } = word
        const at = partOf(rule, scope, word)
        if (!known.includes(name)) {
          const meant = nearestScope(name, known)
          const fixes = meant === undefined ? [] : set(names.with(i, meant), false)
          const question = meant === undefined ? '' : `; did you mean "${meant}"?`
          report(at, `"${name}" is not among the documented scopes${question}`, { fixes })
        } else if (names.indexOf(name) < i) {
          report(at, `"${name}" is there already`, { severity: 'info', fixes: set(names, true) })
        } else if (isIncluded(name, names)) {
          const message = '"workspace:developer" includes "workspace:inference"'
          report(at, message, { severity: 'info', fixes: set(names, true) })
        }
      }
    }
  },
})
