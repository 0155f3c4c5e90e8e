/** Ways through the tree. */

import type { Expr } from './ast.ts'

/** The parts of `expr` in text order. A macro's variable is a name, not a part. */
export function children(expr: Expr): Expr[] {
  switch (expr.kind) {
    case 'identifier':
    case 'literal':
      return []
    case 'select':
      return [expr.target]
    case 'index':
      return [expr.target, expr.index]
    case 'call':
      return expr.args
    case 'method':
      return [expr.target, ...expr.args]
    case 'has':
      return [expr.field]
    case 'macro':
      return expr.condition ? [expr.target, expr.condition, expr.body] : [expr.target, expr.body]
    case 'list':
      return expr.items
    case 'map':
      return expr.entries.flatMap(e => [e.key, e.value])
    case 'unary':
      return [expr.operand]
    case 'binary':
      return [expr.left, expr.right]
    case 'ternary':
      return [expr.test, expr.yes, expr.no]
  }
}

/** Every node of `expr` and below, parents first. */
export function* walk(expr: Expr): Generator<Expr> {
  // A stack of our own: a generator that delegates to itself costs its depth at every step.
  const stack = [expr]
  for (let at = stack.pop(); at; at = stack.pop()) {
    yield at
    stack.push(...children(at).toReversed())
  }
}

/** The operands of a chain of one operator, `a && (b && c) && d`: parentheses do not break the chain. */
export function operands(expr: Expr, op: '&&' | '||'): Expr[] {
  const found: Expr[] = []
  const stack = [expr]
  for (let at = stack.pop(); at; at = stack.pop()) {
    if (at.kind === 'binary' && at.op === op) stack.push(at.right, at.left)
    else found.push(at)
  }
  return found
}

/** The top-level conjuncts: all of them must be true for the condition to be true. */
export function conjuncts(expr: Expr): Expr[] {
  return operands(expr, '&&')
}

/** Whether parentheses stand around `expr`. */
export function parenthesised(expr: Expr): boolean {
  return expr.outer.start !== expr.start
}
