import { decide } from '../../decide/decide.ts'
import { type Pair, podPairs, rulePairs, whose } from '../../lint/pairs.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { eitherSide } from '../../lint/sides.ts'
import type { Node } from '../../syntax/node.ts'
import type { WifFile } from '../../wif/entity.ts'
import { subjectOf } from '../../wif/pairing.ts'
import { serviceAccountSubject } from '../../wif/providers/service-account-subject.ts'
import { type FederationRule, ruleTitle } from '../../wif/rule.ts'
import { subjectPattern } from '../../wif/subject.ts'
import type { Workload } from '../../wif/workload.ts'

export const subjectNoWorkload = rule({
  id: 'cross/subject-no-workload',
  title: 'The rule a pod names does not admit its service account',
  class: 'exchange-fails',
  since: '0.1.0',
  yieldsTo: [
    'cross/provider-subject-mismatch',
    'match/k8s-subject-malformed',
    'match/missing-wildcard',
    'match/inner-wildcard',
  ],
  check(file, report, view) {
    for (const pair of podPairs(file, view).filter(isRefused)) {
      const { identity, rule } = pair
      const { subject } = rule
      const { node, text } = runningAs(pair)
      report(node, `The pod runs as ${text}, but rule "${ruleTitle(rule)}" admits "${subject?.value}"`, {
        related: subject ? [{ at: subject, message: 'admitted here', file: rule.file }] : [],
        fixes: fixes(identity.source, rule, file),
      })
    }
    for (const [rule, pairs] of rulePairs(file, view)) {
      const refused = pairs.filter(isRefused)
      const [first] = refused
      if (!first || !rule.subject) continue
      const { text } = runningAs(first)
      report(rule.subject, `Named by ${whose(refused)}, running as ${text}, which this does not admit`, {
        related: refused.map(pair => ({
          at: runningAs(pair).node,
          message: 'named by this pod',
          file: pair.identity.source.file,
        })),
        fixes: fixes(first.identity.source, rule, file),
      })
    }
  },
})

/** Only an id says for sure that the pod means this rule; a subject that does not match pairs nothing. */
function isRefused({ by, identity, issuer, rule }: Pair): boolean {
  // A subject that admits nobody has a finding of its own.
  if (by !== 'id' || !rule.subject || isUnfinished(rule.subject.value)) return false
  const refused = decide(identity, issuer, rule).steps.some(s => s.reason === 'match_subject_prefix')
  return refused || (identity.claims.sub === undefined && isOtherAccount(identity.source, rule))
}

/** A subject of Kubernetes that no service account has: an exact one that stops before the name, or a malformed one. */
function isUnfinished(subject: string): boolean {
  const { literal, prefix } = subjectPattern(subject)
  if (!literal.startsWith('system:')) return false
  const { problem, complete } = serviceAccountSubject.read(literal)
  return problem !== undefined || !(prefix || complete)
}

/** While the namespace is not known, the name of the service account may already speak against the rule. */
function isOtherAccount(workload: Workload, rule: FederationRule): boolean {
  const wanted = parts(rule)
  const account = accountOf(workload)
  if (
    workload.namespaceName !== undefined ||
    !wanted ||
    account === undefined ||
    wanted.account === undefined
  )
    return false
  return wanted.prefix ? !account.startsWith(wanted.account) : account !== wanted.account
}

/** Namespace and service account that the subject of a rule names, if it is one of Kubernetes. */
function parts(rule: FederationRule): { namespace?: string; account?: string; prefix: boolean } | undefined {
  const { literal, prefix } = subjectPattern(rule.subject?.value ?? '')
  const [system, kind, namespace, account] = literal.split(':')
  if (system !== 'system' || kind !== 'serviceaccount' || namespace === undefined) return undefined
  return { namespace, ...(account !== undefined && { account }), prefix }
}

function accountOf({ serviceAccountName, partial }: Workload): string | undefined {
  return serviceAccountName?.value ?? (partial ? undefined : 'default')
}

/** Who the pod is, and the node that says so: of namespace and service account the one that is wrong. */
function runningAs({ identity, rule }: Pair): { node: Node; text: string } {
  const { source, claims } = identity
  const wanted = parts(rule)
  const account = accountOf(source) ?? ''
  const sameAccount = wanted?.account === account
  const otherNamespace = source.namespace && wanted && wanted.namespace !== source.namespace.value
  const node =
    (otherNamespace && sameAccount ? source.namespace : source.serviceAccountName) ?? source.podSpec
  const text = typeof claims.sub === 'string' ? `"${claims.sub}"` : `service account "${account}"`
  return { node, text }
}

function fixes(workload: Workload, rule: FederationRule, file: WifFile): Fix[] {
  const { serviceAccountName: node, namespaceName, podSpec } = workload
  const wanted = parts(rule)
  const account = wanted?.prefix === false ? wanted.account : undefined
  const here = namespaceName === undefined || namespaceName === wanted?.namespace
  const runAs =
    here && account !== undefined
      ? node
        ? { set: node, to: account }
        : { insert: 'serviceAccountName', into: podSpec, to: account }
      : undefined
  const own = subjectOf(workload)
  const admit = own && rule.subject ? { set: rule.subject, to: own } : undefined
  // The one changes what the pod may do elsewhere, the other shuts out whom the rule admits now.
  return eitherSide(file, [
    { file: workload.file, title: `Run as "${account}"`, edit: runAs, choice: true },
    { file: rule.file, title: `Admit "${own}"`, edit: admit, choice: true },
  ])
}
