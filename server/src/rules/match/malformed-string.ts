import { isCaseOnly } from '../../lint/malformed.ts'
import { type Place, type Report, rule } from '../../lint/rule.ts'
import { properties, type StringNode } from '../../syntax/node.ts'
import type { NodeEdit } from '../../syntax/write.ts'
import { providerOf } from '../../wif/pairing.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'
import { isKubernetes, markerSlip } from '../../wif/providers/index.ts'

export const malformedString = rule({
  id: 'match/malformed-string',
  title: 'Stray character or wrong case in a text that is compared exactly',
  class: 'exchange-fails',
  since: '0.1.0',
  check(file, report, view) {
    for (const federationRule of file.rules) {
      const { subject, audience, claims } = federationRule
      for (const node of [subject, audience])
        if (node) reportStray(report, node, node.value, to => ({ set: node, to }))
      for (const entry of properties(claims)) {
        const { key, value } = entry
        reportStray(report, entry, key.value, to => ({ rename: entry, to }))
        if (value.type === 'string') reportStray(report, value, value.value, to => ({ set: value, to }))
      }
      if (!subject || strayIn(subject.value)) continue
      reportMarker(report, subject)
      if (providerOf(view, federationRule)?.id === 'github-actions') reportEscape(report, subject)
    }
  },
})

function reportStray(report: Report, at: Place, text: string, edit: (to: string) => NodeEdit): void {
  const where = isPlaceholder(text) ? undefined : strayIn(text)
  if (where === undefined) return
  const to = withoutStrays(text)
  const message = `The text ${where}; the comparison is byte for byte, so no token matches`
  report(at, message, {
    fixes: to === '' ? [] : [{ title: `Write "${to}"`, safe: false, edits: [edit(to)] }],
  })
}

/** The beginning of a subject in the wrong case. Other slips are for the rule of its provider, if there is one. */
function reportMarker(report: Report, subject: StringNode): void {
  const slip = markerSlip(subject.value)
  const provider = slip?.providers.find(p => p.id === 'kubernetes') ?? slip?.providers[0]
  if (!slip || !provider) return
  if (!isCaseOnly(slip) && (isKubernetes(provider) || provider.id === 'github-actions')) return
  const why = isCaseOnly(slip) ? '; the comparison is case-sensitive' : ''
  report(subject, `Subjects of ${provider.name} begin with "${slip.marker}", not "${slip.found}"${why}`, {
    fixes: [
      {
        title: `Write "${slip.suggestion}"`,
        safe: false,
        edits: [{ set: subject, to: slip.suggestion }],
      },
    ],
  })
}

function reportEscape(report: Report, subject: StringNode): void {
  const to = subject.value.replaceAll('%3a', '%3A')
  if (to === subject.value) return
  const message = 'GitHub writes a colon inside a name as `%3A`; the comparison is case-sensitive'
  const fix = { title: `Write "${to}"`, safe: false, edits: [{ set: subject, to }] }
  report(subject, message, { severity: 'warning', fixes: [fix] })
}

/** What no token carries: what it is called, and what to write in its place. */
const STRAYS: { kind: RegExp; words: string; instead: string }[] = [
  { kind: /^[\r\n]+|[\r\n]+$/g, words: 'a line break', instead: '' },
  { kind: /^\s+|\s+$/g, words: 'white space', instead: '' },
  { kind: /\p{Cc}/gu, words: 'a control character', instead: '' },
  {
    kind: /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g,
    words: 'an invisible character',
    instead: '',
  },
  { kind: /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, words: 'an unusual space', instead: ' ' },
  { kind: /[\u2018-\u201f]/g, words: 'a typographic quotation mark', instead: '' },
]

/** Where in `text` something stray stands, for a sentence; undefined when nothing does. */
function strayIn(text: string): string | undefined {
  for (const { kind, words } of STRAYS) {
    const [found] = text.matchAll(kind)
    if (!found) continue
    if (found.index === 0) return `begins with ${words}`
    const last = found.index + found[0].length === text.length
    return last ? `ends with ${words}` : `has ${words} behind "${text.slice(0, found.index)}"`
  }
  return undefined
}

function withoutStrays(text: string): string {
  return STRAYS.reduce((clean, { kind, instead }) => clean.replaceAll(kind, instead), text).trim()
}
