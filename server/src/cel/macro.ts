/** `all`, `exists`, `exists_one`, `filter` and `map`. Source: the CEL specification, "Macros". */

import type { Macro } from './ast.ts'
import { type Context, run, truth } from './run.ts'
import { type Fault, failure, isFault, kindOf, type MapValue, named, type Value } from './values.ts'

/** The value of a macro over a list, or over the keys of a map. */
export function runMacro(expr: Macro, context: Context): Value | Fault {
  const range = run(expr.target, context)
  if (isFault(range)) return range
  const items = itemsOf(range)
  if (isFault(items)) return items
  // The macro's variable hides one of the same name outside.
  const inner = { ...context, variables: new Map(context.variables) }
  const each = (item: Value) => {
    inner.variables.set(expr.variable.name, item)
    return inner
  }
  switch (expr.name) {
    case 'all':
      return quantifier(expr, items, each, false)
    case 'exists':
      return quantifier(expr, items, each, true)
    case 'exists_one':
      return exactlyOne(expr, items, each)
    case 'filter':
      return filter(expr, items, each)
    case 'map':
      return mapped(expr, items, each)
  }
}

function itemsOf(range: Value): Value[] | Fault {
  if (Array.isArray(range)) return range
  if (kindOf(range) !== 'map') return failure(`only a list or a map has items, not ${named(kindOf(range))}`)
  const { entries, open } = range as MapValue
  if (open) return { ...failure('not all claims are known'), cause: 'unknown' }
  return [...entries.values()].map(([key]) => key)
}

type Each = (item: Value) => Context

/** One item may decide although others have no value, as with `&&` and `||`. */
function quantifier(expr: Macro, items: Value[], each: Each, decisive: boolean): boolean | Fault {
  let doubt: Fault | undefined
  for (const item of items) {
    const value = truth(expr.body, each(item))
    if (value === decisive) return decisive
    if (typeof value === 'boolean') continue
    if (value.cause === 'budget') return value
    if (!doubt || value.cause === 'unknown') doubt = value
  }
  return doubt ?? !decisive
}

function exactlyOne(expr: Macro, items: Value[], each: Each): boolean | Fault {
  let count = 0
  for (const item of items) {
    const value = truth(expr.body, each(item))
    if (typeof value !== 'boolean') return value
    if (value) count++
  }
  return count === 1
}

function filter(expr: Macro, items: Value[], each: Each): Value[] | Fault {
  const kept: Value[] = []
  for (const item of items) {
    const value = truth(expr.body, each(item))
    if (typeof value !== 'boolean') return value
    if (value) kept.push(item)
  }
  return kept
}

function mapped(expr: Macro, items: Value[], each: Each): Value[] | Fault {
  const values: Value[] = []
  for (const item of items) {
    const context = each(item)
    const chosen = expr.condition ? truth(expr.condition, context) : true
    if (typeof chosen !== 'boolean') return chosen
    if (!chosen) continue
    const value = run(expr.body, context)
    if (isFault(value)) return value
    values.push(value)
  }
  return values
}
