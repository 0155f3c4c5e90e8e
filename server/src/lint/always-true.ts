import { claimPath, type Expr, type Literal } from '../cel/index.ts'
import { claimAt } from '../wif/claims.ts'
import { levelsOfClaim } from '../wif/providers/index.ts'
import type { Provider } from '../wif/providers/provider.ts'

/** What is known of all tokens of an issuer. */
export interface KnownTokens {
  provider: Provider | undefined
  /** What each has as `iss`. */
  issuer: string | undefined
}

/** Without these no token is exchanged at all (WIF reference, "JWT verification"). */
const REQUIRED = ['sub', 'iss', 'aud', 'exp', 'iat']

/** Whether `expr` is true of every token that the issuer signs, as far as can be told. */
export function isAlwaysTrue(expr: Expr, tokens: KnownTokens): boolean {
  switch (expr.kind) {
    case 'literal':
      return expr.value === true
    case 'has':
      return isAlwaysSent(claimPath(expr.field), tokens)
    case 'unary':
      return expr.op === '!' && isAlwaysFalse(expr.operand, tokens)
    case 'method':
      return acceptsAll(expr.name, expr.args[0]) && isAlwaysSent(claimPath(expr.target), tokens)
    case 'binary':
      return isTrueComparison(expr, tokens)
    default:
      return false
  }
}

type Binary = Extract<Expr, { kind: 'binary' }>

function isTrueComparison(expr: Binary, tokens: KnownTokens): boolean {
  const { op, left, right } = expr
  if (op === '&&') return isAlwaysTrue(left, tokens) && isAlwaysTrue(right, tokens)
  if (op === '||') return isAlwaysTrue(left, tokens) || isAlwaysTrue(right, tokens)
  if (op === 'in') return isName(left) && isAlwaysSent([String(left.value)], tokens) && isAll(right)
  const path = claimPath(left)
  if (op === '==') {
    if (path && path.length > 0 && claimPath(right)?.join('\n') === path.join('\n')) return true
    const [claim, value] =
      right.kind === 'literal' ? [path, right.value] : [claimPath(right), literalValue(left)]
    return claim?.join() === 'iss' && value !== undefined && value === tokens.issuer
  }
  return (
    asksForContent(op, left, right, tokens) ||
    asksForContent(FLIPPED[op] ?? op, right, left, tokens) ||
    (op === '>' && path?.join() === 'exp' && claimPath(right)?.join() === 'iat')
  )
}

function isAlwaysFalse(expr: Expr, tokens: KnownTokens): boolean {
  if (expr.kind === 'unary' && expr.op === '!') return isAlwaysTrue(expr.operand, tokens)
  if (expr.kind !== 'binary' || expr.op !== '==') return false
  return (
    asksForContent('!=', expr.left, expr.right, tokens) || asksForContent('!=', expr.right, expr.left, tokens)
  )
}

const FLIPPED: Partial<Record<Binary['op'], Binary['op']>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/** `claims.sub != ""`, `size(claims.sub) > 0`, `claims.exp > 0` */
function asksForContent(op: Binary['op'], part: Expr, literal: Expr, tokens: KnownTokens): boolean {
  const least = literalValue(literal)
  const counted = sized(part)
  const path = claimPath(counted ?? part)
  if (!path || !hasContent(path, tokens) || literal.kind !== 'literal') return false
  if (op === '!=') return least === '' || least === null || least === 0n
  if (op === '>') return least === '' || least === 0n
  return op === '>=' && least === 1n
}

function literalValue(expr: Expr): Literal['value'] | undefined {
  return expr.kind === 'literal' ? expr.value : undefined
}

/** What `size(…)` or `….size()` counts. */
function sized(expr: Expr): Expr | undefined {
  if (expr.kind === 'method' && expr.name === 'size') return expr.target
  return expr.kind === 'call' && expr.name === 'size' ? expr.args[0] : undefined
}

/** Whether every text passes: `startsWith("")`, `matches(".*")`. */
function acceptsAll(method: string, argument: Expr | undefined): boolean {
  const text = argument && literalValue(argument)
  if (typeof text !== 'string') return false
  if (method === 'matches') return /^\^?(?:\.[*+])?\$?$/.test(text)
  return text === '' && ['startsWith', 'endsWith', 'contains'].includes(method)
}

function isName(expr: Expr): expr is Literal {
  return expr.kind === 'literal' && expr.type === 'string'
}

function isAll(expr: Expr): boolean {
  return claimPath(expr)?.length === 0
}

function isAlwaysSent(path: string[] | undefined, { provider }: KnownTokens): boolean {
  if (!path || path.length === 0) return false
  if (path.length === 1 && REQUIRED.includes(path[0] ?? '')) return true
  // An optional object makes all that is in it optional.
  return provider !== undefined && path.every((_, i) => isSent(provider, path.slice(0, i + 1)))
}

function isSent(provider: Provider, path: string[]): boolean {
  const claim = claimAt(provider, path)
  return claim !== undefined && claim.about !== '' && !claim.optional
}

/** Of other claims some are sent although they are empty: GitHub's `head_ref` outside of pull requests. */
function hasContent(path: string[], tokens: KnownTokens): boolean {
  if (!isAlwaysSent(path, tokens)) return false
  if (path.length === 1 && REQUIRED.includes(path[0] ?? '')) return true
  const claim = tokens.provider && claimAt(tokens.provider, path)
  return claim !== undefined && levelsOfClaim(claim).length > 0
}
