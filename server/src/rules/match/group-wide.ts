import { narrowingFixes } from '../../lint/narrow.ts'
import { rule } from '../../lint/rule.ts'
import { prefixes, type ReadSubject } from '../../lint/subjects.ts'
import { pinsBesideSubject } from '../../wif/pins.ts'

export const groupWide = rule({
  id: 'match/group-wide',
  title: 'Subject prefix admits a whole path, project or naming pattern',
  class: 'hygiene',
  since: '0.1.0',
  // These say the same for one provider, with more to go on.
  yieldsTo: ['match/k8s-namespace-wildcard', 'match/github-any-ref'],
  check(file, report, view) {
    for (const read of prefixes(file, view)) {
      const { rule, subject, pattern, provider } = read
      if (!stopsAtGroup(read) || pinsBesideSubject(rule, provider).workload) continue
      const message = `Every ${provider.words.workload} that begins with "${pattern.literal}" matches: fine if all of them map to one Claude service account; otherwise drop the "*"`
      report(subject, message, { fixes: narrowingFixes(rule, view) })
    }
  },
})

function stopsAtGroup({ provider, reading }: ReadSubject): boolean {
  if (provider.subject.separators === '') return false
  const last = reading.segments.at(-1)
  if (!last || last.level === 'tenant') return false
  // `role/team-*` is a naming pattern, not a name cut short.
  return last.closed || (last.level === 'workload' && /[-_]$/.test(last.text))
}
