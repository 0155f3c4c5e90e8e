import { type Fix, rule } from '../../lint/rule.ts'
import type { FederationIssuer } from '../../wif/issuer.ts'
import { issuerOf, realId } from '../../wif/pairing.ts'
import { providers, providersOfSubject } from '../../wif/providers/index.ts'
import type { Provider } from '../../wif/providers/provider.ts'
import type { FederationRule } from '../../wif/rule.ts'
import { subjectPattern } from '../../wif/subject.ts'
import type { WorkspaceView } from '../../wif/view.ts'

export const providerSubjectMismatch = rule({
  id: 'cross/provider-subject-mismatch',
  title: 'The subject is one of another provider than the issuer',
  class: 'exchange-fails',
  since: '0.1.0',
  yieldsTo: ['match/aws-session-arn'],
  check(file, report, view) {
    for (const rule of file.rules) {
      const { subject } = rule
      const issuer = subject && issuerOf(view, rule)
      const signs = issuer?.provider
      if (!subject || !signs) continue
      const writers = writersOf(subjectPattern(subject.value).literal, signs)
      const [writer] = writers
      if (!writer) continue
      const name = issuer.name ? ` "${issuer.name.value}"` : ''
      report(
        subject,
        `This is a subject of ${nameOf(writers, writer)}, but issuer${name} is ${signs.name}, whose subjects are \`${signs.subject.shape}\``,
        {
          related: issuer.url
            ? [{ at: issuer.url, message: 'the issuer of this rule', file: issuer.file }]
            : [],
          fixes: otherIssuers(rule, writers, view),
        },
      )
    }
  },
})

/** Who writes subjects like `text`, when `signs` cannot. An opaque one tells its provider only to another of that kind. */
function writersOf(text: string, signs: Provider): Provider[] {
  if (text === '' || !signs.subject.read(text).problem) return []
  const marked = providersOfSubject(text)
  if (marked.length > 0 || signs.subject.separators !== '') return marked.includes(signs) ? [] : marked
  // Where everything is a subject, a subject tells nothing.
  return providers.filter(
    ({ subject }) => subject.separators === '' && isWhole(subject.read(text)) && !isWhole(subject.read('?')),
  )
}

function isWhole({ complete, problem }: ReturnType<Provider['subject']['read']>): boolean {
  return complete && !problem
}

/** Clusters of all kinds write the same subjects. */
function nameOf(writers: readonly Provider[], first: Provider): string {
  return (writers.find(p => p.id === 'kubernetes') ?? first).name
}

function otherIssuers(rule: FederationRule, writers: readonly Provider[], view: WorkspaceView): Fix[] {
  const node = rule.issuerId
  if (!node) return []
  const fits = (issuer: FederationIssuer) => issuer.provider && writers.includes(issuer.provider)
  return view
    .issuers()
    .filter(fits)
    .flatMap((issuer): Fix[] => {
      const id = realId(issuer.id?.value)
      const title = `Use issuer "${issuer.name?.value ?? id}"`
      return id === undefined ? [] : [{ title, safe: false, edits: [{ set: node, to: id }] }]
    })
    .slice(0, 4)
}
