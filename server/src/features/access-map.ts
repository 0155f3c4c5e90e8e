import { accessOf, accessTo } from '../access/access.ts'
import type { Severity } from '../lint/rule.ts'
import { type PodIdentity, podIdentities } from '../wif/identity.ts'
import { issuerOf, realId, ruleOf } from '../wif/pairing.ts'
import { isPlaceholder } from '../wif/placeholder.ts'
import type { FederationRule } from '../wif/rule.ts'
import type { WorkspaceView } from '../wif/view.ts'
import type { Workload } from '../wif/workload.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { findingsByEntity } from './access-map-findings.ts'
import { type Entity, idsOf, sourcesOf } from './access-map-ids.ts'
import { absentIssuerNode, accountNode, issuerNode, ruleNode, sourceNode } from './access-map-nodes.ts'
import type { Place } from './references.ts'

/** Who reaches what through which rule: what "Show Access Map" draws. */
export interface AccessMap {
  nodes: MapNode[]
  edges: MapEdge[]
  /** How many connections are left out, because there are more than anybody could look at. */
  omitted: number
}

/**
 * `source`: something that obtains tokens, a workload or the AWS role of a service account. `account`: a service
 * account of Claude, which a rule lets its tokens act as; no file describes it.
 */
export type NodeKind = 'source' | 'issuer' | 'rule' | 'account'

export interface MapNode {
  /** The same from one map to the next, as long as files keep their names and entities their order. */
  id: string
  kind: NodeKind
  title: string
  /** What says most about it in a few words: the subject of a rule, the URL of an issuer. */
  detail: string
  /** What it is part of, for drawing many together: a namespace, an AWS account. */
  group: string | undefined
  /** Of a rule: the node of the issuer whose tokens it takes. */
  issuer: string | undefined
  facts: Fact[]
  findings: MapFinding[]
  /** The worst of its findings. */
  severity: Severity | undefined
  /** Where it is described, or else mentioned first. */
  place: Place | undefined
  archived: boolean
}

/** Something that a file says of a node. */
export interface Fact {
  name: FactName
  value: string
}

export type FactName =
  | 'id'
  | 'url'
  | 'keys'
  | 'subject'
  | 'audience'
  | 'claim'
  | 'condition'
  | 'scope'
  | 'workspace'
  | 'token lifetime'
  | 'runs as'
  | 'role'

export interface MapFinding {
  rule: string
  severity: Severity
  message: string
  place: Place
}

/**
 * From a source to a rule: it is admitted, possibly admitted, or denied although it is set up to use the rule. From
 * a rule to the account it gives.
 */
export interface MapEdge {
  from: string
  to: string
  how: 'admitted' | 'possible' | 'denied' | 'gives'
  /** Why a source is denied, in a sentence. */
  why: string | undefined
}

/** Beyond this many admissions the rest is left out: rules that admit everybody make them by the product. */
const MOST_ADMISSIONS = 20_000

/** The map of all that is known in the workspace; total, and in a stable order. */
export function accessMap(workspace: Workspace): AccessMap {
  const view = workspace.view()
  const findings = findingsByEntity(workspace)
  const sources = sourcesOf(view)
  const ids = idsOf(view)
  const idOf = (entity: Entity) => ids.get(entity) ?? ''

  const nodes: MapNode[] = [
    ...sources.map(source => sourceNode(idOf(source), view, source, findings(source))),
    ...view.issuers().map(issuer => issuerNode(idOf(issuer), issuer, findings(issuer))),
  ]
  const edges: MapEdge[] = []
  let admissions = 0
  const connect = (from: string, to: string, how: MapEdge['how'], why?: string) =>
    edges.push({ from, to, how, why })

  const absent = new Map<string, MapNode>()
  const accounts = new Map<string, FederationRule[]>()
  for (const rule of view.rules()) {
    const issuer = issuerOf(view, rule)
    const under = issuer ? idOf(issuer) : absentIssuer(absent, rule).id
    nodes.push(ruleNode(idOf(rule), rule, under, findings(rule)))
    for (const [source, how] of admitted(view, rule)) {
      if (admissions++ < MOST_ADMISSIONS) connect(idOf(source), idOf(rule), how)
    }
    const account = accountOf(rule, idOf(rule))
    if (account === undefined) continue
    accounts.set(account, [...(accounts.get(account) ?? []), rule])
    connect(idOf(rule), account, 'gives')
  }
  for (const workload of view.workloads()) {
    for (const { rule, why } of denied(view, workload)) connect(idOf(workload), idOf(rule), 'denied', why)
  }
  nodes.push(...absent.values(), ...[...accounts].map(([id, rules]) => accountNode(id, rules)))
  return { nodes, edges, omitted: Math.max(0, admissions - MOST_ADMISSIONS) }
}

/** A node for the issuer that `rule` names and no file describes; rules that name the same share it. */
function absentIssuer(absent: Map<string, MapNode>, rule: FederationRule): MapNode {
  const name = realId(rule.issuerId?.value) ?? ''
  const id = `issuer?${name}`
  const node = absent.get(id) ?? absentIssuerNode(id, name, rule.issuerId && rule)
  absent.set(id, node)
  return node
}

/** A placeholder names no account, so each rule that has one gets its own. */
function accountOf({ serviceAccountId }: FederationRule, ruleId: string): string | undefined {
  if (!serviceAccountId || serviceAccountId.value === '') return undefined
  return isPlaceholder(serviceAccountId.value) ? `account?${ruleId}` : `account:${serviceAccountId.value}`
}

/** Whom `rule` admits, each once: a pod is admitted when one of its containers is. */
function admitted(view: WorkspaceView, rule: FederationRule): Map<Entity, 'admitted' | 'possible'> {
  const found = new Map<Entity, 'admitted' | 'possible'>()
  for (const { identity, how } of accessOf(view, rule)) {
    if (how === 'denied' || found.get(identity.source) === 'admitted') continue
    found.set(identity.source, how)
  }
  return found
}

/** The rules that `workload` is set up to use, and that admit none of its tokens. */
function denied(
  view: WorkspaceView,
  workload: Workload,
): { rule: FederationRule; why: string | undefined }[] {
  const used = new Map<FederationRule, PodIdentity>()
  for (const identity of podIdentities(workload, view)) {
    const rule = ruleOf(view, workload, identity.container)
    if (rule && !used.has(rule)) used.set(rule, identity)
  }
  return [...used].flatMap(([rule, identity]) => {
    if (accessOf(view, rule).some(({ identity: other }) => other.source === workload)) return []
    const { decision } = accessTo(view, identity, rule)
    return { rule, why: decision.steps.find(({ result }) => result === 'fail')?.message }
  })
}
