import type { Range } from '../node.ts'
import { lineEnd } from '../write/lines.ts'
import { type Quote, quoteAt } from '../write/values.ts'

/** The word at a cursor, by the characters around it alone: the text may be half typed and parse in no way. */
export interface Spot {
  /** The whole word, with its quotes; of no width where none is. Within one line. */
  word: Range
  quote: Quote
  /** Inside of brackets; all of JSON is. */
  flow: boolean
  /** In braces, where the name of a property is due. */
  isName: boolean
  /** Behind a colon, so that it can only be a value. */
  isValue: boolean
  /** A colon follows: it is a name. */
  isNamed: boolean
  /** It stands right behind a colon, where a blank belongs. */
  isGlued: boolean
  /** In brackets: the end of an entry before the word that has no comma behind it. */
  commaAt: number | undefined
  /** In brackets: another entry follows, and no comma before it. */
  needsComma: boolean
}

/** What the scanners read. */
export interface Scan {
  text: string
  format: 'json' | 'yaml'
  /** Of the cursor. */
  offset: number
}

/** What a scanner found: the spot, or that nothing can be typed there, or where it goes on. */
export type Found = { spot: Spot } | 'nothing' | { end: number }

/** A string in quotes that starts at `start`. Without a closing quote it ends where a word would. */
export function quoted({ text, format, offset }: Scan, start: number): Range & { closed: boolean } {
  const quote = quoteAt(text, start)
  const limit = lineEnd(text, start)
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at]
    if (format === 'json' && at >= limit) break
    if (character === '\\' && quote === '"') at++
    else if (character === quote && quote === "'" && text[at + 1] === quote) at++
    else if (character === quote) {
      // One at the cursor that goes on over lines, or ends where a word starts, rather lacks its quote.
      const isHere = start < offset && offset <= at
      if (isHere && (at > limit || /\w/.test(text[at + 1] ?? ''))) break
      return { start, end: at + 1, closed: true }
    }
  }
  const from = start < offset && offset <= limit ? offset : start + 1
  const rest = /^[^\s,[\]{}"']*/.exec(text.slice(from, limit))?.[0].length ?? 0
  return { start, end: from + rest, closed: false }
}

/** The first place from `at` on that is neither blank nor comment, on this or a further line; 'nothing' if the cursor is in a comment. */
export function skipTrivia({ text, format, offset }: Scan, from: number): number | 'nothing' {
  let at = from
  for (;;) {
    while (isSpace(text[at])) at++
    const end = commentEnd(text, format, at)
    if (end === at) return at
    if (at < offset && offset <= end) return 'nothing'
    at = end
  }
}

function commentEnd(text: string, format: Scan['format'], at: number): number {
  if (format === 'yaml')
    return text[at] === '#' && (at === 0 || isSpace(text[at - 1])) ? lineEnd(text, at) : at
  if (text.startsWith('//', at)) return lineEnd(text, at)
  if (!text.startsWith('/*', at)) return at
  const close = text.indexOf('*/', at + 2)
  return close === -1 ? text.length : close + 2
}

export function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t'
}

/** Whether the colon at `at`, behind a plain word of YAML, ends it. */
export function isSeparator(text: string, at: number, flow: boolean): boolean {
  const next = text[at + 1]
  return text[at] === ':' && (next === undefined || isSpace(next) || (flow && /[,[\]{}]/.test(next)))
}
