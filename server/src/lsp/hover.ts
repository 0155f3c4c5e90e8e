import { type Hover, MarkupKind, type TextDocumentPositionParams } from 'vscode-languageserver'
import { accessHover } from '../features/access-hover.ts'
import { celCursor } from '../features/cel-cursor.ts'
import { celHover } from '../features/cel-hover.ts'
import type { Piece } from '../features/hover/prose.ts'
import { fieldHover } from '../features/hover.ts'
import type { Range } from '../syntax/node.ts'
import { code } from '../text/markdown.ts'
import { placeOf } from './place.ts'
import type { Session } from './session.ts'

/** What is known of a place: in a condition of its names, elsewhere of the field and of who gets in by it. */
export function hoverAt(session: Session, params: TextDocumentPositionParams): Hover | null {
  const at = placeOf(session, params)
  if (!at) return null
  const { file, key, offset } = at
  const { workspace, convert } = session
  const hover = (range: Range, ...texts: string[]) => ({
    contents: { kind: MarkupKind.Markdown, value: texts.join('\n\n') },
    range: convert.range(file, range),
  })
  // What a condition is, nobody asks of each of its words.
  if (celCursor(workspace, key, offset)) {
    const name = celHover(workspace, key, offset)
    return name ? hover(name.range, name.text) : null
  }
  const field = fieldHover(workspace, key, offset)
  const access = accessHover(workspace, key, offset)
  const paragraphs =
    field?.paragraphs.map(pieces => pieces.map(piece => markdown(session, piece)).join('')) ?? []
  const found = field ?? access
  return found ? hover(found.range, ...paragraphs, ...(access ? [access.text] : [])) : null
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
