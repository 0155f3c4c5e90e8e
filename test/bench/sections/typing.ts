import { TextDocument } from 'vscode-languageserver-textdocument'
import { rules } from '../../../server/src/rules/index.ts'
import { createWorkspace } from '../../../server/src/workspace/workspace.ts'
import { latencies } from '../measure.ts'

/** Somebody who types one character and takes it away again, over and over, at one place of a document. */
export function typist(name: string, text: string, at: number) {
  let document = TextDocument.create(
    `file:///bench/${name}`,
    name.endsWith('.json') ? 'json' : 'yaml',
    1,
    text,
  )
  const start = document.positionAt(at)
  const after = { line: start.line, character: start.character + 1 }
  let typed = false
  /** The next change, as an editor sends it. */
  const change = () => {
    typed = !typed
    return typed ? { range: { start, end: start }, text: 'x' } : { range: { start, end: after }, text: '' }
  }
  /** The document after the next change. */
  function next(): TextDocument {
    document = TextDocument.update(document, [change()], document.version + 1)
    return document
  }
  return { document: () => document, change, next }
}

/** One keystroke, and the findings of the file as the linter then has them. */
export function inProcess(name: string, text: string, at: number, workspace = createWorkspace(rules)) {
  const typing = typist(name, text, at)
  const format = name.endsWith('.json') ? 'json' : 'yaml'
  const { uri } = typing.document()
  workspace.update(uri, 'editor', text, format)
  workspace.findings(uri)
  return () => {
    workspace.update(uri, 'editor', typing.next().getText(), format)
    return workspace.findings(uri)
  }
}

/** Keystrokes in one round. */
export const STROKES = 40

/** A contender whose one turn of work is `stroke`. Short ones need more turns until garbage collection evens out. */
export function strokes(stroke: () => unknown, count = STROKES) {
  return () => latencies(count, stroke)
}
