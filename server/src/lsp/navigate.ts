import {
  type DefinitionLink,
  type DocumentHighlight,
  DocumentHighlightKind,
  type Location,
  LSPErrorCodes,
  type PrepareRenameParams,
  type PrepareRenameResult,
  type ReferenceParams,
  type RenameParams,
  ResponseError,
  type TextDocumentPositionParams,
  type WorkspaceEdit,
} from 'vscode-languageserver'
import { definition } from '../features/definition.ts'
import { wordsOf } from '../features/mentions.ts'
import { highlights, references } from '../features/references.ts'
import { type Refusal, rename, renameable } from '../features/rename.ts'
import { location, placeOf } from './place.ts'
import type { Session } from './session.ts'

/** Where that is described which a word names; with all of the description, where the client can show it. */
export function definitionAt(
  session: Session,
  params: TextDocumentPositionParams,
): DefinitionLink[] | Location[] | null {
  const at = placeOf(session, params)
  const found = at && definition(session.workspace, at.key, at.offset)
  if (!at || !found) return null
  const { convert, client } = session
  if (!client.definitionLinks)
    return found.to.map(({ file, words }) => location(session, { file, range: words }))
  return found.to.map(({ file, node, words }) => ({
    originSelectionRange: convert.range(at.file, found.from),
    targetUri: convert.clientUri(file),
    targetRange: convert.range(file, node),
    targetSelectionRange: convert.range(file, words),
  }))
}

/** Where else a thing is named, who a rule admits, which rules admit a workload. */
export function referencesAt(session: Session, params: ReferenceParams): Location[] | null {
  const at = placeOf(session, params)
  if (!at) return null
  const places = references(session.workspace, at.key, at.offset, params.context.includeDeclaration)
  return places.map(place => location(session, place))
}

/** The same word in the same document; null leaves it to the editor, which looks for equal text. */
export function highlightsAt(
  session: Session,
  params: TextDocumentPositionParams,
): DocumentHighlight[] | null {
  const at = placeOf(session, params)
  const found = at ? highlights(session.workspace, at.key, at.offset) : []
  if (!at || found.length === 0) return null
  return found.map(mention => ({
    range: session.convert.range(at.file, wordsOf(mention)),
    kind: mention.role === 'definition' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }))
}

/** The id that a rename would change. */
export function prepareRenameAt(
  session: Session,
  params: PrepareRenameParams,
): PrepareRenameResult | null | ResponseError<void> {
  const at = placeOf(session, params)
  const found = at && renameable(session.workspace, at.key, at.offset)
  if (!at || !found) return null
  if ('refused' in found) return refusal(found)
  return { range: session.convert.range(at.file, found.range), placeholder: found.id }
}

/** The edits of a rename, in all files that mention the id. */
export function renameAt(session: Session, params: RenameParams): WorkspaceEdit | null | ResponseError<void> {
  const at = placeOf(session, params)
  const edits = at && rename(session.workspace, at.key, at.offset, params.newName)
  if (!edits) return null
  return 'refused' in edits ? refusal(edits) : (session.convert.workspaceEdit(edits) ?? null)
}

/** What the editor shows to the person: no fault of the server's, so nothing for the log. */
function refusal({ refused }: Refusal): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, refused)
}
