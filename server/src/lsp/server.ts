import type { Connection } from 'vscode-languageserver'
import { rules } from '../rules/index.ts'
import { createWorkspace } from '../workspace/workspace.ts'
import { createAccessMap } from './access-map.ts'
import { ACCESS_MAP } from './access-map-protocol.ts'
import { codeActions } from './actions.ts'
import { answering } from './answer.ts'
import { clientFacts, serverCapabilities } from './capabilities.ts'
import { celSignature } from './cel.ts'
import { filesOf } from './client-files.ts'
import { completionAt } from './completion.ts'
import { configurationOf } from './configuration.ts'
import { CONFIGURATION } from './configuration-protocol.ts'
import { createConverter } from './convert.ts'
import { createDiagnostics, NOTHING } from './diagnostics.ts'
import { createDocuments } from './documents.ts'
import { createFolders } from './folders.ts'
import { hoverAt } from './hover.ts'
import { createLifecycle } from './lifecycle.ts'
import { createLog } from './log.ts'
import { serveNavigation } from './navigation.ts'
import { createRefresh } from './refresh.ts'
import type { Runtime, Session } from './session.ts'
import { createSettings } from './settings.ts'
import { createStatus } from './status.ts'
import { listenForTokens } from './token.ts'
import { filesChanged } from './watch.ts'

/**
 * Serves the language server protocol on `connection` until the client ends it. What differs between Node, a
 * browser's worker and a test comes in as `world`.
 */
export function startServer(connection: Connection, world: Runtime): void {
  let isOver = false
  // After `shutdown` the client expects nothing more.
  const runtime = {
    ...world,
    files: filesOf(world.files, connection, () => session.client.readsFiles),
    after: (ms: number, callback: () => void) => world.after(ms, () => isOver || callback()),
  }
  const workspace = createWorkspace(rules)
  const log = createLog(connection.console)
  const documents = createDocuments(connection, workspace, log, {
    changed: () => session.changed(false),
    saved: key => void folders.readAgain(key),
    closed(key, document) {
      diagnostics.closed(key, document.uri)
      session.changed(false)
      // The disk's text holds again; a client that does not watch files never told of it.
      void folders.readAgain(key)
    },
  })
  const session: Session = {
    connection,
    runtime,
    log,
    workspace,
    documents,
    client: clientFacts(),
    settings: createSettings(connection),
    convert: createConverter(() => session),
    changed(ripples) {
      diagnostics.changed(ripples)
      refresh(ripples)
      status.changed()
      map.changed()
    },
  }
  const folders = createFolders(session)
  const status = createStatus(session)
  const refresh = createRefresh(session)
  const map = createAccessMap(session)
  const lifecycle = createLifecycle(session, folders, status)
  const answer = answering(session, lifecycle.settled)
  let diagnostics = createDiagnostics(session)

  connection.onInitialize(params => {
    session.client = clientFacts(params)
    diagnostics = createDiagnostics(session)
    lifecycle.begin(params)
    const serverInfo = { name: 'wif-language-server', version: runtime.version }
    return { capabilities: serverCapabilities(session.client), serverInfo }
  })
  connection.onShutdown(() => {
    isOver = true
  })
  connection.onInitialized(lifecycle.initialized)
  connection.onDidChangeConfiguration(({ settings }) => lifecycle.settingsChanged(settings))
  connection.onDidChangeWatchedFiles(({ changes }) => void filesChanged(folders, changes))
  connection.onCodeAction(answer('textDocument/codeAction', [], params => codeActions(session, params)))
  connection.onCompletion(answer('textDocument/completion', [], params => completionAt(session, params)))
  connection.onHover(answer('textDocument/hover', null, params => hoverAt(session, params)))
  connection.onSignatureHelp(
    answer('textDocument/signatureHelp', null, params => celSignature(session, params)),
  )
  serveNavigation(session, answer)
  connection.languages.diagnostics.on(
    answer('textDocument/diagnostic', NOTHING, params => diagnostics.report(params)),
  )
  connection.onRequest(ACCESS_MAP, answering(session, lifecycle.complete)(ACCESS_MAP, null, map.answer))
  listenForTokens(session, folders, lifecycle.complete)
  connection.onRequest(
    CONFIGURATION,
    answer(CONFIGURATION, null, params => configurationOf(session, params)),
  )
  connection.listen()
}
