import { type ExtensionContext, l10n, ViewColumn, window } from 'vscode'
import type { TokenReport } from '../../../../server/src/lsp/token-protocol.ts'
import { frame, panelOptions } from '../frame.ts'
import { html } from '../html.ts'
import type { FromPage, ToPage } from './messages.ts'
import { type Action, reportPage } from './report.ts'

/**
 * Opens the report of a token beside the editor. It lives in this panel alone: no state is kept in the page, a hidden
 * page is forgotten, and nothing brings the panel back when the window is loaded again.
 */
export function openReport({ extensionUri }: ExtensionContext, report: TokenReport): void {
  const title = l10n.t('Token Check')
  const panel = window.createWebviewPanel('wif.token', title, ViewColumn.Beside, panelOptions(extensionUri))
  let actions: readonly Action[] = []

  function show(): void {
    const page = reportPage(report)
    actions = page.actions
    const message: ToPage = { markup: page.body.markup }
    void panel.webview.postMessage(message)
  }

  panel.webview.onDidReceiveMessage((message: FromPage) => {
    if ('ready' in message) show()
    else void actions[message.act]?.()
  })
  panel.webview.html = frame(panel.webview, extensionUri, 'token', title, html``)
}
