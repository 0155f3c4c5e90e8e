import { type LogOutputChannel, l10n } from 'vscode'
import {
  type BaseLanguageClient,
  CloseAction,
  ErrorAction,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  State,
} from 'vscode-languageclient'
import { ACCESS_MAP_CHANGED } from '../../server/src/lsp/access-map-protocol.ts'
import { STATUS, type StatusParams } from '../../server/src/lsp/status-protocol.ts'
import type { Events, Running } from './client.ts'
import { serveFiles } from './files.ts'
import { selector } from './selector.ts'
import { isCheckedByEditor, isEnabled } from './settings.ts'
import { createTraceChannel } from './trace.ts'

/** Connects to a server that `make` knows how to start. Loaded only when there is something to check. */
export function connect(
  make: (options: LanguageClientOptions) => BaseLanguageClient,
  output: LogOutputChannel,
  events: Events,
): Running {
  const trace = createTraceChannel(output)
  const client: BaseLanguageClient = make({
    documentSelector: selector(),
    synchronize: { configurationSection: 'wif' },
    middleware: {
      async provideDiagnostics(document, previousResultId, token, next) {
        const report = await next(document, previousResultId, token)
        return report && 'items' in report && isCheckedByEditor(document)
          ? { ...report, items: report.items.filter(({ code }) => code !== 'syntax/json') }
          : report
      },
      workspace: {
        // A server that is being stopped for this very change has no use for it.
        didChangeConfiguration: async (sections, next) => (isEnabled() ? next(sections) : undefined),
      },
    },
    outputChannel: output,
    traceOutputChannel: trace,
    // Linting is never worth interrupting somebody: the status item shows what happens.
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    errorHandler: {
      // Without the error itself, which may quote what could not be sent. If the server is gone, that is told, too.
      error: () => ({
        action: ErrorAction.Continue,
        handled: true,
        message: l10n.t('A message between the editor and the language server was lost.'),
      }),
      // Started again it is by a client of its own: one that has lost its server while it started is of no more use.
      closed() {
        if (client.state === State.Running) events.crashed()
        return {
          action: CloseAction.DoNotRestart,
          handled: true,
          message: l10n.t('The connection is closed.'),
        }
      },
    },
    initializationFailedHandler: () => false,
    diagnosticPullOptions: { onChange: true, onFocus: true },
    // For an editor of ours the server keeps the status item up to date, and its lenses can be clicked.
    initializationOptions: { status: true, files: true, commands: ['wif.checkToken', 'wif.showAdmitted'] },
  })
  // All that the library has to say about its troubles; some it would put in the person's way otherwise.
  const report = client.error.bind(client)
  client.error = (message, data) => report(message, data, false)
  client.onNotification(STATUS, (status: StatusParams) => events.status(status))
  client.onNotification(ACCESS_MAP_CHANGED, () => events.accessMapChanged())
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Starting) events.state('starting')
    else events.state(newState === State.Running ? 'running' : 'stopped')
  })
  serveFiles(client)
  const started = client.start()
  return {
    started,
    request: (method, params, token) => client.sendRequest(method, params, ...(token ? [token] : [])),
    version: () => client.initializeResult?.serverInfo?.version,
    async stop() {
      // One that never came up or has ended cannot be stopped, only left.
      await started.catch(() => {})
      if (client.needsStop()) await client.dispose()
      trace.dispose()
    },
  }
}
