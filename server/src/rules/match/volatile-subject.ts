import { askedClaims } from '../../lint/asked.ts'
import { removeClaim } from '../../lint/condition-fix.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { type ReadSubject, subjects } from '../../lint/subjects.ts'
import { claimAt, isVolatile } from '../../wif/claims.ts'
import { providerOf } from '../../wif/pairing.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'

export const volatileSubject = rule({
  id: 'match/volatile-subject',
  title: 'Rule asks for a value that is different on every run',
  class: 'unreliable',
  since: '0.1.0',
  yieldsTo: ['match/claims-not-top-level-string', 'match/claims-not-string'],
  check(file, report, view) {
    for (const read of subjects(file, view)) {
      const { at, literal, prefix, provider, reading } = read
      if (reading.problem || /[*?]/.test(literal)) continue
      const index = reading.segments.findIndex(
        s => s.claim !== undefined && (!prefix || s.closed) && isVolatile(provider, [s.claim]),
      )
      const segment = reading.segments[index]
      if (!segment || isPlaceholder(segment.text)) continue
      const message = `The ${segment.name} "${segment.text}" is different on every run: this matches one run only`
      report(at, message, { fixes: cutBefore(read, index) })
    }

    for (const federationRule of file.rules) {
      const provider = providerOf(view, federationRule)
      const asked = askedClaims(federationRule)
      for (const { path, values, at, entry } of asked) {
        if (values.some(value => isPlaceholder(String(value)))) continue
        const name = path.join('.')
        const fixes: Fix[] =
          entry && (asked.length > 1 || federationRule.subject)
            ? [{ title: `Remove \`${name}\``, safe: false, edits: [removeClaim(entry)] }]
            : []
        if (isVolatile(provider, path)) {
          report(at, `\`${name}\` is different on every run: this matches one run only`, { fixes })
        } else if (provider && claimAt(provider, path) && /(?:^|_)workflow_sha$/.test(name)) {
          const message = `\`${name}\` changes with every commit to the workflow file: the rule must follow, which can be what is meant`
          report(at, message, { severity: 'info', fixes })
        }
      }
    }
  },
})

/** Ends the subject before the segment, as a prefix. */
function cutBefore({ literal, reading, provider, exactly }: ReadSubject, index: number): Fix[] {
  const before = reading.segments[index - 1]
  if (!before) return []
  const beginning = literal.slice(0, before.end + 1)
  if (provider.subject.read(beginning).problem) return []
  const edits = [exactly(`${beginning}*`)]
  return [{ title: `Match what begins with "${beginning}"`, safe: false, edits }]
}
