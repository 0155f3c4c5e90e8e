import type { LogOutputChannel } from 'vscode'
import {
  type BaseLanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  State,
} from 'vscode-languageclient'
import { ACCESS_MAP_CHANGED } from '../../server/src/lsp/access-map-protocol.ts'
import type { Events, Running, ServerStatus } from './client.ts'
import { serveFiles } from './files.ts'
import { selector } from './selector.ts'
import { isEnabled } from './settings.ts'
import { createTraceChannel } from './trace.ts'

/** Connects to a server that `make` knows how to start. Loaded only when there is something to check. */
export function connect(
  make: (options: LanguageClientOptions) => BaseLanguageClient,
  output: LogOutputChannel,
  events: Events,
): Running {
  const trace = createTraceChannel(output)
  const client = make({
    documentSelector: selector(),
    synchronize: { configurationSection: 'wif' },
    middleware: {
      workspace: {
        // A server that is being stopped for this very change has no use for it.
        didChangeConfiguration: async (sections, next) => (isEnabled() ? next(sections) : undefined),
      },
    },
    outputChannel: output,
    traceOutputChannel: trace,
    // Linting is never worth interrupting somebody: the status item shows what happens.
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    diagnosticPullOptions: { onChange: true, onFocus: true },
    // For an editor of ours the server keeps the status item up to date, and its lenses can be clicked.
    initializationOptions: { status: true, files: true, commands: ['wif.checkToken', 'wif.showAdmitted'] },
  })
  client.onNotification('wif/status', (status: ServerStatus) => events.status(status))
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
      // One that never came up cannot be stopped, only left.
      await started.then(
        () => client.dispose(),
        () => {},
      )
      trace.dispose()
    },
  }
}
