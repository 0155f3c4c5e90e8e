import { commands, type Disposable } from 'vscode'
import type { Client } from './client.ts'
import { registerPlacesCommand } from './places.ts'

/** Makes the commands of package.json do what they say. */
export function registerCommands(client: Client): Disposable[] {
  return [
    commands.registerCommand('wif.restart', () => client.restart()),
    commands.registerCommand('wif.showOutput', () => client.showOutput()),
    registerPlacesCommand(),
  ]
}
