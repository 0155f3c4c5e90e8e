import {
  commands,
  type Disposable,
  type ExtensionContext,
  l10n,
  ProgressLocation,
  window,
  workspace,
} from 'vscode'
import type { ExchangeResult, RuleRef } from '../../../server/src/lsp/token-protocol.ts'
import type { Client } from '../client.ts'
import { isRelevant } from '../selector.ts'
import { checkToken, type TokenCheck } from './check.ts'
import { exchangeToken } from './exchange.ts'

/** Makes the commands about tokens do what package.json says. */
export function registerTokenCommands(context: ExtensionContext, client: Client): Disposable[] {
  async function check(token: string, at: RuleRef | undefined): Promise<TokenCheck | undefined> {
    const title = l10n.t('Checking the token')
    return window.withProgress({ location: ProgressLocation.Window, title }, () =>
      checkToken(client, token, at),
    )
  }

  async function open(found: TokenCheck | undefined, exchanged?: ExchangeResult): Promise<void> {
    if (found) (await import('../views/token/panel.ts')).openReport(context, client, found, exchanged)
  }

  async function exchange(): Promise<void> {
    if (!workspace.isTrusted) {
      void window.showErrorMessage(l10n.t('No token is exchanged in a workspace that is not trusted.'))
      return
    }
    const token = await askForToken(
      l10n.t('Exchange Token'),
      l10n.t('Paste an identity token. You will see what is sent where before anything is.'),
    )
    const found = token === undefined ? undefined : await check(token, cursor())
    const exchanged = token !== undefined && found && (await exchangeToken(client, token, found))
    if (exchanged) await open(found, exchanged)
  }

  return [
    /** From the palette, or from a code lens on the rule at `at`. */
    commands.registerCommand('wif.checkToken', async (at: RuleRef | undefined = cursor()) => {
      const token = await askForToken(
        l10n.t('Check Token'),
        l10n.t('Paste an identity token. It is checked on this machine, kept nowhere, and not exchanged.'),
      )
      if (token !== undefined) await open(await check(token, at))
    }),
    commands.registerCommand('wif.checkSelectedToken', async () => {
      const editor = window.activeTextEditor
      if (editor) await open(await check(editor.document.getText(editor.selection), undefined))
    }),
    commands.registerCommand('wif.exchangeToken', exchange),
  ]
}

/** The place of the cursor, if it may be in a rule. */
function cursor(): RuleRef | undefined {
  const { document, selection } = window.activeTextEditor ?? {}
  if (!document || !selection || !isRelevant(document)) return undefined
  return { uri: document.uri.toString(), offset: document.offsetAt(selection.active) }
}

/** A token from a person, which nobody sees that looks on; undefined when there is none. */
async function askForToken(title: string, prompt: string): Promise<string | undefined> {
  const options = { title, prompt, placeHolder: 'eyJ…', password: true, ignoreFocusOut: true }
  const token = await window.showInputBox(options)
  return token === '' ? undefined : token
}
