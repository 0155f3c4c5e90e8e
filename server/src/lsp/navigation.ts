import type { answering } from './answer.ts'
import { codeLenses, inlayHints, resolvedLens } from './lenses.ts'
import { definitionAt, highlightsAt, prepareRenameAt, referencesAt, renameAt } from './navigate.ts'
import type { Session } from './session.ts'
import { documentLinks, documentSymbols, selectionRanges, workspaceSymbols } from './symbols.ts'

/** Answers all that leads from one place to another, and what is shown beside the text. */
export function serveNavigation(session: Session, answer: ReturnType<typeof answering>): void {
  const { connection } = session
  const on = 'textDocument/'
  connection.onDefinition(answer(`${on}definition`, null, params => definitionAt(session, params)))
  connection.onReferences(answer(`${on}references`, null, params => referencesAt(session, params)))
  connection.onDocumentHighlight(answer(`${on}documentHighlight`, null, p => highlightsAt(session, p)))
  connection.onPrepareRename(answer(`${on}prepareRename`, null, params => prepareRenameAt(session, params)))
  connection.onRenameRequest(answer(`${on}rename`, null, params => renameAt(session, params)))
  connection.onDocumentSymbol(answer(`${on}documentSymbol`, [], params => documentSymbols(session, params)))
  connection.onWorkspaceSymbol(answer('workspace/symbol', [], params => workspaceSymbols(session, params)))
  connection.onDocumentLinks(answer(`${on}documentLink`, [], params => documentLinks(session, params)))
  connection.onSelectionRanges(
    answer(`${on}selectionRange`, null, params => selectionRanges(session, params)),
  )
  connection.onCodeLens(answer(`${on}codeLens`, [], params => codeLenses(session, params)))
  connection.onCodeLensResolve((lens, token) =>
    answer('codeLens/resolve', lens, () => resolvedLens(session, lens))(lens, token),
  )
  connection.languages.inlayHint.on(answer(`${on}inlayHint`, [], params => inlayHints(session, params)))
}
