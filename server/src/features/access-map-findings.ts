import { SEVERITIES, type Severity } from '../lint/rule.ts'
import { type AnyEntity, entitiesIn, type WifFile } from '../wif/entity.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { MapFinding } from './access-map.ts'

/** What is found in each entity of the workspace, in text order; what is found in no entity belongs to none. */
export function findingsByEntity(workspace: Workspace): (entity: AnyEntity) => MapFinding[] {
  const found = new Map<AnyEntity, MapFinding[]>()
  for (const file of workspace.files()) {
    const entities = inTextOrder(file)
    for (const { rule, severity, message, start, end } of entities.length > 0
      ? workspace.findings(file.uri)
      : []) {
      // Of those that hold it the last to begin is the innermost.
      const entity = entities.findLast(({ node }) => node.start <= start && end <= node.end)
      if (!entity) continue
      const place = { file, range: { start, end } }
      found.set(entity, [...(found.get(entity) ?? []), { rule, severity, message, place }])
    }
  }
  return entity => found.get(entity) ?? []
}

/** The worst severity among `findings`. */
export function worst(findings: readonly Pick<MapFinding, 'severity'>[]): Severity | undefined {
  return SEVERITIES.find(severity => findings.some(finding => finding.severity === severity))
}

function inTextOrder(file: WifFile): AnyEntity[] {
  return entitiesIn(file).sort((a, b) => a.node.start - b.node.start)
}
