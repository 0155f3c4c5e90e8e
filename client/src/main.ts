import type { ExtensionContext } from 'vscode'
import { type Client, createClient } from './client.ts'
import { registerCommands } from './commands.ts'
import { registerRulePages } from './rule-pages.ts'
import { registerTokenCommands } from './token/commands.ts'
import { registerWalkthrough } from './walkthrough.ts'

let client: Client | undefined

/**
 * VS Code calls this when the first JSON or YAML document is opened, in Node or in a browser. It loads and starts next
 * to nothing: the client library and the server wait for a document that speaks of federation.
 */
export function activate(context: ExtensionContext): void {
  client = createClient(async (...args) => {
    const { launch } = await (isBrowser() ? import('./launch-web.ts') : import('./launch-node.ts'))
    return launch(context, ...args)
  })
  context.subscriptions.push(
    client,
    registerRulePages(context),
    ...registerCommands(context, client),
    ...registerTokenCommands(context, client),
    ...registerWalkthrough(context),
  )
}

/** VS Code waits for this before it ends. */
export async function deactivate(): Promise<void> {
  await client?.stop()
}

/** In a browser extensions run in a worker. */
function isBrowser(): boolean {
  return typeof importScripts === 'function'
}
