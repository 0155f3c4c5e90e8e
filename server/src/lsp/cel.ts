import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type CompletionItem,
  CompletionItemKind,
  InsertTextFormat,
  MarkupKind,
  type SignatureHelp,
  type TextDocumentPositionParams,
} from 'vscode-languageserver'
import { celRefactorings } from '../features/cel-actions.ts'
import { type CelCompletion, celCompletions } from '../features/cel-completion.ts'
import { celSignatures } from '../features/cel-signature.ts'
import { placeOf } from './place.ts'
import type { Session } from './session.ts'

const KINDS: Record<CelCompletion['kind'], CompletionItemKind> = {
  claim: CompletionItemKind.Field,
  function: CompletionItemKind.Function,
  method: CompletionItemKind.Method,
  variable: CompletionItemKind.Variable,
}

/** What may be written at a place of a condition. */
export function celCompletion(session: Session, params: TextDocumentPositionParams): CompletionItem[] {
  const { workspace, convert, client } = session
  const found = placeOf(session, params)
  if (!found) return []
  const { file, key, offset } = found
  return celCompletions(workspace, key, offset).map((item, i) => {
    const { label, detail, documentation, behind = '' } = item
    const snippet = client.snippets && behind !== ''
    const newText = snippet ? `${item.text.replace(/[\\$}]/g, '\\$&')}$0${behind}` : item.text + behind
    return {
      label,
      kind: KINDS[item.kind],
      detail,
      documentation: { kind: MarkupKind.Markdown, value: documentation },
      // What stands there already, a dot or a bracket, is what an editor compares.
      filterText: filterText(file.text.slice(item.range.start, offset), label),
      sortText: String(i).padStart(3, '0'),
      ...(snippet && { insertTextFormat: InsertTextFormat.Snippet }),
      textEdit: { range: convert.range(file, item.range), newText },
    }
  })
}

function filterText(typed: string, label: string): string {
  return `${/^(?:\.|\[\s*\\?["']?)?/.exec(typed)?.[0] ?? ''}${label}`
}

/** The call that a place of a condition is in. */
export function celSignature(session: Session, params: TextDocumentPositionParams): SignatureHelp | null {
  const found = placeOf(session, params)
  const call = found && celSignatures(session.workspace, found.key, found.offset)
  if (!call) return null
  return {
    signatures: call.signatures.map(({ label, doc, params }) => ({
      label,
      documentation: doc,
      parameters: params.map(param => ({ label: param })),
    })),
    activeSignature: call.active,
    activeParameter: call.argument,
  }
}

/** Other ways to say what a condition, or the `claims` map, says. */
export function celRewrites(session: Session, key: string, params: CodeActionParams): CodeAction[] {
  const { workspace, convert } = session
  const file = workspace.file(key)
  if (!file) return []
  return celRefactorings(workspace, key, convert.offsets(file, params.range)).flatMap(({ title, edits }) => {
    const edit = convert.workspaceEdit(edits)
    return edit ? { title, kind: CodeActionKind.RefactorRewrite, edit } : []
  })
}
