import { Range, Uri, ViewColumn, type WebviewPanel, window } from 'vscode'
import type { Location } from 'vscode-languageclient'

/** Selects a place in its file, which opens where it does not hide the view. */
export async function showBeside(
  panel: WebviewPanel,
  { uri, range: { start, end } }: Location,
): Promise<void> {
  const selection = new Range(start.line, start.character, end.line, end.character)
  await window.showTextDocument(Uri.parse(uri), { selection, viewColumn: columnBeside(panel) })
}

/** The group beside a view, of which there may be none yet. */
export function columnBeside({ viewColumn }: WebviewPanel): ViewColumn {
  const others = window.tabGroups.all.map(group => group.viewColumn).filter(column => column !== viewColumn)
  return others[0] ?? ViewColumn.Beside
}
