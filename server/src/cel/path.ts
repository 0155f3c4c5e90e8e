/** Claims by name. */

import type { Expr } from './ast.ts'

/** The path of a claim that `expr` reads by fixed names, undefined for anything else. */
export function claimPath(expr: Expr): string[] | undefined {
  if (expr.kind === 'identifier') return expr.name === 'claims' ? [] : undefined
  const name = stepOf(expr)
  if (name === undefined || (expr.kind !== 'select' && expr.kind !== 'index')) return undefined
  const above = claimPath(expr.target)
  return above && [...above, name]
}

function stepOf(expr: Expr): string | undefined {
  if (expr.kind === 'select') return expr.name
  return expr.kind === 'index' && expr.index.kind === 'literal' && expr.index.type === 'string'
    ? expr.index.value
    : undefined
}

/** Whether two paths are the same. */
export function samePath(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i])
}
