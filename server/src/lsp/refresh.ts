import { CodeLensRefreshRequest, InlayHintRefreshRequest } from 'vscode-languageserver'
import { debounce } from './debounce.ts'
import type { Session } from './session.ts'

/** Milliseconds without a change before lenses and hints are fetched anew. */
const QUIET = 200

/**
 * Has the client fetch lenses and hints again when other files, or settings, may have changed what they say. For the
 * document that is typed in, it does so by itself.
 * @returns to be called after any change; `certain` when it is known to be of interest
 */
export function createRefresh(session: Session): (certain: boolean) => void {
  const { connection, runtime, log, workspace, documents } = session
  let isDue = false
  let shown = workspace.generation()

  const refresh = debounce(runtime, QUIET, () => {
    if (documents.takeIn()) session.changed(true)
    if (!isDue && workspace.generation() === shown) return
    isDue = false
    shown = workspace.generation()
    const { refreshesLenses, refreshesHints } = session.client
    const wanted = [
      ...(refreshesLenses ? [CodeLensRefreshRequest.type] : []),
      ...(refreshesHints ? [InlayHintRefreshRequest.type] : []),
    ]
    for (const type of wanted) connection.sendRequest(type).catch(error => log.error(type.method, error))
  })

  return certain => {
    const { refreshesLenses, refreshesHints } = session.client
    if (!refreshesLenses && !refreshesHints) return
    isDue ||= certain
    refresh()
  }
}
