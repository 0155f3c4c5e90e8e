/** Which claims a condition reads, where, and what happens if one of them is absent. */

import type { Binary, Expr, Macro, Span, Ternary } from './ast.ts'
import { claimPath, samePath } from './path.ts'
import { children, operands } from './walk.ts'

export interface Read extends Span {
  /**
   * Names from the top: `['https://sts.amazonaws.com/', 'aws_account']`. Empty where `claims` is used as a whole,
   * or with a name that is only known when a token comes.
   */
  path: string[]
  /** Only asks whether the claim exists: `has(claims.x)`, `"x" in claims`. Cannot fail for its absence. */
  test: boolean
  /** The claim is known to exist where it is read: a test, or another read, stands before it. */
  guarded: boolean
  /** Not below `!` or `!=`, nor in the test of `? :`: what is asked of the claim must hold. */
  positive: boolean
  /** If the claim is absent the token is denied: no `||`, `!`, `? :`, `all`, `map` or `filter` stands above. */
  plainConjunct: boolean
  /** The part of the condition to put `has(…) && ` before, to guard this read and change nothing else. */
  scope: Span
}

type Guard = (path: string[]) => boolean

interface State {
  positive: boolean
  plain: boolean
  /** Each tells of a claim whether something above makes sure of it. */
  guards: Guard[]
  scope: Span
  /** Below what may turn false into true, such as `!` or `== false`: a guard must stand outside of it. */
  locked: boolean
}

/** Every read of a claim in `expr`, in text order. */
export function readsOf(expr: Expr): Read[] {
  const reads: Read[] = []
  visit(expr, { positive: true, plain: true, guards: [], scope: expr.outer, locked: false }, reads)
  return reads.sort((a, b) => a.start - b.start || b.end - a.end)
}

function visit(expr: Expr, state: State, reads: Read[]): void {
  const path = claimPath(expr)
  if (path) {
    reads.push(read(expr, path, false, state))
    return
  }
  const test = testedPath(expr)
  if (test) {
    reads.push(read(expr.kind === 'has' ? expr.field : expr, test, true, state))
    // `has(claims.a.b)` fails if `a` is absent.
    const above = expr.kind === 'has' ? expr.field.target : (expr as Binary).right
    if (test.length > 1) visit(above, { ...state, locked: true }, reads)
    return
  }
  if (expr.kind === 'binary') binary(expr, state, reads)
  else if (expr.kind === 'unary' && expr.op === '!') visit(expr.operand, negate(expr, state), reads)
  else if (expr.kind === 'ternary') ternary(expr, state, reads)
  else if (expr.kind === 'macro') macro(expr, state, reads)
  else for (const part of children(expr)) visit(part, { ...state, locked: true }, reads)
}

function read({ start, end }: Expr, path: string[], test: boolean, state: State): Read {
  const { positive, scope } = state
  const guarded = test || state.guards.some(guard => guard(path))
  return {
    path,
    start,
    end,
    test,
    guarded,
    positive,
    plainConjunct: state.plain,
    scope: { start: scope.start, end: scope.end },
  }
}

/** The claim whose existence `expr` asks for, undefined if it does not. */
function testedPath(expr: Expr): string[] | undefined {
  if (expr.kind === 'has') return claimPath(expr.field)
  if (
    expr.kind !== 'binary' ||
    expr.op !== 'in' ||
    expr.left.kind !== 'literal' ||
    expr.left.type !== 'string'
  )
    return undefined
  const map = claimPath(expr.right)
  // Of `claims.aud` it is the items that are asked for.
  return map?.length === 0 ? [expr.left.value] : undefined
}

function negate(expr: Expr, state: State): State {
  const scope = state.locked ? state.scope : expr.outer
  return { ...state, positive: !state.positive, plain: false, scope, locked: true }
}

function binary(expr: Binary, state: State, reads: Read[]): void {
  if (expr.op === '&&' || expr.op === '||') {
    logical(expr, expr.op, state, reads)
    return
  }
  const positive = expr.op === '!=' ? !state.positive : state.positive
  const inner = { ...state, positive, locked: true }
  visit(expr.left, inner, reads)
  visit(expr.right, inner, reads)
}

