/** Finds the facts of a condition; see `fact.ts` for what they are. */

import type { Expr, Literal, Macro, Method, Span } from './ast.ts'
import { type Bindings, itemOf, literalItems, literalsOf } from './bindings.ts'
import type { ClaimFact, Fact } from './fact.ts'
import { withinLiteral } from './literal.ts'
import { claimPath } from './path.ts'
import { shapeOf } from './pattern.ts'
import { operands, walk } from './walk.ts'

const never = Symbol('never true')
type Facts = Fact[] | typeof never

/** The facts of `expr`; none if it can never be true. */
export function factsOf(expr: Expr): Fact[] {
  const facts = demand(expr, true, new Map())
  return facts === never ? [] : facts
}

/** What holds whenever `expr` is `value`. */
function demand(expr: Expr, value: boolean, bindings: Bindings): Facts {
  switch (expr.kind) {
    case 'literal':
      return expr.type === 'bool' && expr.value !== value ? never : []
    case 'unary':
      return expr.op === '!' ? demand(expr.operand, !value, bindings) : other(expr)
    case 'binary':
      if (expr.op === '&&' || expr.op === '||') {
        const parts = operands(expr, expr.op)
        return (expr.op === '&&') === value
          ? every(parts, value, bindings)
          : any(
              expr,
              parts.map(p => [p, demand(p, value, bindings)]),
            )
      }
      return comparison(expr.op, expr.left, expr.right, expr, value, bindings)
    case 'ternary': {
      // Its test counts twice, which doubles with every `? :` within a test: one level is enough for people.
      if (expr.test.kind === 'ternary') return other(expr)
      const yes = both(demand(expr.test, true, bindings), demand(expr.yes, value, bindings))
      const no = both(demand(expr.test, false, bindings), demand(expr.no, value, bindings))
      return any(expr, [
        [expr.yes, yes],
        [expr.no, no],
      ])
    }
    case 'macro':
      return macro(expr, value, bindings)
    case 'has': {
      const path = claimPath(expr.field)
      return value && path ? [fact('present', path, expr, expr.field)] : other(expr)
    }
    case 'method':
      return value ? method(expr, bindings) : other(expr)
    case 'call': {
      const [target, ...args] = expr.args
      // `matches` may also be called as a function.
      if (value && expr.name === 'matches' && target)
        return method({ ...expr, kind: 'method', target, args }, bindings)
      return other(expr)
    }
    default:
      return other(expr)
  }
}

function both(a: Facts, b: Facts): Facts {
  return a === never || b === never ? never : [...a, ...b]
}

function every(parts: Expr[], value: boolean, bindings: Bindings): Facts {
  return parts.map(part => demand(part, value, bindings)).reduce(both, [])
}

/** Branches that can never be true do not widen. */
function any(expr: Expr, branches: [Expr, Facts][]): Facts {
  const possible = branches.flatMap(([{ outer }, facts]) => (facts === never ? [] : [{ ...outer, facts }]))
  const [only, ...more] = possible
  if (!only) return never
  return more.length === 0 ? only.facts : [{ kind: 'any', ...expr.outer, branches: possible }]
}

function fact(
  kind: ClaimFact['kind'],
  path: string[],
  expr: Expr,
  claim: Span,
  literals: Literal[] = [],
): ClaimFact {
  const values = literals.flatMap(({ value }) => (value instanceof Uint8Array ? [] : [value]))
  return { kind, path, values, claim: { start: claim.start, end: claim.end }, literals, ...expr.outer }
}

function other(expr: Expr): Fact[] {
  const paths = [...walk(expr)].map(claimPath)
  const path = paths.find(p => p && p.length > 0) ?? []
  return [{ kind: 'other', path, values: [], literals: [], ...expr.outer }]
}

