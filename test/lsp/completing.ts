/** Completion at the cursor of a fixture, in JSON and YAML: what is offered, and the text after one was chosen. */
import type {
  ClientCapabilities,
  CompletionContext,
  CompletionItem,
  TextEdit,
} from 'vscode-languageserver-protocol/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { CAPABLE, type Client } from './client.ts'
import { type Fixture, type Format, inFormat, marked } from './cursor.ts'

/** An editor that shows completions; without places to type in, so that the text is what is compared. */
export const COMPLETING: ClientCapabilities = {
  ...CAPABLE,
  textDocument: {
    ...CAPABLE.textDocument,
    completion: { completionItem: { insertTextModeSupport: { valueSet: [1, 2] } } },
  },
}

export const SNIPPETS: ClientCapabilities = {
  ...COMPLETING,
  textDocument: {
    ...COMPLETING.textDocument,
    completion: { completionItem: { snippetSupport: true, insertTextModeSupport: { valueSet: [1, 2] } } },
  },
}

/**
 * A YAML fixture as `format`. A property with the value `~~` is half typed: it has no colon yet. An empty value with
 * the cursor is one in JSON's quotes.
 */
export function halfTyped(yaml: string, format: Format): string {
  return inFormat(yaml, format).replace(/: "?~~"?/g, '')
}

export interface Offer {
  items: CompletionItem[]
  labels: string[]
  /** The text after choosing the item with this label, the first without one. */
  accept(label?: string): string
}

/** What is offered at the cursor of the text in `at`, a document that is open. */
export async function offered(
  client: Client,
  { at, texts }: Pick<Fixture, 'at' | 'texts'>,
  context: CompletionContext = { triggerKind: 1 },
): Promise<Offer> {
  const items: CompletionItem[] = await client.request('textDocument/completion', { ...at, context })
  const text = texts.get(at.textDocument.uri) ?? ''
  const labels = items.map(({ label }) => label)
  return {
    items,
    labels,
    accept(label = labels[0]) {
      const item = items.find(each => each.label === label)
      if (!item) throw new Error(`"${label}" is not among ${labels.join(', ')}`)
      return accepted(text, item)
    },
  }
}

/** `text` after `item` was chosen. */
export function accepted(text: string, { textEdit, additionalTextEdits = [] }: CompletionItem): string {
  const edits = [textEdit as TextEdit, ...additionalTextEdits]
  return TextDocument.applyEdits(TextDocument.create('', '', 0, text), edits)
}

/** Opens one text with a cursor, as it is. */
export function openText(
  client: Client,
  name: string,
  format: Format,
  source: string,
): Pick<Fixture, 'at' | 'texts'> {
  const cursor = marked(source)
  if (!cursor) throw new Error('The text has no $0')
  const uri = `file:///w/${name}.${format}`
  client.open(uri, format, cursor.text)
  return { at: { textDocument: { uri }, position: cursor.position }, texts: new Map([[uri, cursor.text]]) }
}
