import { languages, type TextDocument, workspace } from 'vscode'
import { isConfigName, mayMatter } from '../../server/src/wif/relevance.ts'

/** Languages whose documents are JSON or YAML; package.json activates on the same. */
const LANGUAGES = ['json', 'jsonc', 'yaml', 'helm', 'kubernetes', 'dockercompose', 'github-actions-workflow']

/** Files and drafts. Not the editor's own settings, not the other side of a diff. */
const SCHEMES = ['file', 'untitled', 'vscode-vfs', 'vscode-remote']

/** The documents that are the server's business: those on a disk, and those of folders that only the editor sees into. */
export function selector(): { scheme: string; language: string }[] {
  const own = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme)
  return [...new Set([...SCHEMES, ...own])].flatMap(scheme =>
    LANGUAGES.map(language => ({ scheme, language })),
  )
}

/** Whether the document may hold anything of federation, or configures the linter; without one no server is needed. */
export function isRelevant(document: TextDocument): boolean {
  if (languages.match(selector(), document) === 0) return false
  return isConfigName(document.uri.path) || mayMatter(document.getText())
}
