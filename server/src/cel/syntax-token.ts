/** Syntax errors within one token: strings, escapes, numbers, reserved words. */

import type { Span } from './ast.ts'
import { type Problem, problem, replacing } from './problem.ts'
import type { Token } from './tokens.ts'

/** What the library threw: its code, and where. */
export interface Stop extends Span {
  code: string
}

/** The problem if the library stopped within a token. */
export function insideToken(source: string, tokens: Token[], stop: Stop): Problem | undefined {
  const text = source.slice(stop.start, stop.end)
  switch (stop.code) {
    case 'unterminated_string':
    case 'unterminated_triple_quoted_string':
    case 'newline_in_string': {
      const token = tokens.find(t => t.kind === 'unclosed' && t.end >= stop.start) ?? stop
      const quotes = /"""|'''|["']/.exec(source.slice(token.start))?.[0] ?? '"'
      return problem('syntax', token, `The string is not closed: add \`${quotes}\``)
    }
    case 'invalid_escape_sequence':
      return problem(
        'syntax',
        stop,
        `\`${text}\` is not an escape in a CEL string: write \`\\${text}\``,
        replacing({ start: stop.start, end: stop.start }, '\\', 'Double the backslash'),
      )
    case 'invalid_unicode_escape':
    case 'invalid_unicode_surrogate':
    case 'invalid_hex_escape':
    case 'invalid_octal_escape':
    case 'octal_escape_out_of_range':
    case 'bytes_unicode_escape':
      return problem(
        'syntax',
        stop,
        `\`${text}\` is not a complete escape: write \`\\n\`, \`\\x41\`, \`\\101\` or \`\\u0041\``,
      )
    case 'reserved_identifier':
      return problem('syntax', stop, `\`${text}\` is a reserved word of CEL and cannot name a variable`)
    case 'invalid_macro_argument':
      return problem('syntax', stop, 'The first argument names the variable: write a plain name such as `x`')
    case 'invalid_integer':
      return problem('integer-range', stop, `\`${text}\` does not fit into 64 bits`)
    case 'invalid_number':
      return problem('integer-range', stop, `\`${text}\` is too large for a number`)
    case 'invalid_hex_integer':
      return problem('syntax', stop, 'The number is not complete: write a digit after `x`')
    case 'invalid_exponent': {
      const number = tokens.findLast(t => t.kind === 'number' && t.start < stop.start)
      const span = { start: number?.start ?? stop.start, end: stop.start }
      return problem('syntax', span, 'The number is not complete: write a digit after `e`')
    }
  }
  return undefined
}
