import { roleIdentity } from '../wif/identity.ts'
import type { FederationIssuer } from '../wif/issuer.ts'
import type { FederationRule } from '../wif/rule.ts'
import type { KubernetesServiceAccount } from '../wif/service-account.ts'
import type { WorkspaceView } from '../wif/view.ts'
import type { Workload } from '../wif/workload.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** What a file describes and the map draws. */
export type Entity = Workload | KubernetesServiceAccount | FederationIssuer | FederationRule

/** What obtains tokens: workloads, and service accounts that have a role of AWS. */
export function sourcesOf(view: WorkspaceView): (Workload | KubernetesServiceAccount)[] {
  return [...view.workloads(), ...view.serviceAccounts().filter(account => roleIdentity(account))]
}

/** A name for each by its file and how many of its kind come before it there: texts change while somebody types. */
export function idsOf(view: WorkspaceView): Map<Entity, string> {
  const counts = new Map<string, number>()
  const entities: Entity[] = [...sourcesOf(view), ...view.issuers(), ...view.rules()]
  return new Map(
    entities.map(entity => {
      const place = `${entity.kind}:${entity.file.uri}`
      const count = counts.get(place) ?? 0
      counts.set(place, count + 1)
      return [entity, `${place}#${count}`]
    }),
  )
}

/** The node of the innermost entity that `offset` is in; undefined where there is none. */
export function nodeAt(workspace: Workspace, uri: string, offset: number): string | undefined {
  let found: { start: number; id: string } | undefined
  for (const [{ file, node }, id] of idsOf(workspace.view())) {
    if (file.uri !== uri || offset < node.start || node.end < offset) continue
    if (!found || found.start < node.start) found = { start: node.start, id }
  }
  return found?.id
}
