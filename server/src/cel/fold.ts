/** What can be known of an expression without any claim. */

import type { Expr } from './ast.ts'
import { typeConstants } from './conversions.ts'
import { type Problem, problem } from './problem.ts'
import { type Context, contextOf, run, truth } from './run.ts'
import { isFault, type MapValue } from './values.ts'
import { children } from './walk.ts'

/** Far more than real constants need, and a few milliseconds at most. */
const budget = 5000

/**
 * True or false if `expr` is so for every token, or undefined. Knows nothing of claims, so `claims.x == claims.x`
 * is undefined; `claims.x || true` is true, because in CEL a side without a value does not matter there.
 */
export function constantOf(expr: Expr): boolean | undefined {
  const noneKnown: MapValue = { kind: 'map', entries: new Map(), open: true }
  const value = truth(expr, contextOf({ claims: noneKnown }, budget))
  return typeof value === 'boolean' ? value : undefined
}

/** Parts without claims whose evaluation can only fail, such as `1 / 0`. */
export function alwaysFails(expr: Expr): Problem[] {
  const context = contextOf({}, budget)
  const constants = new Set<Expr>()
  namesIn(expr, constants)
  return [...failures(expr, constants, context)]
}

/** The names that `expr` needs from outside; adds every part that needs none to `constants`. */
function namesIn(expr: Expr, constants: Set<Expr>): Set<string> {
  const names = new Set<string>()
  if (expr.kind === 'identifier' && !typeConstants.includes(expr.name)) names.add(expr.name)
  for (const part of children(expr)) {
    for (const name of namesIn(part, constants)) {
      const bound = expr.kind === 'macro' && part !== expr.target && name === expr.variable.name
      if (!bound) names.add(name)
    }
  }
  if (names.size === 0) constants.add(expr)
  return names
}

/** Only the largest constant parts are tried: inside, an error may be absorbed, as in `true || 1 / 0 == 1`. */
function* failures(expr: Expr, constants: Set<Expr>, context: Context): Generator<Problem> {
  if (!constants.has(expr)) {
    for (const part of children(expr)) yield* failures(part, constants, context)
    return
  }
  if (expr.kind === 'literal' || expr.kind === 'identifier') return
  const value = run(expr, context)
  if (!isFault(value) || value.cause !== 'error') return
  yield problem('always-error', value, `This can only fail: ${value.message}`)
}
