import { type Config, NO_CONFIG } from './config.ts'
import type { WifFile } from './entity.ts'
import type { IamPolicy } from './iam-policy.ts'
import type { FederationIssuer } from './issuer.ts'
import type { FederationRule } from './rule.ts'
import type { KubernetesServiceAccount } from './service-account.ts'
import type { Workload } from './workload.ts'

/**
 * What a file's rules may ask of the other files. Kept up to date by `workspace/`; everything here is in a stable
 * order (uri, then place), so that findings are too.
 */
export interface WorkspaceView {
  issuers(): readonly FederationIssuer[]
  rules(): readonly FederationRule[]
  workloads(): readonly Workload[]
  serviceAccounts(): readonly KubernetesServiceAccount[]
  policies(): readonly IamPolicy[]
  issuersById(id: string): readonly FederationIssuer[]
  rulesById(id: string): readonly FederationRule[]
  /** The configuration nearest to a file. */
  configOf(file: WifFile): Config
  /** The rules that name this issuer by its id. */
  rulesByIssuerId(id: string): readonly FederationRule[]
}

/** A view of some files, made at once: for tests, and for a single file without a workspace. */
export function viewOf(
  files: readonly WifFile[],
  configOf: (file: WifFile) => Config = () => NO_CONFIG,
): WorkspaceView {
  const sorted = [...files].sort((a, b) => (a.uri < b.uri ? -1 : 1))
  const issuers = sorted.flatMap(f => f.issuers)
  const rules = sorted.flatMap(f => f.rules)
  const workloads = sorted.flatMap(f => f.workloads)
  const serviceAccounts = sorted.flatMap(f => f.serviceAccounts)
  const policies = sorted.flatMap(f => f.policies)
  return {
    configOf,
    issuers: () => issuers,
    rules: () => rules,
    workloads: () => workloads,
    serviceAccounts: () => serviceAccounts,
    policies: () => policies,
    issuersById: id => issuers.filter(i => i.id?.value === id),
    rulesById: id => rules.filter(r => r.id?.value === id),
    rulesByIssuerId: id => rules.filter(r => r.issuerId?.value === id),
  }
}

/**
 * `compute`, done once for each key in each view. A view never changes, so nothing here can be out of date; with the
 * view what is known of it goes.
 */
export function oncePerView<K extends object, T>(
  compute: (view: WorkspaceView, key: K) => T,
): (view: WorkspaceView, key: K) => T {
  const known = new WeakMap<WorkspaceView, Map<K, T>>()
  return (view, key) => {
    const inView = known.get(view) ?? new Map<K, T>()
    known.set(view, inView)
    if (!inView.has(key)) inView.set(key, compute(view, key))
    return inView.get(key) as T
  }
}
