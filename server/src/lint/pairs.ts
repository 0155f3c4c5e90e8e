import type { Node } from '../syntax/node.ts'
import { grouped } from '../text/grouped.ts'
import type { WifFile } from '../wif/entity.ts'
import type { IamPolicy } from '../wif/iam-policy.ts'
import { type PodIdentity, podIdentities } from '../wif/identity.ts'
import type { FederationIssuer } from '../wif/issuer.ts'
import { issuerOf, mayUse, type Pairing, pairingOf, providerOf } from '../wif/pairing.ts'
import { awsSts } from '../wif/providers/aws-sts.ts'
import type { FederationRule } from '../wif/rule.ts'
import { oncePerView, type WorkspaceView } from '../wif/view.ts'
import type { Container, Workload } from '../wif/workload.ts'

/** A container, and the rule it uses beyond doubt. */
export interface Use extends Pairing {
  workload: Workload
  container: Container
}

/** The containers of `workloads` whose rule is known. */
export function uses(workloads: readonly Workload[], view: WorkspaceView): Use[] {
  return workloads.flatMap(workload =>
    workload.containers.flatMap(container => {
      const pairing = pairingOf(view, workload, container)
      return pairing ? { ...pairing, workload, container } : []
    }),
  )
}

/** A token of a pod, and the rule it is exchanged under beyond doubt. */
export interface Pair extends Pairing {
  identity: PodIdentity
  issuer: FederationIssuer | undefined
}

/** The pairs of the workloads in `file`. Containers that share a token and a rule make one pair. */
export function podPairs(file: WifFile, view: WorkspaceView): Pair[] {
  return pairsOf(file.workloads, view)
}

/** For each rule in `file` that tokens of the workspace are exchanged under: those tokens. */
export function rulePairs(file: WifFile, view: WorkspaceView): Map<FederationRule, Pair[]> {
  const found = file.rules.map(rule => [rule, pairsUnder(view, rule)] as const)
  return new Map(found.filter(([, pairs]) => pairs.length > 0))
}

/** For each issuer in `file` that signs tokens of the workspace: those tokens. */
export function issuerPairs(file: WifFile, view: WorkspaceView): Map<FederationIssuer, Pair[]> {
  const found = file.issuers.map(issuer => {
    const own = rulesOf(view, view).get(issuer) ?? []
    return [issuer, own.flatMap(rule => pairsUnder(view, rule))] as const
  })
  return new Map(found.filter(([, pairs]) => pairs.length > 0))
}

const pairsUnder = oncePerView((view: WorkspaceView, rule: FederationRule) =>
  pairsOf(mayUse(view, rule), view).filter(pair => pair.rule === rule),
)

const rulesOf = oncePerView((view: WorkspaceView) => grouped(view.rules(), rule => issuerOf(view, rule)))

/** The containers of the workspace that use `rule`. */
export function usesOf(rule: FederationRule, view: WorkspaceView): Use[] {
  return uses(mayUse(view, rule), view).filter(use => use.rule === rule)
}

function pairsOf(workloads: readonly Workload[], view: WorkspaceView): Pair[] {
  return workloads.flatMap(workload => {
    const seen = new Map<Node, Set<FederationRule>>()
    return podIdentities(workload, view).flatMap(identity => {
      const pairing = pairingOf(view, workload, identity.container)
      const rules = seen.get(identity.at.aud) ?? new Set()
      if (!pairing || rules.has(pairing.rule)) return []
      seen.set(identity.at.aud, rules.add(pairing.rule))
      return { ...pairing, identity, issuer: issuerOf(view, pairing.rule) }
    })
  })
}

/** The tokens in `file` that no rule is known for. Containers that share a token count once. */
export function unpaired(file: WifFile, view: WorkspaceView): PodIdentity[] {
  const found = new Map<Node, PodIdentity>()
  for (const workload of file.workloads)
    for (const identity of podIdentities(workload, view))
      if (!pairingOf(view, workload, identity.container)) found.set(identity.at.aud, identity)
  return [...found.values()]
}

/** Whose tokens these are, in a few words: "Pod inference/worker and 2 more". */
export function whose(pairs: readonly Pair[]): string {
  const titles = [...new Set(pairs.map(pair => pair.identity.title))]
  return titles.length > 1 ? `${titles[0]} and ${titles.length - 1} more` : (titles[0] ?? '')
}

/**
 * The rule for tokens of AWS STS, and the policy under which they are minted. Neither names the other, so only one
 * of each in the workspace leaves no doubt.
 */
export function stsPair(view: WorkspaceView): { rule: FederationRule; policy: IamPolicy } | undefined {
  const [policy, ...policies] = view.policies()
  if (!policy || policies.length > 0) return undefined
  const [rule, ...rules] = view.rules().filter(r => providerOf(view, r) === awsSts && !r.archivedAt)
  return rule && rules.length === 0 ? { rule, policy } : undefined
}
