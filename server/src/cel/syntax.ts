/**
 * One sentence, with an exact range, for a syntax error. The library says where it stopped; what stands there
 * and beside it says why.
 */

import { foreign } from './foreign.ts'
import { claim } from './print.ts'
import { type Problem, problem, replacing } from './problem.ts'
import { insideToken, type Stop } from './syntax-token.ts'
import type { Brackets, Token } from './tokens.ts'

/** Where the parser stopped: the token there, undefined at the end, and the one before it. */
export interface Place {
  source: string
  tokens: Token[]
  index: number
  at: Token | undefined
  before: Token | undefined
}

/** The problem behind the library's error `stop` in `source`, of which `tokens` and `brackets` are known. */
export function syntaxProblem(source: string, tokens: Token[], brackets: Brackets, stop: Stop): Problem {
  const inside = insideToken(source, tokens, stop)
  if (inside) return inside
  const found = tokens.findIndex(t => t.end > stop.start)
  const index = found < 0 ? tokens.length : found
  const place = { source, tokens, index, at: tokens[index], before: tokens[index - 1] }
  return foreign(place) ?? afterDot(place) ?? misplaced(place, brackets, stop)
}

/** `claims."a"`, `claims.0`, `claims.in`, `claims.?a`: a name must follow the dot. */
function afterDot({ at, before, source, index, tokens }: Place): Problem | undefined {
  if (before?.text !== '.') return undefined
  if (!at) return problem('syntax', before, 'A name is missing after `.`')
  const span = { start: before.start, end: at.end }
  if (at.kind === 'string')
    return problem(
      'syntax',
      at,
      `A quoted name goes in brackets: write \`[${at.text}]\``,
      replacing(span, `[${at.text}]`),
    )
  if (at.kind === 'number')
    return problem(
      'syntax',
      at,
      `A number goes in brackets: write \`[${at.text}]\``,
      replacing(span, `[${at.text}]`),
    )
  if (at.kind === 'name') {
    const written = claim([at.text]).slice('claims'.length)
    return problem(
      'syntax',
      at,
      `\`${at.text}\` is a keyword of CEL: write \`${written}\``,
      replacing(span, written),
    )
  }
  if (at.text === '[')
    return problem(
      'syntax',
      before,
      '`.` before `[` is one too many: remove it',
      replacing(before, '', 'Remove `.`'),
    )
  if (at.text === '?') return problem('syntax', at, 'Optional access with `?` is not available: use `has()`')
  if (at.text === '`') {
    const close = tokens.findIndex((t, i) => i > index && t.text === '`')
    const end = tokens[close]?.end ?? at.end
    const written = claim([source.slice(at.end, end - 1)]).slice('claims'.length)
    const fix = close < 0 ? undefined : replacing({ start: before.start, end }, written)
    return problem(
      'syntax',
      { start: at.start, end },
      `Backticks are not available here: write \`${written}\``,
      fix,
    )
  }
  return problem('syntax', before, 'A name is missing after `.`')
}

const closing: Record<string, string> = { '(': ')', '[': ']', '{': '}' }

function misplaced(place: Place, { stray }: Brackets, stop: Stop): Problem {
  const { at, before } = place
  if (!at) return atEnd(place, stray?.token, stop)
  if (at.text === ')' || at.text === ']' || at.text === '}') {
    const opener = stray?.token === at ? (stray.opener ?? null) : undefined
    return atCloser(at, before, opener)
  }
  if (at.text === '{')
    return problem('syntax', at, '`{` after a name builds a message, which is not available here')
  if (at.text === ',')
    return problem('syntax', at, '`,` only separates arguments and list items: join conditions with `&&`')
  if (at.text === '?' && before?.text === '[')
    return problem('syntax', at, 'Optional access with `?` is not available: use `has()`')
  if (stop.code === 'unexpected_token') return missing(at, 'before')
  return gluedNumber(place, stop) ?? problem('syntax', at, `An operator is missing before \`${at.text}\``)
}

function atEnd({ before, tokens }: Place, unclosed: Token | undefined, stop: Stop): Problem {
  if (stop.code === 'unexpected_token') return missing(before, 'after')
  if (unclosed) {
    const { text } = unclosed
    return problem('syntax', unclosed, `\`${text}\` is never closed: add \`${closing[text]}\``)
  }
  const question = tokens.findLast(t => t.text === '?')
  return problem('syntax', question ?? stop, '`?` needs a `:`: write `condition ? value : other`')
}

/** @param opener the bracket that `at` does not fit, null if there is none, undefined if `at` does fit */
function atCloser(at: Token, before: Token | undefined, opener: Token | null | undefined): Problem {
  if (opener === null)
    return problem(
      'syntax',
      at,
      `\`${at.text}\` closes nothing: remove it`,
      replacing(at, '', `Remove \`${at.text}\``),
    )
  if (opener) {
    const text = closing[opener.text] ?? ''
    const message = `\`${at.text}\` does not close \`${opener.text}\`: write \`${text}\``
    return problem('syntax', at, message, replacing(at, text))
  }
  if (before?.text === '(')
    return problem(
      'syntax',
      { start: before.start, end: at.end },
      '`()` is empty: write an expression between',
    )
  return missing(before, 'after')
}

/** `12abc` and `1.5u`, of which the parser reads only the beginning. */
function gluedNumber({ source, at, before }: Place, stop: Stop): Problem | undefined {
  if (!at) return undefined
  const glued =
    at.kind === 'name' && before?.kind === 'number' && before.end === at.start ? before : undefined
  if (!glued && !(at.kind === 'number' && stop.start > at.start)) return undefined
  const span = { start: glued?.start ?? at.start, end: at.end }
  const text = source.slice(span.start, span.end)
  return problem(
    'syntax',
    span,
    `\`${text}\` is not a number: write \`"${text}"\``,
    replacing(span, `"${text}"`),
  )
}

function missing(token: Token | undefined, side: 'before' | 'after'): Problem {
  return problem('syntax', token ?? { start: 0, end: 0 }, `A value is missing ${side} \`${token?.text}\``)
}
