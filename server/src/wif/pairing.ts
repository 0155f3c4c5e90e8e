import { textAt } from '../syntax/node.ts'
import { grouped } from '../text/grouped.ts'
import { openRules, rulesNaming } from './by-subject.ts'
import { readCondition } from './condition.ts'
import { inOrder, type WifFile } from './entity.ts'
import type { FederationIssuer } from './issuer.ts'
import { isPlaceholder } from './placeholder.ts'
import { isKubernetes, providersOfSubject } from './providers/index.ts'
import type { Provider } from './providers/provider.ts'
import type { FederationRule } from './rule.ts'
import { accountSubject } from './service-account.ts'
import { subjectMatches, subjectPattern } from './subject.ts'
import { RULE_ID } from './variables.ts'
import { oncePerView, type WorkspaceView } from './view.ts'
import { type Container, envVar, type Workload } from './workload.ts'

/**
 * Which issuer a rule names, and which rule a workload uses. By id where the ids are in the files, else by the one
 * candidate that fits. Where more than one fits the answer is undefined: a wrong pairing is worse than silence.
 */

/** The issuer of `rule`, if it is in the workspace beyond doubt. */
export const issuerOf = oncePerView(findIssuer)

function findIssuer(view: WorkspaceView, rule: FederationRule): FederationIssuer | undefined {
  const id = realId(rule.issuerId?.value)
  if (id !== undefined) {
    const byId = view.issuersById(id)
    if (byId.length > 0) return only(byId)
    const linked = linkedFrom(view, rule.file, id, view.issuers())
    if (linked) return only(linked)
  }
  const open = view.issuers().filter(issuer => id === undefined || realId(issuer.id?.value) === undefined)
  // A response says what its issuer is called, and names are unique.
  const name = realId(rule.issuerName?.value)
  if (name !== undefined) return only(open.filter(i => i.name?.value === name))
  const providers = subjectProviders(rule)
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
  const candidates = subjectProviders(rule)
  return candidates.find(p => p.id === 'kubernetes') ?? only(candidates)
}

const ofSubject = new WeakMap<FederationRule, Provider[]>()

/** Found once: a rule does not change, and whoever looks at one asks. */
function subjectProviders(rule: FederationRule): Provider[] {
  let found = ofSubject.get(rule)
  if (!found) {
    const text = subjectText(rule)
    found = text === undefined ? [] : providersOfSubject(text)
    ofSubject.set(rule, found)
  }
  return found
}

/** What the subject is, or begins with: by `subject_prefix`, the claim `sub`, or the condition. */
function subjectText(rule: FederationRule): string | undefined {
  if (rule.subject) return subjectPattern(rule.subject.value).literal
  const claim = textAt(rule.claims, 'sub')
  if (claim !== undefined || !rule.condition) return claim
  for (const fact of readCondition(rule.condition)?.facts ?? []) {
    const says = fact.kind === 'equals' || fact.kind === 'in' || fact.kind === 'startsWith'
    const [text] = says && fact.path.join() === 'sub' ? fact.values : []
    if (typeof text === 'string') return text
  }
  return undefined
}

/** A rule that a container uses, and how that is known. */
export interface Pairing {
  rule: FederationRule
  by: 'id' | 'subject'
}

/** The rule `container` of `workload` exchanges its token under, if it is in the workspace beyond doubt. */
export function ruleOf(
  view: WorkspaceView,
  workload: Workload,
  container: Container,
): FederationRule | undefined {
  return pairingOf(view, workload, container)?.rule
}

/** The same, with how it is known. */
export function pairingOf(
  view: WorkspaceView,
  workload: Workload,
  container: Container,
): Pairing | undefined {
  return pairings(view, workload).get(container)
}

const pairings = oncePerView((view: WorkspaceView, workload: Workload) => {
  return new Map(workload.containers.map(container => [container, findPairing(view, workload, container)]))
})

