import { entitiesIn, type WifFile } from '../wif/entity.ts'
import { isConfigName } from '../wif/relevance.ts'
import { createConfigurationReport } from './configuration.ts'
import { debounce } from './debounce.ts'
import type { Session } from './session.ts'
import { STATUS, type StatusParams } from './status-protocol.ts'

/** Milliseconds without a change before the client is told. */
const QUIET = 100

export interface Status {
  /** Files may have changed. */
  changed(): void
  /** The workspace is being read until `work` ends. */
  scanning(work: Promise<void>): void
}

/** Tells the client of the server's state whenever it is another than before. */
export function createStatus(session: Session): Status {
  const { connection, workspace, runtime } = session
  let scans = 0
  let sent = ''
  const reportConfigurations = createConfigurationReport(session)

  // Many files change in one go.
  const send = debounce(runtime, QUIET, () => {
    reportConfigurations()
    const files = workspace.files()
    const documents = files.filter(saysSomething).length
    const params: StatusParams = { documents, scanning: scans > 0 }
    // Another configuration may govern a document now, for which the client asks when it hears of this.
    const text = JSON.stringify([params, files.flatMap(({ uri }) => (isConfigName(uri) ? [uri] : []))])
    if (text !== sent) void connection.sendNotification(STATUS, params)
    sent = text
  })

  function changed(): void {
    if (session.client.status) send()
  }

  return {
    changed,
    scanning(work) {
      scans++
      changed()
      void work.finally(() => {
        scans--
        changed()
      })
    },
  }
}

/** A service account counts when it is given a role: the others are only places to go to. */
function saysSomething(file: WifFile): boolean {
  return entitiesIn(file).some(each => each.kind !== 'service-account' || each.roleArn || each.irsaAudience)
}
