import {
  commands,
  Disposable,
  type ExtensionContext,
  l10n,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode'
import type { ExchangeResult, Page, TokenReport } from '../../../../server/src/lsp/token-protocol.ts'
import type { Client } from '../../client.ts'
import type { TokenCheck } from '../../token/check.ts'
import { columnBeside, showBeside } from '../beside.ts'
import { frame, panelOptions } from '../frame.ts'
import { html } from '../html.ts'
import type { FromPage, ToPage } from './messages.ts'
import type { Action } from './parts.ts'
import { type Handlers, reportPage } from './report.ts'

/** The one report that is open. A second token takes its place, so that the first is forgotten. */
let open: { panel: WebviewPanel; show(check: TokenCheck, exchanged?: ExchangeResult): void } | undefined

/**
 * Opens the report of a token beside the editor. Token and report live as long as the panel and nowhere else: the
 * page keeps no state, a hidden page is thrown away, and nothing brings the panel back when the window is loaded anew.
 */
export function openReport(
  context: ExtensionContext,
  client: Client,
  check: TokenCheck,
  exchanged?: ExchangeResult,
): void {
  open ??= createPanel(context, client, () => {
    open = undefined
  })
  open.show(check, exchanged)
  open.panel.reveal(undefined, false)
}

function createPanel({ extensionUri }: ExtensionContext, client: Client, closed: () => void) {
  const title = l10n.t('Token Check')
  const panel = window.createWebviewPanel('wif.token', title, ViewColumn.Beside, panelOptions(extensionUri))
  let current: TokenCheck | undefined
  /** What came of exchanging it, if a person wanted that. */
  let exchange: ExchangeResult | undefined
  let actions: readonly Action[] = []

  function draw(anew: boolean): void {
    if (!current) return
    const page = reportPage(current.report, handlers(panel, current, follow), exchange)
    actions = page.actions
    const message: ToPage = { markup: page.body.markup, anew }
    void panel.webview.postMessage(message)
  }

  /** Shows what is different after a check. */
  async function follow(change: Promise<boolean>, anew = false): Promise<void> {
    if (await change) draw(anew)
  }

  const edits = onEdit(
    uri => current !== undefined && filesOf(current.report).includes(uri),
    () => void (current && follow(current.again())),
  )
  const turnedOff = client.onTurnedOff(() => panel.dispose())
  panel.webview.onDidReceiveMessage((message: FromPage) => {
    if ('ready' in message) draw(true)
    else void actions[message.act]?.()
  })
  panel.onDidDispose(() => {
    current = exchange = undefined
    actions = []
    edits.dispose()
    turnedOff.dispose()
    closed()
  })
  panel.webview.html = frame(panel.webview, extensionUri, 'token', title, html``)
  return {
    panel,
    show(check: TokenCheck, exchanged?: ExchangeResult) {
      current = check
      exchange = exchanged
      draw(true)
    },
  }
}

function handlers(
  panel: WebviewPanel,
  check: TokenCheck,
  follow: (change: Promise<boolean>, anew?: boolean) => unknown,
): Handlers {
  return {
    open: place => showBeside(panel, place),
    page: showPage,
    choose: rule => follow(check.again(rule), true),
    again: () => follow(check.again()),
    write: step => follow(check.write(step)),
    draft: () => check.draft(columnBeside(panel)),
    copy: check.copy,
    signature: () => follow(check.signature()),
  }
}

/** Milliseconds for which nobody types before a report follows a changed rule. */
const PAUSE = 400

/** Calls `changed` a while after the last edit of a document that `concerns` somebody. */
function onEdit(concerns: (uri: string) => boolean, changed: () => void): Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined
  const edits = workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length === 0 || !concerns(document.uri.toString())) return
    clearTimeout(timer)
    timer = setTimeout(changed, PAUSE)
  })
  return Disposable.from(edits, { dispose: () => clearTimeout(timer) })
}

/** The files of the rules, and of the issuer that decided with one of them. */
function filesOf({ rules, rule }: TokenReport): string[] {
  const places = [...rules, ...(rule?.steps ?? [])].flatMap(({ place }) => place ?? [])
  return places.map(({ uri }) => uri)
}

async function showPage({ uri }: Page): Promise<void> {
  await commands.executeCommand('markdown.showPreview', Uri.parse(uri))
}