function findPairing(view: WorkspaceView, workload: Workload, container: Container): Pairing | undefined {
  const id = realId(envVar(container, RULE_ID)?.value?.value)
  if (id !== undefined) {
    const byId = view.rulesById(id)
    const named = byId.length > 0 ? byId : linkedFrom(view, workload.file, id, view.rules())
    if (named) return pairing('id', only(named))
  }
  const subject = subjectOf(workload)
  if (subject === undefined) return undefined
  const isOpen = (rule: FederationRule) =>
    !rule.archivedAt && (id === undefined || realId(rule.id?.value) === undefined)
  const equal = rulesNaming(view, subject).filter(isOpen)
  if (equal.length > 0) return pairing('subject', only(equal))
  // A rule without a subject may be the one as well, but nothing says that it is.
  const sole = only(openRules(view).filter(rule => isOpen(rule) && mayAdmit(view, rule, subject)))
  return pairing('subject', sole?.subject && sole)
}

function pairing(by: Pairing['by'], rule: FederationRule | undefined): Pairing | undefined {
  return rule && { rule, by }
}

/** Whether nothing in the subject of `rule` speaks against `subject`. */
function mayAdmit(view: WorkspaceView, rule: FederationRule, subject: string): boolean {
  if (rule.subject) return subjectMatches(subjectPattern(rule.subject.value), subject)
  const provider = providerOf(view, rule)
  return !provider || isKubernetes(provider)
}

/**
 * The workloads of which one may use `rule`: those that name it, that the configuration leads to its file, or whose
 * subject it takes. All others are sure not to be paired with it, whatever the other rules are: so a change in one rule
 * is a matter of a few workloads. In the order of the workspace.
 */
export function mayUse(view: WorkspaceView, rule: FederationRule): Workload[] {
  const found = new Set<Workload>(view.by('workloads', ruleIds).get(rule.id?.value ?? ''))
  if (realId(rule.id?.value) === undefined)
    for (const { workload } of linkedTo(view, view).get(rule.file.uri) ?? []) found.add(workload)
  const pattern = rule.subject && subjectPattern(rule.subject.value)
  const bySubject = view.by('workloads', subjectsOf)
  if (pattern && !pattern.prefix) for (const each of bySubject.get(pattern.literal) ?? []) found.add(each)
  if (pattern?.prefix)
    for (const [subject, own] of bySubject)
      if (subjectMatches(pattern, subject)) for (const each of own) found.add(each)
  return [...found].sort(inOrder)
}

/** The rules that the containers of `workload` name. */
function ruleIds({ containers }: Workload): string[] {
  return containers.flatMap(container => realId(envVar(container, RULE_ID)?.value?.value) ?? [])
}

function subjectsOf(workload: Workload): string[] {
  const subject = subjectOf(workload)
  return subject === undefined ? [] : [subject]
}

/** The workloads that the configuration leads to a file, by its uri. */
const linkedTo = oncePerView((view: WorkspaceView) => {
  const leads = view.workloads().flatMap(workload => {
    const { links } = view.configOf(workload.file)
    const ids = links.size === 0 ? [] : ruleIds(workload)
    return ids.map(id => ({ workload, uri: links.get(id) }))
  })
  return grouped(leads, ({ uri }) => uri)
})

/** What the configuration says about an id that is in no file: the file it names, as far as its entities have no id. */
function linkedFrom<T extends FederationIssuer | FederationRule>(
  view: WorkspaceView,
  file: WifFile,
  id: string,
  all: readonly T[],
): T[] | undefined {
  const uri = view.configOf(file).links.get(id)
  return uri === undefined
    ? undefined
    : all.filter(each => each.file.uri === uri && realId(each.id?.value) === undefined)
}

/** The `sub` a pod of `workload` presents; undefined while its namespace is not known. */
export function subjectOf(workload: Workload): string | undefined {
  const namespace = workload.namespaceName
  const account = workload.serviceAccountName?.value ?? (workload.partial ? undefined : 'default')
  if (namespace === undefined || account === undefined) return undefined
  if (isPlaceholder(namespace) || isPlaceholder(account)) return undefined
  return accountSubject(namespace, account)
}

/** `id` if it names something, undefined for a placeholder. */
export function realId(id: string | undefined): string | undefined {
  return id === undefined || id === '' || isPlaceholder(id) ? undefined : id
}

function only<T>(candidates: readonly T[]): T | undefined {
  return candidates.length === 1 ? candidates[0] : undefined
}