/** In `a && b` the part `b` only matters if `a` is true; and `a` only if `b` is not false whatever `a` may be. */
function logical(expr: Binary, op: '&&' | '||', state: State, reads: Read[]): void {
  const parts = operands(expr, op)
  const holds = op === '&&'
  // By claim the first part that makes sure of it, and the last that decides without it.
  const first = new Map<string, number>()
  const last = new Map<string, number>()
  for (const [i, part] of parts.entries()) {
    for (const key of keys(presentIf(part, holds))) if (!first.has(key)) first.set(key, i)
    for (const path of absentMakes(part, !holds)) last.set(keyOf(path), i)
  }
  for (const [i, part] of parts.entries()) {
    const guard: Guard = path => {
      const key = keyOf(path)
      return (first.get(key) ?? parts.length) < i || (last.get(key) ?? -1) > i
    }
    const scope = state.locked ? state.scope : part.outer
    // Of `(a && b) == false` nothing follows if `a` is absent: `b` may be false.
    const plain = state.plain && holds && !state.locked
    visit(part, { ...state, guards: [...state.guards, guard], scope, plain }, reads)
  }
}

function keyOf(path: string[]): string {
  return JSON.stringify(path)
}

/** Of every path, and of what is above it: where `a.b` exists `a` does. */
function keys(paths: string[][]): Set<string> {
  return new Set(paths.flatMap(path => path.map((_, i) => keyOf(path.slice(0, i + 1)))))
}

function ternary(expr: Ternary, state: State, reads: Read[]): void {
  const branch = (part: Expr, value: boolean): State => {
    const sure = keys(presentIf(expr.test, value))
    const guards = [...state.guards, (path: string[]) => sure.has(keyOf(path))]
    return { ...state, plain: false, scope: state.locked ? state.scope : part.outer, guards }
  }
  const scope = state.locked ? state.scope : expr.outer
  visit(expr.test, { ...state, positive: false, plain: false, scope, locked: true }, reads)
  visit(expr.yes, branch(expr.yes, true), reads)
  visit(expr.no, branch(expr.no, false), reads)
}

function macro(expr: Macro, state: State, reads: Read[]): void {
  visit(expr.target, { ...state, locked: true }, reads)
  // A variable of that name hides the claims.
  if (expr.variable.name === 'claims') return
  // Over an empty list the others never come to read it.
  const plain = state.plain && (expr.name === 'exists' || expr.name === 'exists_one')
  // More items that pass make `exists` and `all` true, the others anything.
  const locked = state.locked || (expr.name !== 'exists' && expr.name !== 'all')
  if (expr.condition) visit(expr.condition, { ...state, plain, locked }, reads)
  visit(expr.body, { ...state, plain, locked }, reads)
}

/** Claims that exist if `expr` is `value`: it would be an error otherwise, or the opposite. */
function presentIf(expr: Expr, value: boolean): string[][] {
  const test = testedPath(expr)
  if (test) return value ? [test] : [test.slice(0, -1)]
  if (expr.kind === 'unary' && expr.op === '!') return presentIf(expr.operand, !value)
  if (expr.kind !== 'binary' || (expr.op !== '&&' && expr.op !== '||')) return needed(expr)
  const parts = operands(expr, expr.op).map(part => presentIf(part, value))
  // All conjuncts of what is true are true; of what is false one of them is, and which is not known.
  return (expr.op === '&&') === value ? parts.flat() : common(parts)
}

/** Claims without which `expr` has no value at all. */
function needed(expr: Expr): string[][] {
  const path = claimPath(expr)
  if (path) return [path]
  // Below these not every part is evaluated, or not every part counts.
  if (expr.kind === 'has' || expr.kind === 'ternary') return []
  if (expr.kind === 'binary' && (expr.op === '&&' || expr.op === '||')) return []
  return (expr.kind === 'macro' ? [expr.target] : children(expr)).flatMap(needed)
}

function common([first = [], ...rest]: string[][][]): string[][] {
  return first.filter(path => rest.every(paths => paths.some(other => samePath(path, other))))
}

/** Claims whose absence alone makes `expr` be `value`. */
function absentMakes(expr: Expr, value: boolean): string[][] {
  const test = testedPath(expr)
  // Deeper it may also be the object above that is absent, which is an error.
  if (test) return value || test.length > 1 ? [] : [test]
  if (expr.kind === 'unary' && expr.op === '!') return absentMakes(expr.operand, !value)
  if (expr.kind !== 'binary' || (expr.op !== '&&' && expr.op !== '||')) return []
  return (expr.op === '||') === value ? operands(expr, expr.op).flatMap(part => absentMakes(part, value)) : []
}
