import { reportMalformed } from '../../lint/malformed.ts'
import { rule } from '../../lint/rule.ts'
import { isKubernetes } from '../../wif/providers/index.ts'

export const k8sSubjectMalformed = rule({
  id: 'match/k8s-subject-malformed',
  title: 'Subject is not that of a Kubernetes service account',
  class: 'exchange-fails',
  since: '0.1.0',
  yieldsTo: ['match/inner-wildcard', 'match/malformed-string', 'match/missing-wildcard'],
  check(file, report, view) {
    reportMalformed(file, view, report, isKubernetes)
  },
})
