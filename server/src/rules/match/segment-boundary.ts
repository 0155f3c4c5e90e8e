import { isCut } from '../../lint/boundary.ts'
import { usedFixes } from '../../lint/narrow.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { prefixes, type ReadSubject } from '../../lint/subjects.ts'
import { pinsBesideSubject } from '../../wif/pins.ts'
import type { Segment } from '../../wif/providers/provider.ts'

export const segmentBoundary = rule({
  id: 'match/segment-boundary',
  title: 'Subject prefix ends in the middle of a name',
  class: 'over-broad',
  since: '0.1.0',
  yieldsTo: ['match/shared-issuer-unpinned'],
  check(file, report, view) {
    for (const read of prefixes(file, view)) {
      const { rule, at, literal, provider, reading } = read
      const last = reading.segments.at(-1)
      // Of conditions it is cel/unanchored that says so; opaque subjects are tenant-wide.
      if (at !== rule.subject || provider.subject.separators === '') continue
      if (!last || last.closed || isCut(reading) || pinsBesideSubject(rule, provider)[last.level]) continue
      const message = `"${literal}*" also matches "${literal}${stranger(last)}"; end the prefix on a separator, or drop the "*"`
      report(at, message, { fixes: [...usedFixes(read, view), ...endings(read)] })
    }
  },
})

/** What somebody else's name could go on with: digits where the segment is a number, else a word. */
function stranger({ text }: Segment): string {
  if (/^\d+$/.test(text)) return '0'.repeat(Math.max(1, 12 - text.length))
  return /\w$/.test(text) ? '-evil' : 'evil'
}

function endings({ literal, provider, reading, exactly }: ReadSubject): Fix[] {
  const exact = { title: `Match exactly "${literal}"`, safe: false, edits: [exactly(literal)] }
  const inWorkload = reading.segments.at(-1)?.level === 'workload'
  const closed = (inWorkload ? [] : [...provider.subject.separators])
    .map(separator => literal + separator)
    .find(text => {
      const { segments, problem } = provider.subject.read(text)
      const end = segments.at(-1)
      return !problem && end?.closed && end.level !== 'workload'
    })
  const ended = closed && {
    title: `End the prefix after "${closed}"`,
    safe: false,
    edits: [exactly(`${closed}*`)],
  }
  return [...(reading.complete ? [exact] : []), ...(ended ? [ended] : [])]
}
