import { createScanner, type JSONScanner } from 'jsonc-parser'
import type { Problem, Range } from './node.ts'
import { MAX_PROBLEMS } from './problems.ts'
import { isBlanked, isMasked, unmask } from './template.ts'

// `SyntaxKind` of jsonc-parser, which declares it as a const enum: not to be had when files are compiled one by one.
export const OPEN_BRACE = 1
export const CLOSE_BRACE = 2
export const OPEN_BRACKET = 3
export const CLOSE_BRACKET = 4
export const COMMA = 5
export const COLON = 6
export const NULL = 7
export const TRUE = 8
export const FALSE = 9
export const STRING = 10
export const NUMBER = 11
const FIRST_TRIVIA = 12
const LAST_TRIVIA = 15
export const UNKNOWN = 16
export const END = 17

/** The tokens of a JSON text, one at a time, blanks and comments read over. */
export interface Tokens extends Range {
  text: string
  /** `text` with its templates masked: what is read. */
  masked: string
  scanner: JSONScanner
  /** The current token. Its range is `start` to `end`. */
  kind: number
  problems: Problem[]
  /** A problem was found and nothing sound read since: what else seems wrong here follows from it. */
  lost: boolean
  /** A template stands outside of strings. */
  templated: boolean
}

/** The tokens of `masked`, at the first of them. */
export function tokens(text: string, masked: string): Tokens {
  const t: Tokens = {
    text,
    masked,
    scanner: createScanner(masked),
    kind: UNKNOWN,
    start: 0,
    end: 0,
    problems: [],
    lost: false,
    templated: isBlanked(text, masked),
  }
  advance(t)
  return t
}

/** What is wrong inside a token, by `ScanError` of jsonc-parser. */
const INSIDE: Record<number, string> = {
  1: 'This comment is never closed',
  2: 'This string is never closed',
  3: 'This number is not complete',
  4: 'Expected four hexadecimal digits after \\u',
  5: 'JSON knows no such escape; a backslash itself is written \\\\',
  6: 'A control character must be written as an escape, such as \\n or \\t',
}

/** Goes to the next token. */
export function advance(t: Tokens): void {
  do {
    skipBlanks(t)
    t.kind = t.scanner.scan()
    t.start = t.scanner.getTokenOffset()
    // Behind a comment that opens at the very end, the scanner is past it.
    t.end = Math.min(t.scanner.getPosition(), t.masked.length)
    const inside = INSIDE[t.scanner.getTokenError()]
    if (inside) complain(t, inside)
  } while (t.kind >= FIRST_TRIVIA && t.kind <= LAST_TRIVIA)
}

/** Goes past blanks. The scanner would do it, but copies every one of them, in half of all its time. */
function skipBlanks({ masked, scanner }: Tokens): void {
  const from = scanner.getPosition()
  let at = from
  for (let code = masked.charCodeAt(at); code === 32 || code === 10 || code === 13 || code === 9; ) {
    code = masked.charCodeAt(++at)
  }
  if (at > from) scanner.setPosition(at)
}

/** Notes a problem, at the current token if not told otherwise; only the first of those that have one cause. */
export function complain(
  t: Tokens,
  message: string,
  { start, end }: Range = t,
  kind?: { comma: true },
): void {
  if (!t.lost && t.problems.length < MAX_PROBLEMS) t.problems.push({ start, end, message, ...kind })
  t.lost = true
}

/** The string that the current token spells, with its templates as written. */
export function stringAt({ text, masked, scanner, start, end }: Tokens): string {
  const value = scanner.getTokenValue()
  return isMasked(value) ? unmask(value, masked.slice(start, end), text.slice(start, end)) : value
}
