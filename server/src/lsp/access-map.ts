import { accessMap } from '../features/access-map.ts'
import { nodeAt } from '../features/access-map-ids.ts'
import { ACCESS_MAP_CHANGED, type AccessMapParams, type AccessMapResult } from './access-map-protocol.ts'
import { debounce } from './debounce.ts'
import { location, placeOf } from './place.ts'
import type { Session } from './session.ts'

/** Milliseconds without a change before a view is told that it is out of date. */
const QUIET = 300

export interface AccessMapAnswers {
  /** The map of the workspace as it is now. */
  answer(params: AccessMapParams): AccessMapResult
  /** Files may have changed. */
  changed(): void
}

/** Answers with the map, and says once after each answer that the map has changed. */
export function createAccessMap(session: Session): AccessMapAnswers {
  const { connection, runtime, workspace } = session
  let answered = false
  const tell = debounce(runtime, QUIET, () => {
    answered = false
    void connection.sendNotification(ACCESS_MAP_CHANGED)
  })

  return {
    answer(params) {
      const { nodes, ...rest } = accessMap(workspace)
      const place = params.at && placeOf(session, params.at)
      const at = place && nodeAt(workspace, place.key, place.offset)
      answered = true
      return {
        ...rest,
        ...(at !== undefined && { at }),
        nodes: nodes.map(node => ({
          ...node,
          place: node.place && location(session, node.place),
          findings: node.findings.map(finding => ({ ...finding, place: location(session, finding.place) })),
        })),
      }
    },
    changed() {
      if (answered) tell()
    },
  }
}
