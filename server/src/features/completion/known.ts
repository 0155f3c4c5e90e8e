import { foreignParty, isNearClaude } from '../../wif/audience.ts'
import { type IamPolicy, isAudienceCondition } from '../../wif/iam-policy.ts'
import { type Identity, identities } from '../../wif/identity.ts'
import { realId } from '../../wif/pairing.ts'
import { awsSts } from '../../wif/providers/aws-sts.ts'
import { isKubernetes } from '../../wif/providers/index.ts'
import type { Provider } from '../../wif/providers/provider.ts'
import { type FederationRule, ruleTitle } from '../../wif/rule.ts'
import { ORGANIZATION_ID, SERVICE_ACCOUNT_ID, WORKSPACE_ID } from '../../wif/variables.ts'
import { oncePerView, type WorkspaceView } from '../../wif/view.ts'
import { workloadTitle } from '../../wif/workload.ts'

/** Values that occur in the workspace, each with who says it first. */
type Seen = ReadonlyMap<string, string>

/** What the workspace says, as far as it may be said again. */
export interface Known {
  accounts: Seen
  workspaces: Seen
  organizations: Seen
  /** Without those of other parties, and slips. */
  audiences: Seen
  /** By the name of a claim: the values that rules ask for. */
  claims: ReadonlyMap<string, Seen>
  /** Subjects that pods, service accounts and roles have, but for the service account `default`. */
  subjects: readonly Subject[]
  namespaces: Seen
}

/** A subject that tokens of the workspace have. */
export interface Subject {
  sub: string
  from: Identity['from']
  title: string
}

/** Found once for each view: an editor asks at each keystroke. */
export const known = oncePerView((view: WorkspaceView): Known => {
  const [accounts, workspaces, organizations] = [new Map(), new Map(), new Map()]
  const [audiences, namespaces] = [new Map(), new Map()]
  const claims = new Map<string, Map<string, string>>()
  const byVariable: Record<string, Map<string, string>> = {
    [SERVICE_ACCOUNT_ID]: accounts,
    [WORKSPACE_ID]: workspaces,
    [ORGANIZATION_ID]: organizations,
  }
  for (const rule of view.rules()) {
    const title = `rule ${ruleTitle(rule)}`
    add(accounts, rule.serviceAccountId?.value, title)
    for (const node of [rule.workspaceId, ...rule.workspaceIds]) add(workspaces, node?.value, title)
    addAudience(audiences, rule.audience?.value, title)
    for (const [name, value] of claimsOf(rule)) {
      const values = claims.get(name) ?? new Map()
      claims.set(name, values)
      add(values, value, title)
    }
  }
  for (const workload of view.workloads()) {
    const title = workloadTitle(workload)
    add(namespaces, workload.namespaceName, title)
    for (const { audience } of workload.projections) addAudience(audiences, audience?.value, title)
    for (const { name, value } of workload.containers.flatMap(c => c.env)) {
      const seen = byVariable[name.value]
      if (seen) add(seen, value?.value, title)
    }
  }
  for (const account of view.serviceAccounts())
    add(namespaces, account.namespaceName, `ServiceAccount ${account.name?.value ?? ''}`)
  for (const value of view.policies().flatMap(policyAudiences)) addAudience(audiences, value, 'IAM policy')
  return { accounts, workspaces, organizations, audiences, claims, namespaces, subjects: subjectsOf(view) }
})

/** What is longer than this nobody chooses from a list. */
const MAX_LENGTH = 500

function add(seen: Map<string, string>, value: string | undefined, title: string): void {
  const real = realId(value)
  if (real !== undefined && real.length <= MAX_LENGTH && !seen.has(real)) seen.set(real, title)
}

function addAudience(seen: Map<string, string>, value: string | undefined, title: string): void {
  if (value !== undefined && foreignParty(value) === undefined && !isNearClaude(value))
    add(seen, value, title)
}

function claimsOf({ claims }: FederationRule): [string, string][] {
  return (claims?.properties ?? []).flatMap(({ key, value }): [string, string][] =>
    value.type === 'string' ? [[key.value, value.value]] : [],
  )
}

function policyAudiences({ statements }: IamPolicy): string[] {
  return statements
    .flatMap(({ conditions }) => conditions)
    .filter(isAudienceCondition)
    .flatMap(({ values }) =>
      values.flatMap(v => (v.type === 'string' && !/[*?]/.test(v.value) ? v.value : [])),
    )
}

function subjectsOf(view: WorkspaceView): Subject[] {
  const found = new Map<string, Subject>()
  for (const { claims, from, title } of identities(view)) {
    if (typeof claims.sub === 'string' && !found.has(claims.sub))
      found.set(claims.sub, { sub: claims.sub, from, title })
  }
  for (const { name, namespaceName } of view.serviceAccounts()) {
    const [namespace, account] = [realId(namespaceName), realId(name?.value)]
    if (namespace === undefined || account === undefined) continue
    const sub = `system:serviceaccount:${namespace}:${account}`
    if (!found.has(sub)) found.set(sub, { sub, from: 'kubernetes', title: `ServiceAccount ${account}` })
  }
  return [...found.values()].filter(
    ({ sub, from }) => sub.length <= MAX_LENGTH && !(from === 'kubernetes' && sub.endsWith(':default')),
  )
}

/** Whether tokens of such an origin may be those of `provider`; of an unknown one all may. */
export function fits(from: Identity['from'], provider: Provider | undefined): boolean {
  if (!provider) return true
  return from === 'aws-sts' ? provider === awsSts : from === 'kubernetes' && isKubernetes(provider)
}
