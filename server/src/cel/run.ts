/**
 * Evaluates our tree. The library's own evaluation is not used: of about 1,050 applicable tests of the CEL
 * specification it fails 115, 39 of them by a wrong value, and nothing bounds its time or its memory.
 *
 * An error is a value (`Fault`), because in CEL `false && error` is false and `true || error` is true.
 */

import { entry, has, item } from './access.ts'
import { negate } from './arithmetic.ts'
import type { Binary, Expr, Index, Literal, MapLiteral, Select, Ternary } from './ast.ts'
import { call } from './call.ts'
import { typeConstants } from './conversions.ts'
import { runMacro } from './macro.ts'
import { type Operator, operate, weight } from './operate.ts'
import { claimPath } from './path.ts'
import { claim } from './print.ts'
import type { Pattern } from './regex.ts'
import {
  type Fault,
  failure,
  isFault,
  isOpen,
  keyOf,
  kindOf,
  limits64,
  type MapValue,
  named,
  unknown,
  type Value,
} from './values.ts'

/** What is known during one evaluation. */
export interface Context {
  variables: Map<string, Value>
  /** Units of work still allowed; about five million are a second. */
  budget: { left: number }
  patterns: Map<string, Pattern | Fault>
}

/** A context with `variables`, and no more than `budget` units of work. */
export function contextOf(variables: Record<string, Value>, budget: number): Context {
  return { variables: new Map(Object.entries(variables)), budget: { left: budget }, patterns: new Map() }
}

const spent: Pick<Fault, 'kind' | 'cause' | 'message'> = {
  kind: 'fault',
  cause: 'budget',
  message: 'The condition takes too long to evaluate',
}

/** The value of `expr`, or why it has none. Never throws; recursion is bounded by the limits of `parse`. */
export function run(expr: Expr, context: Context): Value | Fault {
  if (--context.budget.left < 0) return { ...spent, start: expr.start, end: expr.end }
  const value = evaluate(expr, context)
  // What a value is large by was work to make.
  context.budget.left -= cost(value)
  if (context.budget.left < 0) return { ...spent, start: expr.start, end: expr.end }
  return isFault(value) && value.end === 0 ? { ...value, start: expr.start, end: expr.end } : value
}

function cost(value: Value | Fault): number {
  if (typeof value === 'string' || value instanceof Uint8Array) return value.length >> 5
  return Array.isArray(value) ? value.length >> 1 : 0
}

function evaluate(expr: Expr, context: Context): Value | Fault {
  switch (expr.kind) {
    case 'literal':
      return literal(expr)
    case 'identifier':
      return variable(expr.name, context)
    case 'select':
    case 'index':
      return access(expr, context)
    case 'has': {
      const target = run(expr.field.target, context)
      return isFault(target) ? target : has(target, expr.field.name)
    }
    case 'list':
      return all(expr.items, context)
    case 'map':
      return map(expr, context)
    case 'unary': {
      const value = run(expr.operand, context)
      if (isFault(value)) return value
      if (expr.op === '-') return negate(value)
      return typeof value === 'boolean' ? !value : failure(`\`!\` needs a bool, not ${named(kindOf(value))}`)
    }
    case 'binary':
      return expr.op === '&&' || expr.op === '||'
        ? logical(expr, expr.op === '||', context)
        : operation(expr, expr.op, context)
    case 'ternary':
      return ternary(expr, context)
    case 'macro':
      return runMacro(expr, context)
    case 'call':
      return withArguments(expr.args, context, args => call(expr.name, 'function', args, context))
    case 'method':
      return withArguments([expr.target, ...expr.args], context, args =>
        call(expr.name, 'method', args, context),
      )
  }
}

function literal(expr: Literal): Value | Fault {
  if (expr.type === 'uint') return { kind: 'uint', value: expr.value }
  if (expr.type === 'int' && (expr.value > limits64.max || expr.value < limits64.min))
    return failure('the number does not fit into 64 bits')
  return expr.value
}

function variable(name: string, { variables }: Context): Value | Fault {
  const value = variables.get(name)
  if (value !== undefined) return value
  return typeConstants.includes(name) ? { kind: 'type', name } : failure(`there is no variable \`${name}\``)
}

/** All values, or the first fault. */
function all(exprs: Expr[], context: Context): Value[] | Fault {
  const values: Value[] = []
  for (const expr of exprs) {
    const value = run(expr, context)
    if (isFault(value)) return value
    values.push(value)
  }
  return values
}

function withArguments(
  exprs: Expr[],
  context: Context,
  then: (args: Value[]) => Value | Fault,
): Value | Fault {
  const args = all(exprs, context)
  if (isFault(args)) return args
  return args.some(isOpen) ? unknown() : then(args)
}

/** A field or an index of what `target` evaluates to. */
function access(expr: Select | Index, context: Context): Value | Fault {
  const target = run(expr.target, context)
  if (isFault(target)) return target
  const key = expr.kind === 'select' ? expr.name : run(expr.index, context)
  if (isFault(key)) return key
  if (Array.isArray(target)) return item(target, key)
  const path = claimPath(expr)
  return entry(target, key, path && claim(path))
}

function map(expr: MapLiteral, context: Context): Value | Fault {
  const entries: MapValue['entries'] = new Map()
  for (const entry of expr.entries) {
    const key = run(entry.key, context)
    if (isFault(key)) return key
    const value = run(entry.value, context)
    if (isFault(value)) return value
    const id = typeof key === 'number' ? undefined : keyOf(key)
    if (id === undefined) return failure(`${named(kindOf(key))} cannot be a key`)
    if (entries.has(id)) return failure('two entries have the same key')
    entries.set(id, [key, value])
  }
  return { kind: 'map', entries, open: false }
}

/** `&&` and `||`: one side may decide although the other has no value. `decisive` is true for `||`. */
function logical(expr: Binary, decisive: boolean, context: Context): boolean | Fault {
  const left = truth(expr.left, context)
  if (left === decisive || (typeof left !== 'boolean' && left.cause === 'budget')) return left
  const right = truth(expr.right, context)
  if (right === decisive || (typeof right !== 'boolean' && right.cause === 'budget')) return right
  if (typeof left === 'boolean') return right
  // What is not known may turn out to decide, so it outweighs an error.
  return typeof right !== 'boolean' && right.cause === 'unknown' ? right : left
}

/** `expr` as true or false. */
export function truth(expr: Expr, context: Context): boolean | Fault {
  const value = run(expr, context)
  if (typeof value === 'boolean' || isFault(value)) return value
  return { ...failure(`${named(kindOf(value))} is not true or false`), start: expr.start, end: expr.end }
}

function operation(expr: Binary, op: Operator, context: Context): Value | Fault {
  const values = all([expr.left, expr.right], context)
  if (isFault(values)) return values
  const [left = null, right = null] = values
  context.budget.left -= weight(left) + weight(right)
  return operate(op, left, right)
}

function ternary(expr: Ternary, context: Context): Value | Fault {
  const test = truth(expr.test, context)
  if (typeof test !== 'boolean') return test
  return run(test ? expr.yes : expr.no, context)
}
