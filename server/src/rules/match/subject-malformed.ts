import { reportMalformed } from '../../lint/malformed.ts'
import { rule } from '../../lint/rule.ts'
import { isKubernetes } from '../../wif/providers/index.ts'
import type { Provider } from '../../wif/providers/provider.ts'

export const subjectMalformed = rule({
  id: 'match/subject-malformed',
  title: 'Subject is not one that the provider writes',
  class: 'exchange-fails',
  since: '0.1.0',
  yieldsTo: [
    'cross/provider-subject-mismatch',
    'match/inner-wildcard',
    'match/malformed-string',
    'match/missing-wildcard',
    'match/entra-weak-pin',
  ],
  check(file, report, view) {
    reportMalformed(file, view, report, provider => !hasOwnRule(provider))
  },
})

/** Those whose subjects people get wrong in ways of their own. */
function hasOwnRule(provider: Provider): boolean {
  return isKubernetes(provider) || ['aws-sts', 'github-actions'].includes(provider.id)
}
