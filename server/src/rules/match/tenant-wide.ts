import { narrowingFixes } from '../../lint/narrow.ts'
import { rule } from '../../lint/rule.ts'
import { prefixes } from '../../lint/subjects.ts'
import { pinsBesideSubject } from '../../wif/pins.ts'

export const tenantWide = rule({
  id: 'match/tenant-wide',
  title: 'Subject prefix admits everything in an account, organization or cluster',
  class: 'over-broad',
  since: '0.1.0',
  check(file, report, view) {
    for (const { rule, subject, provider, reading } of prefixes(file, view)) {
      const { words } = provider
      const opaque = provider.subject.separators === ''
      // An open last segment is a slip of its own: match/segment-boundary.
      if (!opaque && reading.segments.some(s => s.level !== 'tenant' || !s.closed)) continue

      const tenant = reading.segments.map(s => s.text).join(' ')
      const message = opaque
        ? `A ${provider.name} subject has no structure: a prefix matches unrelated ${words.workload}s`
        : `Every ${words.workload} in ${tenant ? `${words.tenant} ${tenant}` : `the ${words.tenant}`} matches: ${words.creator} can obtain a Claude token`
      const pinned = !opaque && pinsBesideSubject(rule, provider).workload
      report(subject, message, { ...(pinned && { severity: 'info' }), fixes: narrowingFixes(rule, view) })
    }
  },
})
