import { type Hover, MarkupKind, type TextDocumentPositionParams } from 'vscode-languageserver'
import { celCursor } from '../features/cel-cursor.ts'
import type { Piece } from '../features/hover/prose.ts'
import { fieldHover } from '../features/hover.ts'
import { code } from '../text/markdown.ts'
import { celHoverAt } from './cel.ts'
import { accessHoverAt } from './navigate.ts'
import { placeOf } from './place.ts'
import type { Session } from './session.ts'

/** What is known of a place: in a condition of its names, elsewhere of the field and of who gets in by it. */
export function hoverAt(session: Session, params: TextDocumentPositionParams): Hover | null {
  const at = placeOf(session, params)
  // What a condition is, nobody asks of each of its words.
  if (at && celCursor(session.workspace, at.key, at.offset)) return celHoverAt(session, params)
  const field = at && fieldHover(session.workspace, at.key, at.offset)
  const access = accessHoverAt(session, params)
  if (!at || !field) return access
  const text = field.paragraphs
    .map(pieces => pieces.map(piece => markdown(session, piece)).join(''))
    .join('\n\n')
  const more = access ? `\n\n${(access.contents as { value: string }).value}` : ''
  return {
    contents: { kind: MarkupKind.Markdown, value: text + more },
    range: session.convert.range(at.file, field.range),
  }
}

function markdown({ convert, runtime }: Session, piece: Piece): string {
  if (typeof piece === 'string') return piece
  if ('rule' in piece) {
    const page = runtime.pageUri(piece.rule)
    return page === undefined ? code(piece.title) : `[${piece.title}](${page})`
  }
  const { file, range } = piece.place
  const { line } = convert.range(file, range).start
  // A bracket would end the link.
  const uri = convert.clientUri(file).replace(/[()<>\s]/g, c => `%${c.charCodeAt(0).toString(16)}`)
  return `[${code(piece.title)}](${uri}#L${line + 1})`
}
