import { type ExtensionContext, type LogOutputChannel, Uri, workspace } from 'vscode'
import { LanguageClient } from 'vscode-languageclient/browser'
import type { Events, Running } from './client.ts'
import { connect } from './connect.ts'

/** Starts the server in a worker of the browser. */
export async function launch(
  context: ExtensionContext,
  output: LogOutputChannel,
  events: Events,
): Promise<Running> {
  // Read, and not loaded from where it is: an editor in a browser starts no worker from an extension on a remote host.
  const script = await workspace.fs.readFile(Uri.joinPath(context.extensionUri, 'dist/server.js'))
  const blob = new Blob([new Uint8Array(script)], { type: 'text/javascript' })
  const worker = new Worker(URL.createObjectURL(blob), { name: 'wif' })
  return connect(options => new LanguageClient('wif', 'WIF', worker, options), output, events)
}
