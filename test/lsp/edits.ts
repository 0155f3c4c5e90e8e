import type { CodeAction, TextDocumentEdit, TextEdit } from 'vscode-languageserver-protocol/node'
import { TextDocument } from 'vscode-languageserver-textdocument'

/** The edits of an action by document, as `version uri`, an editor that has no version of it open being `null`. */
export function editsOf({ edit }: CodeAction): Map<string, TextEdit[]> {
  const changes = (edit?.documentChanges ?? []) as TextDocumentEdit[]
  return new Map(
    changes.map(({ textDocument: { version, uri }, edits }) => [`${version} ${uri}`, edits as TextEdit[]]),
  )
}

/** `text` after what `action` does to its only document. */
export function apply(text: string, action: CodeAction | undefined): string {
  const edits = action && [...editsOf(action).values()]
  if (edits?.length !== 1) throw new Error('The action should change one document')
  return TextDocument.applyEdits(TextDocument.create('', '', 0, text), edits[0] ?? [])
}
