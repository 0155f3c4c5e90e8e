import { type Connection, type TextDocumentContentChangeEvent, TextDocuments } from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { formatOf } from '../wif/relevance.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Log } from './log.ts'
import { uriKey } from './uri.ts'

/** The documents that are open in the editor; they shadow the files on the disk. */
export interface Documents {
  /** The open document, by any spelling of its uri. */
  get(uri: string): TextDocument | undefined
  /** The uris (keys) of all open documents. */
  keys(): string[]
  /** Whether the workspace has the document's text as it is now. */
  isTakenIn(key: string): boolean
  /**
   * Takes what was typed into the workspace. Done when somebody asks, not at each keystroke: several keystrokes then
   * cost one parse.
   * @returns whether findings in other files may be different now
   */
  takeIn(): boolean
}

/** What the rest of the server does when documents change; uris are keys. */
export interface DocumentEvents {
  changed(): void
  saved(key: string): void
  closed(key: string, document: TextDocument): void
}

/** Language ids whose documents are YAML but are not called so. */
const YAML_LANGUAGES = new Set([
  'helm',
  'kubernetes',
  'dockercompose',
  'github-actions-workflow',
  'azure-pipelines',
])

/** The format of a document by the editor's word for its language; undefined when only its name can tell. */
function formatOfLanguage(languageId: string): 'json' | 'yaml' | undefined {
  // Neovim writes `yaml.docker-compose`, `helm` comes with or without a suffix.
  const language = languageId.split('.', 1).join('')
  return YAML_LANGUAGES.has(language) ? 'yaml' : formatOf(language)
}

/**
 * `document` after changes whose ranges may lie outside of it. The library takes such an edit, but its table of lines
 * is wrong afterwards, and with it every later edit.
 */
export function updateCarefully(
  document: TextDocument,
  changes: readonly TextDocumentContentChangeEvent[],
  version: number,
): TextDocument {
  // Each change is about the text that the one before has left.
  return changes.reduce((before, change) => {
    if (!('range' in change)) return TextDocument.update(before, [change], version)
    const [start, end] = [change.range.start, change.range.end].map(at => before.offsetAt(at))
    const range = { start: before.positionAt(start ?? 0), end: before.positionAt(end ?? 0) }
    return TextDocument.update(before, [{ range, text: change.text }], version)
  }, document)
}

/** Keeps the text of open documents as the client edits them, and hands it to the workspace. */
export function createDocuments(
  connection: Connection,
  workspace: Workspace,
  log: Log,
  events: DocumentEvents,
): Documents {
  const documents = new TextDocuments({ create: TextDocument.create, update: updateCarefully })
  const open = new Map<string, TextDocument>()
  const dirty = new Set<string>()

  documents.onDidChangeContent(({ document }) => {
    const key = uriKey(document.uri)
    open.set(key, document)
    dirty.add(key)
    events.changed()
  })
  documents.onDidSave(({ document }) => events.saved(uriKey(document.uri)))
  documents.onDidClose(({ document }) => {
    const key = uriKey(document.uri)
    open.delete(key)
    dirty.add(key)
    events.closed(key, document)
  })
  documents.listen(connection)

  function takeIn(): boolean {
    let ripples = false
    for (const key of dirty) {
      dirty.delete(key)
      const document = open.get(key)
      try {
        const format = document && formatOfLanguage(document.languageId)
        if (workspace.update(key, 'editor', document?.getText(), format)) ripples = true
      } catch (error) {
        log.error('Reading a document', error)
      }
    }
    return ripples
  }

  return {
    get: uri => open.get(uriKey(uri)),
    keys: () => [...open.keys()],
    isTakenIn: key => !dirty.has(key),
    takeIn,
  }
}
