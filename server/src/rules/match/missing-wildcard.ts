import { rule } from '../../lint/rule.ts'
import type { StringNode } from '../../syntax/node.ts'
import { providerOf } from '../../wif/pairing.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'
import type { Provider } from '../../wif/providers/provider.ts'

export const missingWildcard = rule({
  id: 'match/missing-wildcard',
  title: 'Subject stops in the middle without a wildcard',
  class: 'exchange-fails',
  since: '0.1.0',
  check(file, report, view) {
    for (const federationRule of file.rules) {
      const { subject } = federationRule
      if (!subject || /[*?]/.test(subject.value) || isPlaceholder(subject.value)) continue
      const provider = providerOf(view, federationRule)
      if (!stopsShort(subject, provider)) continue

      const to = completed(subject.value, provider)
      // A trust domain alone is a SPIFFE ID, though none that a workload has.
      const severity = provider?.id === 'spiffe' && !/[:/]$/.test(subject.value) ? 'warning' : 'error'
      const message = `Without a "*" at the end this is an exact match, and no ${provider ? `${provider.name} ` : ''}subject ends here`
      report(subject, message, {
        severity,
        fixes: [
          {
            title: `Match what begins with "${to.slice(0, -1)}"`,
            safe: false,
            edits: [{ set: subject, to }],
          },
        ],
      })
    }
  },
})

function stopsShort(subject: StringNode, provider: Provider | undefined): boolean {
  if (!provider) return /[:/]$/.test(subject.value)
  const { segments, complete, problem } = provider.subject.read(subject.value)
  if (complete || problem || provider.subject.separators === '') return false
  const last = subject.value.at(-1) ?? ''
  return (
    provider.subject.separators.includes(last) ||
    segments.some(s => s.level === 'project') ||
    provider.id === 'spiffe'
  )
}

/** The shortest prefix that ends on a boundary. */
function completed(text: string, provider: Provider | undefined): string {
  if (!provider || /[:/]$/.test(text)) return `${text}*`
  const closing = [...provider.subject.separators].find(separator => {
    const { segments, problem } = provider.subject.read(text + separator)
    return !problem && segments.at(-1)?.closed
  })
  return `${text}${closing ?? ''}*`
}
