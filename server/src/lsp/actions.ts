import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionTriggerKind,
} from 'vscode-languageserver'
import { hasSafeFix, quickFixes, safeFixes } from '../features/actions.ts'
import { FIX_ALL } from './capabilities.ts'
import { celRewrites } from './cel.ts'
import type { Session } from './session.ts'
import { uriKey } from './uri.ts'

/**
 * What can be done at a place. Made from the current documents alone: what a client sends along with its diagnostics
 * may be of another version.
 */
export function codeActions(session: Session, params: CodeActionParams): CodeAction[] {
  const key = uriKey(params.textDocument.uri)
  if (!session.settings.enabled(key)) return []
  const { only, triggerKind } = params.context
  const actions: CodeAction[] = []
  if (wants(only, CodeActionKind.QuickFix)) actions.push(...fixesAt(session, key, params))
  if (session.client.refactors && wants(only, CodeActionKind.RefactorRewrite))
    actions.push(...celRewrites(session, key, params))
  // Asked for by name, or by a person who wants to see everything; not at each move of the cursor.
  const shown = only ? wants(only, FIX_ALL) : triggerKind !== CodeActionTriggerKind.Automatic
  if (shown && hasSafeFix(session.workspace, key)) actions.push(...fixAllIn(session, key))
  return actions
}

function fixesAt(session: Session, key: string, params: CodeActionParams): CodeAction[] {
  const { workspace, convert } = session
  const file = workspace.file(key)
  if (!file) return []
  return quickFixes(workspace, key, convert.offsets(file, params.range)).flatMap(fix => {
    const edit = convert.workspaceEdit(fix.edits, fix.creates)
    if (!edit) return []
    return {
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: fix.findings.map(finding => convert.diagnostic(file, finding)),
      ...(fix.preferred && { isPreferred: true }),
      edit,
    }
  })
}

function fixAllIn(session: Session, key: string): CodeAction[] {
  const edit = safeFixes(session.workspace, key, session.documents.get(key) !== undefined)
  const workspaceEdit = edit && session.convert.workspaceEdit(new Map([[key, [edit]]]))
  return workspaceEdit
    ? [{ title: 'Fix all that is safe to fix (WIF)', kind: FIX_ALL, edit: workspaceEdit }]
    : []
}

/** Kinds are a hierarchy by dots: who asks for `source` wants `source.fixAll.wif` too. */
function wants(only: readonly string[] | undefined, kind: string): boolean {
  return !only || only.some(asked => asked === '' || kind === asked || kind.startsWith(`${asked}.`))
}
