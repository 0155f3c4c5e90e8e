import { narrowingFixes } from '../../lint/narrow.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { prefixes, type ReadSubject } from '../../lint/subjects.ts'
import type { Segment } from '../../wif/providers/provider.ts'

export const segmentBoundary = rule({
  id: 'match/segment-boundary',
  title: 'Subject prefix ends in the middle of a name',
  class: 'over-broad',
  since: '0.1.0',
  check(file, report, view) {
    for (const read of prefixes(file, view)) {
      const { rule, subject, pattern, provider, reading } = read
      const last = reading.segments.at(-1)
      if (provider.subject.separators === '' || !last || last.closed || isNamePattern(last)) continue
      const message = `"${pattern.literal}*" also matches "${pattern.literal}${stranger(last)}"; end the prefix on a separator, or drop the "*"`
      report(subject, message, { fixes: [...narrowingFixes(rule, view), ...endings(read)] })
    }
  },
})

/** Names are cut at `-` or `_` on purpose, and refs at `/`: release branches, tags of a version. */
function isNamePattern(last: Segment): boolean {
  return /[-_/]$/.test(last.text) || /^(ref:)?refs\/tags\//.test(last.text)
}

/** What somebody else's name could go on with: digits where the segment is a number, else a word. */
function stranger(last: Segment): string {
  return /^\d+$/.test(last.text) ? '0'.repeat(Math.max(1, 12 - last.text.length)) : '-evil'
}

function endings({ subject, pattern, provider, reading }: ReadSubject): Fix[] {
  const { literal } = pattern
  const exact = { title: `Match exactly "${literal}"`, safe: false, edits: [{ set: subject, to: literal }] }
  const closed = [...provider.subject.separators]
    .map(separator => literal + separator)
    .find(text => {
      const read = provider.subject.read(text)
      return !read.problem && read.segments.at(-1)?.closed
    })
  const ended = closed && {
    title: `End the prefix after "${closed}"`,
    safe: false,
    edits: [{ set: subject, to: `${closed}*` }],
  }
  return [...(reading.complete ? [exact] : []), ...(ended ? [ended] : [])]
}
