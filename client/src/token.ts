import { commands, type Disposable, type ExtensionContext, l10n, window } from 'vscode'
import {
  CHECK_TOKEN,
  type CheckTokenParams,
  type CheckTokenResult,
} from '../../server/src/lsp/token-protocol.ts'
import type { Client } from './client.ts'

/** Makes the commands about tokens do what package.json says. */
export function registerTokenCommands(context: ExtensionContext, client: Client): Disposable[] {
  async function check(token: string, at?: CheckTokenParams['at']): Promise<void> {
    const params: CheckTokenParams = { token, at }
    const result: CheckTokenResult = await client.request(CHECK_TOKEN, params)
    if ('refusal' in result) await window.showErrorMessage(result.refusal)
    else (await import('./views/token/panel.ts')).openReport(context, result.report)
  }

  return [
    commands.registerCommand('wif.checkToken', async (at?: CheckTokenParams['at']) => {
      const token = await window.showInputBox({
        title: l10n.t('Check Token'),
        prompt: l10n.t('Paste an identity token. It stays on this machine and is not exchanged.'),
        password: true,
        ignoreFocusOut: true,
      })
      if (token !== undefined) await check(token, at)
    }),
  ]
}
