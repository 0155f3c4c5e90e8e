import { rule } from '../../lint/rule.ts'

export const scopePreferInference = rule({
  id: 'rule/scope-prefer-inference',
  title: 'The narrower scope may do',
  class: 'hygiene',
  since: '0.1.0',
  // Every official sample has the wider one.
  profile: 'strict',
  check(file, report) {
    for (const { scope } of file.rules) {
      if (scope?.value.trim() !== 'workspace:developer') continue
      const to = 'workspace:inference'
      const message = `"${to}" is enough for messages, models and chat completions; "workspace:developer" adds files, skills and agents`
      report(scope, message, {
        fixes: [{ title: `Set to "${to}"`, safe: false, edits: [{ set: scope, to }] }],
      })
    }
  },
})
