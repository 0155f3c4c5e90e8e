import { askedValues, valueProblem } from '../../lint/claim-values.ts'
import { rule } from '../../lint/rule.ts'

/** What a pattern was meant by has a finding of its own. */
const PATTERN = /[*^$\s]/

export const claimValueMalformed = rule({
  id: 'match/claim-value-malformed',
  title: 'Claim is compared with a value that the provider never writes',
  class: 'exchange-fails',
  since: '0.1.0',
  yieldsTo: ['match/contradiction', 'match/claims-wildcard', 'match/malformed-string'],
  check(file, report, view) {
    for (const asked of askedValues(file, view)) {
      const problem = PATTERN.test(asked.value) ? undefined : valueProblem(asked)
      if (!problem) continue
      const { provider, path, at, alone, write } = asked
      const { reason, mended } = problem
      report(at, `No ${provider.name} token has this \`${path.at(-1)}\`: ${reason}`, {
        ...(!alone && { severity: 'warning' }),
        fixes:
          mended === undefined ? [] : [{ title: `Write "${mended}"`, safe: false, edits: [write(mended)] }],
      })
    }
  },
})
