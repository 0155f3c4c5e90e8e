import { commands, type Disposable, type ExtensionContext, l10n, ProgressLocation, window } from 'vscode'
import type { RuleRef } from '../../../server/src/lsp/token-protocol.ts'
import type { Client } from '../client.ts'
import { isRelevant } from '../selector.ts'
import { checkToken } from './check.ts'

/** Makes the commands about tokens do what package.json says. */
export function registerTokenCommands(context: ExtensionContext, client: Client): Disposable[] {
  async function check(token: string, at: RuleRef | undefined): Promise<void> {
    const found = await window.withProgress(
      { location: ProgressLocation.Window, title: l10n.t('Checking the token') },
      () => checkToken(client, token, at),
    )
    if (found) (await import('../views/token/panel.ts')).openReport(context, found)
  }

  return [
    /** From the palette, or from a code lens on the rule at `at`. */
    commands.registerCommand('wif.checkToken', async (at: RuleRef | undefined = cursor()) => {
      const token = await askForToken()
      if (token !== undefined) await check(token, at)
    }),
    commands.registerCommand('wif.checkSelectedToken', async () => {
      const editor = window.activeTextEditor
      if (editor) await check(editor.document.getText(editor.selection), undefined)
    }),
  ]
}

/** The place of the cursor, if it may be in a rule. */
function cursor(): RuleRef | undefined {
  const { document, selection } = window.activeTextEditor ?? {}
  if (!document || !selection || !isRelevant(document)) return undefined
  return { uri: document.uri.toString(), offset: document.offsetAt(selection.active) }
}

/** A token from a person, who alone sees that it is there; undefined when there is none. */
async function askForToken(): Promise<string | undefined> {
  const token = await window.showInputBox({
    title: l10n.t('Check Token'),
    prompt: l10n.t(
      'Paste an identity token. It is checked on this machine, kept nowhere, and not exchanged.',
    ),
    placeHolder: 'eyJ…',
    password: true,
    ignoreFocusOut: true,
  })
  return token === '' ? undefined : token
}
