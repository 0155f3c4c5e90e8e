import { namingFixes, usedFixes } from '../../lint/narrow.ts'
import { rule } from '../../lint/rule.ts'
import { type ReadSubject, subjects } from '../../lint/subjects.ts'
import { providerOf } from '../../wif/pairing.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'

export const missingWildcard = rule({
  id: 'match/missing-wildcard',
  title: 'Subject stops in the middle without a wildcard',
  class: 'exchange-fails',
  since: '0.1.0',
  yieldsTo: ['match/malformed-string'],
  check(file, report, view) {
    for (const read of subjects(file, view)) {
      if (read.prefix || /[*?]/.test(read.literal) || isPlaceholder(read.literal)) continue
      if (!stopsShort(read)) continue
      const { at, literal, provider, exactly } = read
      const beginning = onBoundary(read)
      // A trust domain alone is a SPIFFE ID, though none that a workload has.
      const lone = provider.id === 'spiffe' && !literal.endsWith('/')
      report(
        at,
        `Without a "*" at the end this is an exact match, and no ${provider.name} subject ends here`,
        {
          ...(lone && { severity: 'warning' }),
          fixes: [
            ...usedFixes(read, view),
            {
              title: `Match what begins with "${beginning}"`,
              safe: false,
              choice: true as const,
              edits: [exactly(`${beginning}*`)],
            },
            ...namingFixes({ ...read, literal: beginning }),
          ],
        },
      )
    }

    // Whose subject it is cannot be told, but workloads rarely have names that end so.
    for (const federationRule of file.rules) {
      const { subject } = federationRule
      if (!subject || !/[:/]$/.test(subject.value) || isPlaceholder(subject.value)) continue
      if (providerOf(view, federationRule) || /[*?]/.test(subject.value)) continue
      const message = 'Without a "*" at the end this is an exact match, and few subjects end on a separator'
      const to = `${subject.value}*`
      const fix = {
        title: `Match what begins with "${subject.value}"`,
        safe: false,
        choice: true as const,
        edits: [{ set: subject, to }],
      }
      report(subject, message, { severity: 'warning', fixes: [fix] })
    }
  },
})

function stopsShort({ literal, provider, reading }: ReadSubject): boolean {
  const { segments, complete, problem } = reading
  const { separators } = provider.subject
  if (complete || problem || separators === '') return false
  const onSeparator = separators.includes(literal.at(-1) ?? ' ')
  return onSeparator || segments.some(s => s.level === 'project') || provider.id === 'spiffe'
}

/** The literal, on to the next boundary. */
function onBoundary({ literal, provider }: ReadSubject): string {
  const { separators, read } = provider.subject
  if (separators.includes(literal.at(-1) ?? ' ')) return literal
  const closing = [...separators].find(separator => {
    const { segments, problem } = read(literal + separator)
    return !problem && segments.at(-1)?.closed
  })
  return literal + (closing ?? '')
}
