/**
 * Cuts an expression into tokens: the library's tree has no ranges for parentheses, operators and method
 * names, and a good sentence about a syntax error needs what stands beside it. Never throws; linear.
 */

import type { Span } from './ast.ts'

export interface Token extends Span {
  kind: 'name' | 'number' | 'string' | 'operator' | 'unclosed' | 'unknown'
  text: string
}

// Kept in step with the library's lexer, which is the one that decides: test/cel/soundness.test.ts finds a difference.
const patterns: [Token['kind'], RegExp][] = [
  ['string', /[rRbB]?(?:"""(?:[^\\]|\\.)*?"""|'''(?:[^\\]|\\.)*?''')/sy],
  ['unclosed', /[rRbB]?(?:"""|''').*/sy],
  ['string', /[rRbB]?(?:"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')/sy],
  ['unclosed', /[rRbB]?["'][^\r\n]*/y],
  ['number', /0[xX][0-9a-fA-F]*[uU]?|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?[uU]?/y],
  ['name', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['operator', /==|!=|<=|>=|&&|\|\||[-+*/%<>!()[\]{}.,:?]/y],
  ['unknown', /./suy],
]
const blank = /(?:[ \t\r\n]+|\/\/[^\n]*)+/y

/** The tokens of `source`; blanks and comments are dropped, what no token begins with is `unknown`. */
export function scan(source: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < source.length) {
    const skipped = matchAt(blank, source, at)
    if (skipped) {
      at += skipped.length
      continue
    }
    for (const [kind, pattern] of patterns) {
      const text = matchAt(pattern, source, at)
      if (text === undefined) continue
      tokens.push({ kind, text, start: at, end: at + text.length })
      at += text.length
      break
    }
  }
  return tokens
}

function matchAt(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0]
}

const closers: Record<string, string> = { '(': ')', '[': ']', '{': '}' }

export interface Brackets {
  /** Token number of an opening bracket to that of its closing one. */
  pairs: Map<number, number>
  /** The first bracket that does not fit: opened and never closed, or closing nothing. */
  stray: { token: Token; opener: Token | undefined } | undefined
  depth: number
}

/** Pairs the brackets of `tokens`. */
export function pairBrackets(tokens: Token[]): Brackets {
  const pairs = new Map<number, number>()
  const open: number[] = []
  let depth = 0
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== 'operator') continue
    if (token.text in closers) {
      depth = Math.max(depth, open.push(i))
    } else if (token.text === ')' || token.text === ']' || token.text === '}') {
      const from = open.pop()
      const opener = from === undefined ? undefined : tokens[from]
      if (from === undefined || !opener || closers[opener.text] !== token.text)
        return { pairs, depth, stray: { token, opener } }
      pairs.set(from, i)
    }
  }
  const last = open.at(-1)
  const token = last === undefined ? undefined : tokens[last]
  return { pairs, depth, stray: token && { token, opener: undefined } }
}
