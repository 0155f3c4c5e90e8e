import { properties } from '../../syntax/node.ts'
import { foreignParty, isNearClaude } from '../../wif/audience.ts'
import { type IamPolicy, isAudienceCondition } from '../../wif/iam-policy.ts'
import { type Identity, identities } from '../../wif/identity.ts'
import { realId } from '../../wif/pairing.ts'
import { awsSts } from '../../wif/providers/aws-sts.ts'
import { isKubernetes } from '../../wif/providers/index.ts'
import type { Provider } from '../../wif/providers/provider.ts'
import { type FederationRule, ruleTitle } from '../../wif/rule.ts'
import { accountSubject } from '../../wif/service-account.ts'
import { ORGANIZATION_ID, SERVICE_ACCOUNT_ID, WORKSPACE_ID } from '../../wif/variables.ts'
import { oncePerView, type WorkspaceView } from '../../wif/view.ts'
import { workloadTitle } from '../../wif/workload.ts'

/**
 * Values that occur in the workspace, each with who says it first. All of this is found once for each view, and only
 * what is asked for: an editor asks at each keystroke.
 */
type Seen = ReadonlyMap<string, string>

/** Ids of service accounts, workspaces and organizations, by the variable that holds one. */
export const knownIds = oncePerView((view: WorkspaceView): Record<string, Seen> => {
  const [accounts, workspaces, organizations] = [new Map(), new Map(), new Map()]
  const byVariable: Record<string, Map<string, string>> = {
    [SERVICE_ACCOUNT_ID]: accounts,
    [WORKSPACE_ID]: workspaces,
    [ORGANIZATION_ID]: organizations,
  }
  for (const rule of view.rules()) {
    const title = `rule ${ruleTitle(rule)}`
    add(accounts, rule.serviceAccountId?.value, title)
    for (const { value } of rule.workspaces) add(workspaces, value, title)
  }
  for (const workload of view.workloads()) {
    for (const { name, value } of workload.containers.flatMap(c => c.env)) {
      const seen = byVariable[name.value]
      if (seen) add(seen, value?.value, workloadTitle(workload))
    }
  }
  return byVariable
})

/** Audiences, without those of other parties, and slips. */
export const knownAudiences = oncePerView((view: WorkspaceView): Seen => {
  const seen = new Map<string, string>()
  for (const rule of view.rules()) addAudience(seen, rule.audience?.value, `rule ${ruleTitle(rule)}`)
  for (const workload of view.workloads())
    for (const { audience } of workload.projections)
      addAudience(seen, audience?.value, workloadTitle(workload))
  for (const value of view.policies().flatMap(policyAudiences)) addAudience(seen, value, 'IAM policy')
  return seen
})

/** By the name of a claim: the values that rules ask for. */
export const knownClaims = oncePerView((view: WorkspaceView): ReadonlyMap<string, Seen> => {
  const claims = new Map<string, Map<string, string>>()
  for (const rule of view.rules()) {
    for (const [name, value] of claimsOf(rule)) {
      const values = claims.get(name) ?? new Map()
      claims.set(name, values)
      add(values, value, `rule ${ruleTitle(rule)}`)
    }
  }
  return claims
})

export const knownNamespaces = oncePerView((view: WorkspaceView): Seen => {
  const seen = new Map<string, string>()
  for (const workload of view.workloads()) add(seen, workload.namespaceName, workloadTitle(workload))
  for (const { namespaceName, name } of view.serviceAccounts())
    add(seen, namespaceName, `ServiceAccount ${name?.value ?? ''}`)
  return seen
})

/** A subject that tokens of the workspace have. */
export interface Subject {
  sub: string
  from: Identity['from']
  title: string
}

/** What is longer than this nobody chooses from a list. */
const MAX_LENGTH = 500

function add(seen: Map<string, string>, value: string | undefined, title: string): void {
  const real = realId(value)
  if (real !== undefined && real.length <= MAX_LENGTH && !seen.has(real)) seen.set(real, title)
}

function addAudience(seen: Map<string, string>, value: string | undefined, title: string): void {
  if (value !== undefined && seen.has(value)) return
  if (value !== undefined && foreignParty(value) === undefined && !isNearClaude(value))
    add(seen, value, title)
}

function claimsOf({ claims }: FederationRule): [string, string][] {
  return properties(claims).flatMap(({ key, value }): [string, string][] =>
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

/** The subjects that pods, service accounts and roles have, but for the service account `default`. */
export const knownSubjects = oncePerView((view: WorkspaceView): readonly Subject[] => {
  const found = new Map<string, Subject>()
  for (const { claims, from, title } of identities(view)) {
    if (typeof claims.sub === 'string' && !found.has(claims.sub))
      found.set(claims.sub, { sub: claims.sub, from, title })
  }
  for (const { name, namespaceName } of view.serviceAccounts()) {
    const [namespace, account] = [realId(namespaceName), realId(name?.value)]
    if (namespace === undefined || account === undefined) continue
    const sub = accountSubject(namespace, account)
    if (!found.has(sub)) found.set(sub, { sub, from: 'kubernetes', title: `ServiceAccount ${account}` })
  }
  return [...found.values()].filter(
    ({ sub, from }) => sub.length <= MAX_LENGTH && !(from === 'kubernetes' && sub.endsWith(':default')),
  )
})

/** Whether tokens of such an origin may be those of `provider`; of an unknown one all may. */
export function fits(from: Identity['from'], provider: Provider | undefined): boolean {
  if (!provider) return true
  return from === 'aws-sts' ? provider === awsSts : from === 'kubernetes' && isKubernetes(provider)
}
