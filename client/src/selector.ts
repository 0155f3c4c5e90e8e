import { languages, type TextDocument } from 'vscode'
import { isConfigName, mayMatter } from '../../server/src/wif/relevance.ts'

/** Languages whose documents are JSON or YAML; package.json activates on the same. */
const LANGUAGES = ['json', 'jsonc', 'yaml', 'helm', 'kubernetes', 'dockercompose', 'github-actions-workflow']

/** Files and drafts. Not the editor's own settings, not the other side of a diff. */
const SCHEMES = ['file', 'untitled']

/** The documents that are the server's business. */
export const SELECTOR = SCHEMES.flatMap(scheme => LANGUAGES.map(language => ({ scheme, language })))

/** Whether the document may hold anything of federation, or configures the linter; without one no server is needed. */
export function isRelevant(document: TextDocument): boolean {
  if (languages.match(SELECTOR, document) === 0) return false
  return isConfigName(document.uri.path) || mayMatter(document.getText())
}
