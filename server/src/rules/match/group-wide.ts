import { narrowingFixes, wholeSubject } from '../../lint/narrow.ts'
import { rule } from '../../lint/rule.ts'
import { prefixes, type ReadSubject } from '../../lint/subjects.ts'
import { pinsBesideSubject, subjectPins } from '../../wif/pins.ts'
import { isKubernetes } from '../../wif/providers/index.ts'

export const groupWide = rule({
  id: 'match/group-wide',
  title: 'Subject prefix admits a whole path, project or naming pattern',
  class: 'hygiene',
  since: '0.1.0',
  yieldsTo: ['match/github-pull-request'],
  check(file, report, view) {
    for (const read of prefixes(file, view)) {
      const { rule, at, literal, provider } = read
      if (!stopsAtGroup(read) || pinsBesideSubject(rule, provider).workload) continue
      const message = `Every ${provider.words.workload} that begins with "${literal}" matches: fine if all of them map to one Claude service account; otherwise drop the "*"`
      report(at, message, { fixes: narrowingFixes(read, view) })
    }
  },
})

function stopsAtGroup({ rule, at, literal, provider, reading }: ReadSubject): boolean {
  if (provider.subject.separators === '') return false
  const last = reading.segments.at(-1)
  if (!last || last.level === 'tenant') return false
  // A whole repository or namespace is more than a note: match/github-any-ref, match/k8s-namespace-wildcard.
  const hasRule = provider.id === 'github-actions' || isKubernetes(provider)
  if (hasRule && last.level === 'project') return false
  // `role/team-*` is a naming pattern, not a name cut short; release branches and tags are one by nature.
  if (!last.closed) return last.level === 'workload' && /^(?!refs\/).*[-_]$/.test(last.text)
  // What follows the workload is different on every run: there is nothing left to name.
  const named = at === rule.subject && subjectPins(rule, provider).workload
  return !(named && wholeSubject(provider, literal) === undefined)
}
