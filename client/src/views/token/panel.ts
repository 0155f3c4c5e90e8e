import {
  commands,
  type ExtensionContext,
  l10n,
  Range,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
} from 'vscode'
import type { Location } from 'vscode-languageclient'
import type { Page } from '../../../../server/src/lsp/token-protocol.ts'
import type { TokenCheck } from '../../token/check.ts'
import { frame, panelOptions } from '../frame.ts'
import { html } from '../html.ts'
import type { FromPage, ToPage } from './messages.ts'
import type { Action } from './parts.ts'
import { type Handlers, reportPage } from './report.ts'

/** The one report that is open. A second token takes its place, so that the first is forgotten. */
let open: { panel: WebviewPanel; show(check: TokenCheck): void } | undefined

/**
 * Opens the report of a token beside the editor. Token and report live as long as the panel and nowhere else: the
 * page keeps no state, a hidden page is thrown away, and nothing brings the panel back when the window is loaded anew.
 */
export function openReport(context: ExtensionContext, check: TokenCheck): void {
  open ??= createPanel(context, () => {
    open = undefined
  })
  open.show(check)
  open.panel.reveal(undefined, false)
}

function createPanel({ extensionUri }: ExtensionContext, closed: () => void) {
  const title = l10n.t('Token Check')
  const panel = window.createWebviewPanel('wif.token', title, ViewColumn.Beside, panelOptions(extensionUri))
  let current: TokenCheck | undefined
  let actions: readonly Action[] = []

  function draw(): void {
    if (!current) return
    const page = reportPage(current.report, handlers(current, draw))
    actions = page.actions
    const message: ToPage = { markup: page.body.markup }
    void panel.webview.postMessage(message)
  }

  panel.webview.onDidReceiveMessage((message: FromPage) => {
    if ('ready' in message) draw()
    else void actions[message.act]?.()
  })
  panel.onDidDispose(() => {
    current = undefined
    actions = []
    closed()
  })
  panel.webview.html = frame(panel.webview, extensionUri, 'token', title, html``)
  return {
    panel,
    show(check: TokenCheck) {
      current = check
      draw()
    },
  }
}

function handlers(check: TokenCheck, draw: () => void): Handlers {
  const redraw = async (change: Promise<boolean>) => {
    if (await change) draw()
  }
  return {
    open: showPlace,
    page: showPage,
    choose: rule => redraw(check.again(rule)),
    again: () => redraw(check.again()),
    write: step => redraw(check.write(step)),
    signature: () => redraw(check.signature()),
  }
}

/** Selects a place in its file, which opens where files are, beside the report. */
async function showPlace({ uri, range: { start, end } }: Location): Promise<void> {
  const selection = new Range(start.line, start.character, end.line, end.character)
  await window.showTextDocument(Uri.parse(uri), { selection, viewColumn: ViewColumn.One })
}

async function showPage({ uri }: Page): Promise<void> {
  await commands.executeCommand('markdown.showPreview', Uri.parse(uri))
}
