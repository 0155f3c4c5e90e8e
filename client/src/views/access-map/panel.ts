import { type ExtensionContext, l10n, Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode'
import {
  ACCESS_MAP,
  type AccessMapParams,
  type AccessMapResult,
} from '../../../../server/src/lsp/access-map-protocol.ts'
import type { Client } from '../../client.ts'
import { showBeside } from '../beside.ts'
import { frame, panelOptions } from '../frame.ts'
import { html } from '../html.ts'
import type { FromPage, ToPage } from './messages.ts'
import { words } from './strings.ts'

let open: { panel: WebviewPanel; select(at: AccessMapParams['at']): void } | undefined

/**
 * Opens the map, or brings the one that is open to the front, and selects in it what the cursor is in. It follows the
 * files while it can be seen.
 */
export function showAccessMap({ extensionUri }: ExtensionContext, client: Client): void {
  const at = cursor()
  if (open) {
    open.select(at)
    open.panel.reveal()
    return
  }
  const title = l10n.t('Access Map')
  const panel = window.createWebviewPanel(
    'wif.accessMap',
    title,
    ViewColumn.Active,
    panelOptions(extensionUri),
  )
  open = { panel, select }
  /** What the page is yet to be told to select. */
  let wanted = at
  let map: AccessMapResult | undefined

  async function show(): Promise<void> {
    const params: AccessMapParams = wanted ? { at: wanted } : {}
    const answer = await client.request<AccessMapResult | null>(ACCESS_MAP, params).catch(() => undefined)
    // The server has ended; it says so when it runs again.
    if (answer === undefined) return
    map = answer ? titled(answer) : { nodes: [], edges: [], omitted: 0 }
    const message: ToPage = { map, words: words() }
    // A page that is hidden is gone, and asks again when it is back.
    if (open?.panel !== panel || !panel.visible) return
    wanted = undefined
    await panel.webview.postMessage(message)
  }

  function select(next: AccessMapParams['at']): void {
    wanted = next
    if (panel.visible) void show()
  }

  function openPlace(id: string, finding: number | undefined): void {
    const node = map?.nodes.find(each => each.id === id)
    const place = finding === undefined ? node?.place : node?.findings[finding]?.place
    if (place) void showBeside(panel, place)
  }

  const subscriptions = [
    client.onAccessMapChanged(() => {
      if (panel.visible) void show()
    }),
    client.onTurnedOff(() => panel.dispose()),
  ]
  panel.onDidDispose(() => {
    for (const subscription of subscriptions) subscription.dispose()
    open = undefined
  })
  panel.webview.onDidReceiveMessage((message: FromPage) => {
    if ('ready' in message) void show()
    else if ('picture' in message) void save(message.picture)
    else openPlace(message.open, message.finding)
  })
  panel.webview.html = frame(panel.webview, extensionUri, 'access-map', title, html``)
}

/** Where the cursor is, in the editor that is in front. */
function cursor(): AccessMapParams['at'] {
  if (!window.activeTextEditor) return undefined
  const { document, selection } = window.activeTextEditor
  const { line, character } = selection.active
  return { textDocument: { uri: document.uri.toString() }, position: { line, character } }
}

/** The map with a title for what has no name. */
function titled(map: AccessMapResult): AccessMapResult {
  const names = {
    issuer: l10n.t('Issuer not in the workspace'),
    rule: l10n.t('Rule without a name'),
    source: l10n.t('Workload without a name'),
    account: l10n.t('Service account without an id'),
  }
  const absent = l10n.t('not in the workspace')
  const nodes = map.nodes.map(node => ({
    ...node,
    title: node.title || names[node.kind],
    // What a file describes has its URL here.
    detail: node.kind === 'issuer' && node.title && !node.detail ? absent : node.detail,
  }))
  return { ...map, nodes }
}

async function save(picture: string): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri
  const uri = await window.showSaveDialog({
    ...(folder && { defaultUri: Uri.joinPath(folder, 'access-map.svg') }),
    filters: { SVG: ['svg'] },
    title: l10n.t('Export as SVG'),
  })
  if (uri) await workspace.fs.writeFile(uri, new TextEncoder().encode(picture))
}
