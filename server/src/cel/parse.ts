/**
 * Text to tree. The only file that calls the library `@marcbachmann/cel-js`, and only its parser: its checker
 * stops at the first problem, and its evaluation is not CEL's in too many places (see README.md).
 */

import { Environment, type ParseError } from '@marcbachmann/cel-js'
import type { Expr } from './ast.ts'
import { convert } from './convert.ts'
import { type Problem, problem, replacing } from './problem.ts'
import { syntaxProblem } from './syntax.ts'
import type { Stop } from './syntax-token.ts'
import { type Brackets, pairBrackets, scan, type Token } from './tokens.ts'
import { parenthesised, walk } from './walk.ts'

/**
 * What a condition may have. A token is at most 16 KiB, real conditions are under 1 KiB; these keep every later
 * walk, all of them recursive, inside the stack and inside a keystroke's time.
 */
export const limits = { length: 8192, depth: 64, nodes: 2000, items: 500 } as const

const environment = new Environment({
  unlistedVariablesAreDyn: true,
  limits: {
    maxDepth: limits.depth,
    maxAstNodes: limits.nodes,
    maxListElements: limits.items,
    maxMapEntries: limits.items,
  },
})

/** A condition that parses. */
export interface Condition {
  source: string
  expr: Expr
}

export type Parsed = ({ ok: true } & Condition) | { ok: false; problem: Problem }

/**
 * Reads `source` as one CEL expression. Never throws.
 * @returns the tree, or the first syntax error; a problem with code `too-large` or `unsupported` means that
 *   nothing is known about the expression, not that it is wrong
 */
export function parse(source: string): Parsed {
  if (source.length > limits.length) return tooLarge(source, `over ${limits.length / 1024} KiB`)
  const tokens = scan(source)
  if (tokens.length === 0) {
    return failed(
      problem(
        'empty',
        { start: 0, end: source.length },
        'The condition is empty: write an expression or remove it',
      ),
    )
  }
  const brackets = pairBrackets(tokens)
  if (Math.max(brackets.depth, longestUnary(tokens)) > limits.depth)
    return tooLarge(source, `nested over ${limits.depth} deep`)
  const unsupported = tokens.map(unreadable).find(p => p)
  if (unsupported) return failed(unsupported)
  try {
    const { ast } = environment.parse(source)
    return strict(convert(ast, source, tokens, brackets), source, tokens)
  } catch (error) {
    return stopped(source, tokens, brackets, error)
  }
}

function failed(found: Problem): Parsed {
  return { ok: false, problem: found }
}

function tooLarge(source: string, why: string): Parsed {
  return failed(
    problem('too-large', { start: 0, end: source.length }, `The condition is too large to check: ${why}`),
  )
}

/** `!!!!…` is not nested by brackets, yet the parser recurses into it. */
function longestUnary(tokens: Token[]): number {
  let [longest, run] = [0, 0]
  for (const { text } of tokens) {
    run = text === '!' || text === '-' ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}

function stopped(source: string, tokens: Token[], brackets: Brackets, error: unknown): Parsed {
  const { code, range, node } = error as Partial<ParseError>
  // A RangeError is the stack's end: the limits above should keep us from it, a small stack may not.
  if (code === undefined || code === 'limit_exceeded' || !range) return tooLarge(source, 'too many parts')
  // The library's range of `x.y` begins at `y`; its node knows better.
  const stop: Stop = { code, start: Math.min(range.start, node?.start ?? range.start), end: range.end }
  return failed(syntaxProblem(source, tokens, brackets, stop))
}

/** CEL that the library cannot read, or misreads: better to say so than to go on with a wrong value. */
function unreadable(token: Token, i: number, tokens: Token[]): Problem | undefined {
  const [, prefix = '', quote = ''] = /^([rRbB]?)("""|'''|["'])/.exec(token.text) ?? []
  if (/^[bB]$/.test(prefix) && /[^\p{ASCII}]/u.test(token.text))
    return problem(
      'unsupported',
      token,
      'Bytes beyond ASCII cannot be checked here: write `\\xc3\\xbf` for `ÿ`',
    )
  if (/^[rR]$/.test(prefix) && token.text.slice(1 + quote.length, -quote.length).includes(`\\${quote}`))
    return problem(
      'unsupported',
      token,
      'A raw string with `\\` before its quote cannot be checked here: use the other quotes',
    )
  const before = tokens[i - 1]
  if (before?.end !== token.start) return undefined
  if (quote && /^(?:br|rb)$/i.test(before.text))
    return problem(
      'unsupported',
      { start: before.start, end: token.end },
      'Raw bytes cannot be checked here: write `b"…"` with double backslashes',
    )
  if (before.text === '.' && token.kind === 'number' && !follows(tokens[i - 2])) {
    const span = { start: before.start, end: token.end }
    return problem(
      'unsupported',
      span,
      `\`.${token.text}\` cannot be checked here: write \`0.${token.text}\``,
      replacing(span, `0.${token.text}`),
    )
  }
  return undefined
}

/** Whether a dot after `token` selects a field. */
function follows(token: Token | undefined): boolean {
  return (
    token !== undefined && (token.kind === 'name' || token.kind === 'string' || /^[)\]}]$/.test(token.text))
  )
}

/** What the library lets pass and CEL's grammar does not. */
function strict(expr: Expr, source: string, tokens: Token[]): Parsed {
  const comma = tokens.find((t, i) => t.text === ',' && tokens[i + 1]?.text === ')')
  if (comma)
    return failed(
      problem(
        'syntax',
        comma,
        '`,` before `)` is one too many: remove it',
        replacing(comma, '', 'Remove `,`'),
      ),
    )
  for (const at of walk(expr)) {
    const part = at.kind === 'ternary' ? at.yes : at.kind === 'unary' ? at.operand : undefined
    if (!part || part.kind !== at.kind || parenthesised(part)) continue
    // `!!a` and `--a` are CEL, `!-a` is not.
    if (part.kind === 'unary' && at.kind === 'unary' && part.op === at.op) continue
    const message = `Parentheses are missing around \`${source.slice(part.start, part.end)}\``
    const fix = replacing(part, `(${source.slice(part.start, part.end)})`, 'Add parentheses')
    return failed(problem('syntax', part, message, fix))
  }
  return { ok: true, source, expr }
}
