import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type CompletionParams,
  CompletionTriggerKind,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
} from 'vscode-languageserver'
import { celCursor } from '../features/cel-cursor.ts'
import { type Asked, type Completion, completions } from '../features/completion.ts'
import type { WifFile } from '../wif/entity.ts'
import { celCompletion } from './cel.ts'
import { placeOf } from './place.ts'
import type { Session } from './session.ts'

const KINDS: Record<Completion['kind'], CompletionItemKind> = {
  field: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  reference: CompletionItemKind.Reference,
  snippet: CompletionItemKind.Snippet,
}

/** What may be written at a place of a document. */
export function completionAt(session: Session, params: CompletionParams): CompletionItem[] | CompletionList {
  const found = placeOf(session, params)
  if (!found) return []
  const { file, key, offset } = found
  const asked = askedBy(params)
  if (celCursor(session.workspace, key, offset))
    // A blank ends no name of a condition.
    return asked.by === 'character' && asked.character === ' ' ? [] : celCompletion(session, params)
  const all = completions(session.workspace, key, offset, asked)
  const items = (some: readonly Completion[]) => some.map((item, i) => itemOf(session, file, item, i))
  if (all.length <= MAX_ITEMS) return items(all)
  const fitting = all.filter(({ filter, range: { start } }) =>
    filter.toLowerCase().includes(file.text.slice(start, offset).toLowerCase()),
  )
  return { isIncomplete: true, items: items(fitting.slice(0, MAX_ITEMS)) }
}

/** Of more than this, which only a large workspace has, those that fit what is typed; the editor asks again then. */
const MAX_ITEMS = 500

function itemOf({ convert, client }: Session, file: WifFile, item: Completion, i: number): CompletionItem {
  const { label, kind, detail, documentation, range, more, filter } = item
  const edits = more.map(edit => ({ range: convert.range(file, edit), newText: edit.text }))
  const written = client.asIs ? item : unindented(item, file.text)
  const isSnippet = client.snippets && item.stops.length > 0
  return {
    label,
    kind: KINDS[kind],
    ...(detail !== '' && { detail }),
    // An id says little to people: what it is called does.
    ...(client.labelDetails &&
      kind === 'reference' &&
      detail !== '' && { labelDetails: { description: detail } }),
    ...(documentation !== '' && { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
    filterText: filter,
    sortText: String(i).padStart(4, '0'),
    ...(isSnippet && { insertTextFormat: InsertTextFormat.Snippet }),
    ...(client.asIs && { insertTextMode: InsertTextMode.asIs }),
    textEdit: {
      range: convert.range(file, range),
      newText: isSnippet ? asSnippet(written) : written.text,
    },
    ...(edits.length > 0 && { additionalTextEdits: edits }),
  }
}

function askedBy({ context }: CompletionParams): Asked {
  return context?.triggerKind === CompletionTriggerKind.TriggerCharacter &&
    context.triggerCharacter !== undefined
    ? { by: 'character', character: context.triggerCharacter }
    : { by: 'person' }
}

type Written = Pick<Completion, 'text' | 'stops'>

/** As a snippet of the protocol, whose places to type in are numbered in their order. */
function asSnippet({ text, stops }: Written): string {
  const escaped = (part: string) => part.replace(/[\\$]/g, '\\$&')
  let snippet = ''
  let done = 0
  for (const [i, { start, end }] of stops.entries()) {
    const name = text.slice(start, end)
    snippet +=
      escaped(text.slice(done, start)) +
      (name === '' ? `$${i + 1}` : `\${${i + 1}:${escaped(name).replaceAll('}', '\\}')}}`)
    done = end
  }
  return snippet + escaped(text.slice(done))
}

/** For an editor that gives further lines the indentation of the first: without that. */
function unindented({ text, stops, range }: Completion, file: string): Written {
  const indent =
    /^[ \t]*/.exec(file.slice(file.lastIndexOf('\n', range.start - 1) + 1, range.start))?.[0] ?? ''
  if (indent === '' || !text.includes('\n')) return { text, stops }
  const pieces = text.split(`\n${indent}`)
  let removed = 0
  let at = 0
  const cuts = pieces.slice(0, -1).map(piece => {
    at += piece.length + 1 + indent.length
    removed += indent.length
    return { at, removed }
  })
  const moved = (offset: number) => offset - (cuts.findLast(cut => cut.at <= offset)?.removed ?? 0)
  return {
    text: pieces.join('\n'),
    stops: stops.map(({ start, end }) => ({ start: moved(start), end: moved(end) })),
  }
}
