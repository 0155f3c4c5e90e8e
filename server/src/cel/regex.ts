/**
 * RE2 patterns: the only file that calls the library `@bufbuild/re2`, which takes and refuses what Go's RE2
 * does (measured: the same as re2js, at a third of its size). Sentences for its errors are ours.
 */

import { RE2JS } from '@bufbuild/re2'
import type { Span } from './ast.ts'

export interface Pattern {
  /** Whether the pattern is found anywhere in `text`: CEL's `matches` is not anchored. */
  test(text: string): boolean
  /** Roughly the states of its automaton; time to match is at most this times the text's length. */
  weight: number
}

/** Why a pattern does not compile, and the part of it that is to blame. */
export interface PatternError extends Span {
  message: string
  /** True when it is only beyond our limit. */
  tooLarge: boolean
}

/** A weight that compiles in about 10 ms. What real conditions hold weighs under 500. */
export const heaviest = 4000

/** Compiles `source` as RE2. Never throws, and takes a few milliseconds at most. */
export function compile(source: string): { ok: true; pattern: Pattern } | { ok: false; error: PatternError } {
  const weight = weigh(source)
  if (weight > heaviest) {
    const message = 'The pattern is too large to check: it repeats too much'
    return { ok: false, error: { message, start: 0, end: source.length, tooLarge: true } }
  }
  try {
    const compiled = RE2JS.compile(source)
    return { ok: true, pattern: { test: text => compiled.test(text), weight } }
  } catch (error) {
    // `error` and `input` are the library's own words: what is wrong, and the piece of the pattern.
    const { error: reason = '', input } = error as { error?: string; input?: string | null }
    return { ok: false, error: explain(source, String(reason), input ?? '') }
  }
}

/** How large the automaton gets: `(a{1,100}){10}` has a thousand `a`. Rather too much than too little. */
function weigh(source: string): number {
  const open: number[] = []
  let [total, atom] = [0, 0]
  for (let i = 0; i < source.length; i++) {
    const c = source[i]
    const counts = c === '{' ? /^\{(\d+)(?:,(\d*))?\}/.exec(source.slice(i, i + 16)) : undefined
    if (counts) {
      const times = Math.max(Number(counts[1]), Number(counts[2] ?? 0), 1)
      total += atom * (times - 1)
      atom *= times
      i += counts[0].length - 1
    } else if (c === '(') {
      open.push(total)
    } else if (c === ')') {
      atom = total - (open.pop() ?? total) + 1
    } else {
      if (c === '\\') i++
      // A Unicode class is many ranges: it compiles some twenty times slower than a character.
      atom = c === '\\' && /[pP]/.test(source[i] ?? '') ? 20 : 1
      total += atom
    }
  }
  return total + 1
}

const known: [RegExp, string][] = [
  [/^\(\?[=!]/, 'RE2 has no lookahead: put what must not follow into a second condition with `!`'],
  [/^\(\?<[=!]/, 'RE2 has no lookbehind: put what must not precede into a second condition with `!`'],
  [/^\(\?P$|^\\[1-9]|^\\k/, 'RE2 has no backreferences: compare the parts with `==`'],
  [/^\(\?>/, 'RE2 has no atomic groups: write `(?:…)`, it never backtracks'],
  [/^[*+?}]\+$/, 'RE2 has no possessive repetition: drop the second `+`, it never backtracks'],
  [/^\(\?#/, 'RE2 has no comments in a pattern: remove it'],
  [/^\(\?[a-z]*x/, 'RE2 has no `x` flag: remove it, with the blanks it allows'],
  [/^\\Z/, '`\\Z` is not RE2: write `\\z`'],
  [/^\\[uU]/, '`\\u` is not RE2: write `\\x{…}`'],
  [/^\\[hHRGKXN]/, 'This escape is not RE2: write the characters in `[…]`'],
]

const reasons: Record<string, (piece: string) => string> = {
  'invalid escape sequence': piece => `\`${piece}\` is not an escape in RE2: remove the backslash`,
  'invalid repeat count': piece => `\`${piece}\` repeats too often or backwards: RE2 allows at most 1000`,
  'invalid nested repetition operator': piece => `\`${piece}\` repeats a repetition: remove one`,
  'missing argument to repetition operator': piece =>
    `\`${piece}\` has nothing to repeat: write \`\\${piece}\` for the character`,
  'missing closing ]': () => '`[` is never closed in the pattern: add `]`, or write `\\[` for the character',
  'missing closing )': () => '`(` is never closed in the pattern: add `)`, or write `\\(` for the character',
  'unexpected )': () => '`)` closes nothing in the pattern: remove it, or write `\\)` for the character',
  'trailing backslash at end of expression': () =>
    'The pattern ends in a lone `\\`: write `\\\\` for the character',
  'invalid character class range': piece => `\`${piece}\` is not a range of characters`,
  'invalid named capture': piece => `\`${piece}\` is not a named group: write \`(?P<name>…)\``,
}

function explain(source: string, reason: string, piece: string): PatternError {
  const sentence = known.find(([form]) => form.test(piece))?.[1]
  const message = sentence ?? reasons[reason]?.(piece) ?? `The pattern is not RE2: ${reason}`
  const whole = { start: 0, end: source.length }
  return { message, tooLarge: false, ...(blame(source, reason, piece) ?? whole) }
}

/** The library hands back a piece, often with all that follows it: find it, and keep what is to blame. */
function blame(source: string, reason: string, piece: string): Span | undefined {
  if (reason === 'unexpected )' || reason === 'missing closing )') {
    const at = unpaired(source)
    return at === undefined ? undefined : { start: at, end: at + 1 }
  }
  if (reason === 'trailing backslash at end of expression')
    return { start: source.length - 1, end: source.length }
  const start = piece === '' ? -1 : source.indexOf(piece)
  if (start < 0) return undefined
  if (reason === 'missing closing ]') return { start, end: start + 1 }
  const look = /^\(\?<[=!]/.exec(piece)
  return { start, end: start + (look ? look[0].length : piece.length) }
}

/** Where the first parenthesis stands that has no partner, outside of `[…]` and escapes. */
function unpaired(source: string): number | undefined {
  const open: number[] = []
  const token = /\\.|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]?|[()]/gsu
  for (const { 0: text, index } of source.matchAll(token)) {
    if (text === '(') open.push(index)
    else if (text === ')' && open.pop() === undefined) return index
  }
  return open.at(-1)
}
