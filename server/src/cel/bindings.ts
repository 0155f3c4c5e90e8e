/** What the variables of macros stand for, as far as facts can follow. */

import type { Expr, Literal, Span } from './ast.ts'

/** By name: one of several literals, or the items of a claim that is a list. */
export type Bindings = ReadonlyMap<string, { literals: Literal[] } | { items: string[]; claim: Span }>

/** The literals that `expr` may be: itself, or what a macro's variable runs through. */
export function literalsOf(expr: Expr, bindings: Bindings): Literal[] | undefined {
  if (expr.kind === 'literal') return expr.type === 'bytes' ? undefined : [expr]
  const bound = expr.kind === 'identifier' ? bindings.get(expr.name) : undefined
  return bound && 'literals' in bound ? bound.literals : undefined
}

/** The literals of a list that holds nothing else. */
export function literalItems(expr: Expr): Literal[] | undefined {
  if (expr.kind !== 'list') return undefined
  const literals = expr.items.filter(item => item.kind === 'literal')
  return literals.length === expr.items.length ? literals : undefined
}

/** The claim whose items `expr` runs through. */
export function itemOf(expr: Expr, bindings: Bindings): { items: string[]; claim: Span } | undefined {
  const bound = expr.kind === 'identifier' ? bindings.get(expr.name) : undefined
  return bound && 'items' in bound ? bound : undefined
}
