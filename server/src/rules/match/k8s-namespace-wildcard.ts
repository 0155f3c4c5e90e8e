import { narrowingFixes, usedSubjects } from '../../lint/narrow.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { prefixes, type ReadSubject } from '../../lint/subjects.ts'
import { toValue } from '../../syntax/node.ts'
import type { Value } from '../../syntax/write.ts'
import { pinsOf } from '../../wif/pins.ts'
import { isKubernetes } from '../../wif/providers/index.ts'
import type { FederationRule } from '../../wif/rule.ts'

export const k8sNamespaceWildcard = rule({
  id: 'match/k8s-namespace-wildcard',
  title: 'Rule admits every service account of a namespace',
  class: 'over-broad',
  since: '0.1.0',
  check(file, report, view) {
    for (const read of prefixes(file, view)) {
      const { rule, at, provider, reading } = read
      const [namespace, account] = reading.segments
      if (!isKubernetes(provider) || !namespace?.closed || account) continue
      if (pinsOf(rule, provider).workload) continue

      const used = usedSubjects(read, view)
      const subjects = used.map(u => u.subject)
      const known = subjects.length === 1 ? `; only "${accountOf(subjects[0] ?? '')}" is used here` : ''
      const message = `Every service account in namespace "${namespace.text}" matches: whoever can create a pod there can obtain a Claude token${known}`
      report(at, message, {
        fixes: [...narrowingFixes(read, view, used), ...splittingFix(read, subjects)],
        related: used.map(({ identity: { source, at, title } }) => ({
          at: at.sub,
          message: `${title} uses the rule`,
          file: source.file,
        })),
      })
    }
  },
})

/** One rule for each service account: only where the rule stands in a list, and is a request to make rules by. */
function splittingFix({ rule, at }: ReadSubject, subjects: string[]): Fix[] {
  const [first, ...others] = subjects
  const list = rule.node.parent
  if (!rule.subject || at !== rule.subject || !first || others.length === 0) return []
  if (list?.type !== 'array' || rule.shape === 'response') return []
  return [
    {
      title: `Split into one rule for each of the ${subjects.length} service accounts`,
      safe: false,
      edits: [
        { set: rule.subject, to: first },
        ...others.map(subject => ({ append: copyFor(rule, subject), to: list })),
      ],
    },
  ]
}

function copyFor(rule: FederationRule, subject: string): Value {
  const copy = toValue(rule.node) as Record<string, Value>
  const match = toValue(rule.match) as Record<string, Value>
  const name = rule.name && `${rule.name.value}-${accountOf(subject).replaceAll('.', '-')}`
  return { ...copy, ...(name !== undefined && { name }), match: { ...match, subject_prefix: subject } }
}

function accountOf(subject: string): string {
  return subject.slice(subject.lastIndexOf(':') + 1)
}
