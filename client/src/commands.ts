import { commands, type Disposable, type ExtensionContext } from 'vscode'
import type { Client } from './client.ts'
import { registerPlacesCommand } from './places.ts'

/** Makes the commands of package.json do what they say. */
export function registerCommands(context: ExtensionContext, client: Client): Disposable[] {
  return [
    commands.registerCommand('wif.restart', () => client.restart()),
    commands.registerCommand('wif.showOutput', () => client.showOutput()),
    registerPlacesCommand(),
    commands.registerCommand('wif.showAccessMap', async () => {
      const { showAccessMap } = await import('./views/access-map/panel.ts')
      showAccessMap(context, client)
    }),
  ]
}
