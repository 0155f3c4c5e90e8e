/** What other languages write where CEL writes something else, and characters that CEL does not know. */

import { type Problem, problem, replacing } from './problem.ts'
import type { Place } from './syntax.ts'
import type { Token } from './tokens.ts'

const words: Record<string, string> = {
  and: '&&',
  or: '||',
  is: '==',
  eq: '==',
  equals: '==',
  ne: '!=',
  xor: '!=',
}
const infix = ['contains', 'startsWith', 'endsWith', 'matches']
const runs: Record<string, string> = { '=': '==', '&': '&&', '|': '||' }

/** A problem if the parser stopped at, or just after, another language's way to write it. */
export function foreign(place: Place): Problem | undefined {
  const { at, before } = place
  if (at?.kind === 'unknown') return operator(place, at) ?? character(place, at)
  if (before?.text.toLowerCase() === 'not') return not(place, before)
  if (at?.kind !== 'name' || before?.text === '.') {
    if (at?.text === '>' && before?.text === '<' && before.end === at.start)
      return instead({ ...before, end: at.end, text: '<>' }, '!=')
    return undefined
  }
  const word = at.text.toLowerCase()
  const next = place.tokens[place.index + 1]
  if (word === 'not' && next?.text === 'in') return notIn(place, at, next)
  if (word === 'in' && at.text !== 'in') return instead(at, 'in')
  const written = words[word]
  if (written) return instead(at, written)
  const name = infix.find(n => n.toLowerCase() === word)
  if (!name || !before) return undefined
  const fix =
    next?.kind === 'string'
      ? replacing({ start: before.end, end: next.end }, `.${name}(${next.text})`)
      : undefined
  return problem('foreign-syntax', at, `\`${at.text}\` is a method: write \`.${name}(…)\``, fix)
}

function instead(token: Pick<Token, 'start' | 'end' | 'text'>, text: string): Problem {
  return problem(
    'foreign-syntax',
    token,
    `\`${token.text}\` is not CEL: write \`${text}\``,
    replacing(token, text),
  )
}

/** `=`, `===`, `&`, `|`, `=~`: with all its neighbours of the same character. */
function operator({ source, at, before }: Place, token: Token): Problem | undefined {
  const written = runs[token.text]
  if (!written) return undefined
  let { start, end } = at ?? token
  if (before?.end === start && /^[=!&|<>]+$/.test(before.text)) start = before.start
  while (source[end] === token.text) end++
  if (source[end] === '~' || source[end] === '>') end++
  const text = source.slice(start, end)
  if (text === '=~') return problem('foreign-syntax', { start, end }, '`=~` is not CEL: write `.matches(…)`')
  const meant: Record<string, string> = { '=>': '>=', '=<': '<=', '!==': '!=' }
  return instead({ start, end, text }, meant[text] ?? written)
}

/** The tokens from `from` in one direction up to the next `&&`, `||`, `,`, `?`, `:` or unpaired bracket. */
function operandEnd(tokens: Token[], from: number, step: 1 | -1): Token | undefined {
  let depth = 0
  let last: Token | undefined
  for (let i = from; tokens[i]; i += step) {
    const text = tokens[i]?.text ?? ''
    const opens = step > 0 ? '([{' : ')]}'
    const closes = step > 0 ? ')]}' : '([{'
    if (opens.includes(text)) depth++
    else if (closes.includes(text) && --depth < 0) break
    if (depth === 0 && /^(?:&&|\|\||,|\?|:|and|or)$/i.test(text)) break
    last = tokens[i]
  }
  return last
}

/** `not a == b` is the negation of the comparison, so `!` alone would change the meaning. */
function not({ source, tokens, index }: Place, token: Token): Problem {
  const last = operandEnd(tokens, index, 1)
  const message = `\`${token.text}\` is not CEL: write \`!(…)\``
  if (!last) return problem('foreign-syntax', token, message)
  const operand = source.slice(token.end, last.end).trim()
  return problem(
    'foreign-syntax',
    token,
    message,
    replacing({ start: token.start, end: last.end }, `!(${operand})`),
  )
}

function notIn({ source, tokens, index }: Place, token: Token, next: Token): Problem {
  const span = { start: token.start, end: next.end }
  const message = `\`${token.text} in\` is not CEL: write \`!(… in …)\``
  const first = operandEnd(tokens, index - 1, -1)
  const last = operandEnd(tokens, index + 2, 1)
  if (!first || !last) return problem('foreign-syntax', span, message)
  const left = source.slice(first.start, token.start).trim()
  const right = source.slice(next.end, last.end).trim()
  return problem(
    'foreign-syntax',
    span,
    message,
    replacing({ start: first.start, end: last.end }, `!(${left} in ${right})`),
  )
}

const opening = '“„‟”«'
const closing = '”“»'
const single = '‘‚‛’'

function character({ source, before }: Place, token: Token): Problem | undefined {
  const code = `U+${(token.text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  if (/[\p{Zs}\p{Zl}\p{Zp}\p{Cf}\p{Cc}]/u.test(token.text))
    return problem(
      'syntax',
      token,
      `An invisible character (${code}) stands here: replace it with a space`,
      replacing(token, ' ', 'Replace it with a space'),
    )
  const quotes = opening.includes(token.text)
    ? [closing, '"']
    : single.includes(token.text)
      ? [single, "'"]
      : undefined
  if (quotes) {
    const [ends = '', plain = ''] = quotes
    const message = `\`${token.text}\` is a typographic quote: write \`${plain}\``
    const close = [...source.slice(token.end)].findIndex(c => ends.includes(c))
    if (close < 0) return problem('syntax', token, message, replacing(token, plain))
    const inner = source.slice(token.end, token.end + close)
    return problem(
      'syntax',
      token,
      message,
      replacing({ start: token.start, end: token.end + close + 1 }, `${plain}${inner}${plain}`),
    )
  }
  if (token.text === '#')
    return problem(
      'foreign-syntax',
      token,
      '`#` does not begin a comment in CEL: write `//`',
      replacing(token, '//'),
    )
  // After a dot it quotes a name: `syntax.ts` knows what to write.
  if (token.text === '`' && before?.text === '.') return undefined
  if (token.text === '`')
    return problem('syntax', token, 'Backticks are not available here: quote text with `"`')
  if (token.text === '\\')
    return problem(
      'syntax',
      token,
      '`\\` only stands inside a string: remove it',
      replacing(token, '', 'Remove `\\`'),
    )
  return problem(
    'syntax',
    token,
    `\`${token.text}\` is not CEL: remove it`,
    replacing(token, '', `Remove \`${token.text}\``),
  )
}
