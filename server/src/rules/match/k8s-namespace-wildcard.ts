import { MAX_FIXES, narrowingFixes, usedSubjects } from '../../lint/narrow.ts'
import { rule } from '../../lint/rule.ts'
import { prefixes } from '../../lint/subjects.ts'
import { pinsOf } from '../../wif/pins.ts'
import { isKubernetes } from '../../wif/providers/index.ts'

export const k8sNamespaceWildcard = rule({
  id: 'match/k8s-namespace-wildcard',
  title: 'Rule admits every service account of a namespace',
  class: 'over-broad',
  since: '0.1.0',
  check(file, report, view) {
    for (const read of prefixes(file, view)) {
      const { rule, at, provider, reading } = read
      const [namespace, account] = reading.segments
      if (!isKubernetes(provider) || !namespace?.closed || account) continue
      if (pinsOf(rule, provider).workload) continue

      const used = usedSubjects(read, view)
      const subjects = used.map(u => u.subject)
      const known = subjects.length === 1 ? `; only "${accountOf(subjects[0] ?? '')}" is used here` : ''
      const message = `Every service account in namespace "${namespace.text}" matches: whoever can create a pod there can obtain a Claude token${known}`
      report(at, message, {
        fixes: narrowingFixes(read, view, used),
        // Where there are more, the lens above the rule lists them.
        related: used.slice(0, MAX_FIXES).map(({ identity: { source, at, title } }) => ({
          at: at.sub,
          message: `${title} uses the rule`,
          file: source.file,
        })),
      })
    }
  },
})

function accountOf(subject: string): string {
  return subject.slice(subject.lastIndexOf(':') + 1)
}
