import { fileName, narrowingFixes, usedSubjects } from '../../lint/narrow.ts'
import { rule } from '../../lint/rule.ts'
import { prefixes } from '../../lint/subjects.ts'
import { pinsBesideSubject } from '../../wif/pins.ts'
import { isKubernetes } from '../../wif/providers/index.ts'

export const k8sNamespaceWildcard = rule({
  id: 'match/k8s-namespace-wildcard',
  title: 'Subject prefix admits every service account of a namespace',
  class: 'over-broad',
  since: '0.1.0',
  check(file, report, view) {
    for (const { rule, subject, provider, reading } of prefixes(file, view)) {
      const [namespace, account] = reading.segments
      if (!isKubernetes(provider) || !namespace?.closed || account) continue
      if (pinsBesideSubject(rule, provider).workload) continue

      const used = usedSubjects(rule, view)
      const [only] = used
      const known =
        used.length === 1 && only
          ? `; only "${only.subject.split(':').at(-1)}" is used here (${fileName(only.identity.source.file.uri)})`
          : ''
      const message = `Every service account in namespace "${namespace.text}" matches: whoever can create a pod there can obtain a Claude token${known}`
      report(subject, message, { fixes: narrowingFixes(rule, view) })
    }
  },
})
