/** Where the characters of a string literal's value stand in the expression. */

import type { Literal, Span } from './ast.ts'

// A backslash and what belongs to it, or one UTF-16 unit.
const unit = /\\(?:[xX][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|.)|./gs
const opening = /^([rR]?)("""|'''|["'])/

/**
 * The range in the expression's text of the units `start` to `end` of a string literal's value, exclusive.
 * The whole literal if it is none of a string, or the range is not within it.
 */
export function withinLiteral(literal: Literal, start: number, end: number): Span {
  const units = unitsOf(literal)
  const [first, last] = [units[start], units[end - 1]]
  return first && last ? { start: first.start, end: last.end } : { start: literal.start, end: literal.end }
}

function unitsOf(literal: Literal): Span[] {
  const [open = '', prefix = '', quotes = ''] = opening.exec(literal.text) ?? []
  if (!quotes || literal.type !== 'string') return []
  const content = literal.text.slice(open.length, -quotes.length)
  const base = literal.start + open.length
  const spans: Span[] = []
  for (const { 0: text, index } of content.matchAll(prefix ? /./gs : unit)) {
    const span = { start: base + index, end: base + index + text.length }
    spans.push(span)
    // A character beyond U+FFFF has two units in the value, both of them from this one escape.
    if (text.startsWith('\\U') && Number.parseInt(text.slice(2), 16) > 0xffff) spans.push(span)
  }
  return spans
}
