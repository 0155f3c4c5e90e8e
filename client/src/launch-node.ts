import type { ExtensionContext, LogOutputChannel } from 'vscode'
import { LanguageClient, TransportKind } from 'vscode-languageclient/node'
import type { Events, Running } from './client.ts'
import { connect } from './connect.ts'

/** Starts the server as a process of its own, on the Node that VS Code brings along. */
export function launch(context: ExtensionContext, output: LogOutputChannel, events: Events): Running {
  const server = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc }
  return connect(
    options => new LanguageClient('wif', 'WIF', { run: server, debug: server }, options),
    output,
    events,
  )
}