function comparison(
  op: string,
  left: Expr,
  right: Expr,
  expr: Expr,
  value: boolean,
  bindings: Bindings,
): Facts {
  if (op === 'in') return value ? membership(left, right, expr, bindings) : other(expr)
  if (op !== '==' && op !== '!=') return other(expr)
  const equal = (op === '==') === value
  return (
    truth(left, right, equal, bindings) ??
    truth(right, left, equal, bindings) ??
    (equal ? equality(left, right, expr, bindings) : other(expr))
  )
}

/** `a.startsWith("x") == true`: the comparison says nothing of its own. A claim may also be a truth value itself. */
function truth(part: Expr, literal: Expr, equal: boolean, bindings: Bindings): Facts | undefined {
  if (literal.kind !== 'literal' || literal.type !== 'bool' || claimPath(part) || part.kind === 'identifier')
    return undefined
  return demand(part, literal.value === equal, bindings)
}

function equality(left: Expr, right: Expr, expr: Expr, bindings: Bindings): Facts {
  for (const [side, opposite] of [
    [left, right],
    [right, left],
  ] as const) {
    const literals = literalsOf(opposite, bindings)
    if (!literals) continue
    const path = claimPath(side)
    if (path) return [fact(literals.length === 1 ? 'equals' : 'in', path, expr, side, literals)]
    const item = itemOf(side, bindings)
    if (item) return [fact('includes', item.items, expr, item.claim, literals)]
  }
  return other(expr)
}

function membership(left: Expr, right: Expr, expr: Expr, bindings: Bindings): Facts {
  const list = literalItems(right)
  const path = claimPath(left)
  if (list && path)
    return list.length === 0 ? never : [fact(list.length === 1 ? 'equals' : 'in', path, expr, left, list)]
  const item = itemOf(left, bindings)
  if (list && item) return [fact('includes', item.items, expr, item.claim, list)]
  const container = claimPath(right)
  const literals = literalsOf(left, bindings)
  if (!container || !literals) return other(expr)
  const [name, ...more] = literals
  if (container.length > 0) return [fact('includes', container, expr, right, literals)]
  return name?.type === 'string' && more.length === 0
    ? [fact('present', [name.value], expr, expr)]
    : other(expr)
}

const textual = ['startsWith', 'endsWith', 'contains', 'matches'] as const

function method(expr: Method, bindings: Bindings): Facts {
  const kind = textual.find(name => name === expr.name)
  const path = claimPath(expr.target)
  const [arg, ...more] = expr.args
  const literals = arg && more.length === 0 ? literalsOf(arg, bindings) : undefined
  if (!kind || !path || !literals?.every(literal => literal.type === 'string')) return other(expr)
  if (kind !== 'matches') return [fact(kind, path, expr, expr.target, literals)]
  const [literal, ...others] = literals
  return literal && others.length === 0 ? [pattern(literal, path, expr)] : other(expr)
}

function pattern(literal: Literal, path: string[], expr: Method): ClaimFact {
  const source = String(literal.value)
  const { kind, values, anchoredStart, anchoredEnd, dots } = shapeOf(source)
  const plain = fact(kind === 'equals' && values.length > 1 ? 'in' : kind, path, expr, expr.target, [literal])
  const spans = dots.map(at => withinLiteral(literal, at, at + 1))
  return { ...plain, values, pattern: { source, anchoredStart, anchoredEnd, dots: spans } }
}

/** `["a", "b"].exists(x, x == claims.sub)` and `claims.groups.exists(g, g == "a")`. */
function macro(expr: Macro, value: boolean, bindings: Bindings): Facts {
  // Not all items fail it: there is one that does not.
  const exists = value ? expr.name === 'exists' || expr.name === 'exists_one' : expr.name === 'all'
  if (!exists) return other(expr)
  const literals = literalItems(expr.target)
  const path = claimPath(expr.target)
  if (literals?.length === 0) return never
  const binding = literals
    ? { literals }
    : path && path.length > 0
      ? { items: path, claim: expr.target }
      : undefined
  if (!binding || expr.variable.name === 'claims') return other(expr)
  return demand(expr.body, value, new Map(bindings).set(expr.variable.name, binding))
}
