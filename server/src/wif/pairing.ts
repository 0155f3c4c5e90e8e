import type { FederationIssuer } from './issuer.ts'
import { isPlaceholder } from './placeholder.ts'
import { providersOfSubject } from './providers/index.ts'
import type { Provider } from './providers/provider.ts'
import type { FederationRule } from './rule.ts'
import { subjectMatches, subjectPattern } from './subject.ts'
import type { WorkspaceView } from './view.ts'
import { type Container, envVar, type Workload } from './workload.ts'

/**
 * Which issuer a rule names, and which rule a workload uses. By id where the ids are in the files, else by the one
 * candidate that fits. Where more than one fits the answer is undefined: a wrong pairing is worse than silence.
 */

/** The issuer of `rule`, if it is in the workspace beyond doubt. */
export function issuerOf(view: WorkspaceView, rule: FederationRule): FederationIssuer | undefined {
  const id = realId(rule.issuerId?.value)
  if (id !== undefined) {
    const byId = view.issuersById(id)
    if (byId.length > 0) return only(byId)
  }
  const open = view.issuers().filter(issuer => id === undefined || realId(issuer.id?.value) === undefined)
  const providers = rule.subject ? providersOfSubject(subjectPattern(rule.subject.value).literal) : []
  if (providers.length > 0) return only(open.filter(i => i.provider && providers.includes(i.provider)))
  // An opaque subject fits any issuer: only a bundle that holds just one says which.
  return only(open.filter(i => i.file === rule.file))
}

/** The provider whose tokens `rule` is about: its issuer's, else the one its subject can only come from. */
export function providerOf(view: WorkspaceView, rule: FederationRule): Provider | undefined {
  return issuerOf(view, rule)?.provider ?? subjectProvider(rule)
}

/** The provider a rule's subject alone tells: any cluster's subject tells no more than "Kubernetes". */
export function subjectProvider(rule: FederationRule): Provider | undefined {
  const candidates = rule.subject ? providersOfSubject(subjectPattern(rule.subject.value).literal) : []
  return candidates.find(p => p.id === 'kubernetes') ?? only(candidates)
}

/** The rule `container` of `workload` exchanges its token under, if it is in the workspace beyond doubt. */
export function ruleOf(
  view: WorkspaceView,
  workload: Workload,
  container: Container,
): FederationRule | undefined {
  const id = realId(envVar(container, 'ANTHROPIC_FEDERATION_RULE_ID')?.value?.value)
  if (id !== undefined) {
    const byId = view.rulesById(id)
    if (byId.length > 0) return only(byId)
  }
  const subject = subjectOf(workload)
  if (subject === undefined) return undefined
  const fitting = view.rules().filter(rule => {
    if (id !== undefined && realId(rule.id?.value) !== undefined) return false
    return rule.subject && subjectMatches(subjectPattern(rule.subject.value), subject)
  })
  return only(fitting.filter(rule => rule.subject?.value === subject)) ?? only(fitting)
}

/** The `sub` a pod of `workload` presents; undefined while its namespace is not known. */
export function subjectOf(workload: Workload): string | undefined {
  const namespace = workload.namespace?.value
  const account = workload.serviceAccountName?.value ?? (workload.partial ? undefined : 'default')
  if (namespace === undefined || account === undefined) return undefined
  if (isPlaceholder(namespace) || isPlaceholder(account)) return undefined
  return `system:serviceaccount:${namespace}:${account}`
}

/** `id` if it names something, undefined for a placeholder. */
export function realId(id: string | undefined): string | undefined {
  return id === undefined || id === '' || isPlaceholder(id) ? undefined : id
}

function only<T>(candidates: readonly T[]): T | undefined {
  return candidates.length === 1 ? candidates[0] : undefined
}
