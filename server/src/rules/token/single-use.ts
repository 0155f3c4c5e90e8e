import { rule } from '../../lint/rule.ts'
import { savedTokens } from '../../lint/saved-tokens.ts'

export const singleUse = rule({
  id: 'token/single-use',
  title: 'An identity token is saved in a file',
  class: 'hygiene',
  since: '0.1.0',
  whole: true,
  check(file, report, view) {
    for (const { node, decoded } of savedTokens(file, view)) {
      if (!decoded.ok) continue
      const used = Object.hasOwn(decoded.token.claims, 'jti') ? ' once' : ''
      const fix = {
        title: 'Replace by a placeholder',
        safe: false,
        edits: [{ set: node, to: '<identity token>' }],
      }
      report(
        node,
        `An identity token is a credential: whoever reads this file can exchange it${used} until it expires; keep it out of files`,
        // What is not saved yet is only shown to whoever pasted it.
        { ...(!file.uri.startsWith('untitled:') && { severity: 'warning' }), fixes: [fix] },
      )
    }
  },
})
