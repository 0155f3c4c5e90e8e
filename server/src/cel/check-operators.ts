/** Checks operators: do their operands fit? */

import type { Binary, Expr, Unary } from './ast.ts'
import type { Checker } from './check.ts'
import { asString } from './check-calls.ts'
import { capital } from './print.ts'
import { problem, replacing } from './problem.ts'
import { bool, comparable, dyn, type Type } from './types.ts'
import { named } from './values.ts'

/** Adds a problem unless `expr`, of `type`, may be true or false; `what` asks for it. */
export function needsBool(expr: Expr, type: Type, what: string, { problems }: Checker): void {
  if (type.kind === 'bool' || type.kind === 'dyn') return
  problems.push(problem('type', expr, `${what} needs true or false, not ${named(type.kind)}`))
}

/** The type of `!a` or `-a`, where `a` has type `operand`. */
export function checkUnary(expr: Unary, operand: Type, checker: Checker): Type {
  if (expr.op === '!') {
    needsBool(expr.operand, operand, '`!`', checker)
    return bool
  }
  if (['int', 'double', 'dyn'].includes(operand.kind)) return operand
  checker.problems.push(problem('type', expr.operand, `\`-\` needs a number, not ${named(operand.kind)}`))
  return dyn
}

/** The type of `a op b`, where `a` has type `left` and `b` has `right`. */
export function checkBinary(expr: Binary, left: Type, right: Type, checker: Checker): Type {
  switch (expr.op) {
    case '&&':
    case '||':
      needsBool(expr.left, left, `\`${expr.op}\``, checker)
      needsBool(expr.right, right, `\`${expr.op}\``, checker)
      return bool
    case '==':
    case '!=':
      checkEquality(expr, left, right, checker)
      return bool
    case '<':
    case '<=':
    case '>':
    case '>=':
      checkOrder(expr, left, right, checker)
      return bool
    case 'in':
      checkIn(expr, left, right, checker)
      return bool
    default:
      return checkArithmetic(expr, left, right, checker)
  }
}

function checkEquality(expr: Binary, left: Type, right: Type, { problems }: Checker): void {
  if (comparable(left, right)) return
  const equal = expr.op === '==' ? 'never equal' : 'always unequal'
  const message = `${capital(named(left.kind))} and ${named(right.kind)} are ${equal}`
  problems.push(problem('type', expr, message))
}

const ordered = ['bool', 'int', 'uint', 'double', 'string', 'bytes', 'timestamp', 'duration', 'dyn']

function checkOrder(expr: Binary, left: Type, right: Type, { problems }: Checker): void {
  for (const [part, type] of [
    [expr.left, left],
    [expr.right, right],
  ] as const) {
    if (ordered.includes(type.kind)) continue
    problems.push(problem('type', part, `\`${expr.op}\` cannot order ${named(type.kind)}`))
    return
  }
  if (comparable(left, right)) return
  const message = `\`${expr.op}\` cannot compare ${named(left.kind)} with ${named(right.kind)}`
  problems.push(problem('type', expr, message))
}

function checkIn(expr: Binary, left: Type, right: Type, { problems, source }: Checker): void {
  if (right.kind === 'dyn') return
  if (right.kind === 'list') {
    if (comparable(left, right.item)) return
    const message = `${capital(named(left.kind))} is never in a list of ${right.item.kind}s`
    problems.push(problem('type', expr, message))
  } else if (right.kind === 'map') {
    if (comparable(left, right.key)) return
    const text = right.key.kind === 'string' ? asString(expr.left) : undefined
    const message = `The keys of this map are ${right.key.kind}s, not ${left.kind}s`
    problems.push(
      problem('key-type', expr.left, message, text === undefined ? undefined : replacing(expr.left, text)),
    )
  } else {
    const write = right.kind === 'string' ? ': write `.contains(…)`' : ''
    const texts = [expr.right, expr.left].map(part => source.slice(part.outer.start, part.outer.end))
    const fix =
      right.kind === 'string' && expr.right.kind === 'literal'
        ? replacing(expr, `${texts[0]}.contains(${texts[1]})`)
        : undefined
    problems.push(
      problem(
        'type',
        expr.right,
        `\`in\` needs a list or a map on its right, not ${named(right.kind)}${write}`,
        fix,
      ),
    )
  }
}

type Pair = [left: string, right: string, result: Type['kind']]

const numeric: Pair[] = (['int', 'uint', 'double'] as const).map(kind => [kind, kind, kind])
const sums: Pair[] = [
  ...numeric,
  ['string', 'string', 'string'],
  ['bytes', 'bytes', 'bytes'],
  ['list', 'list', 'list'],
  ['timestamp', 'duration', 'timestamp'],
  ['duration', 'timestamp', 'timestamp'],
  ['duration', 'duration', 'duration'],
]
const differences: Pair[] = [
  ...numeric,
  ['timestamp', 'timestamp', 'duration'],
  ['timestamp', 'duration', 'timestamp'],
  ['duration', 'duration', 'duration'],
]
const pairs: Record<string, Pair[]> = {
  '+': sums,
  '-': differences,
  '*': numeric,
  '/': numeric,
  '%': numeric.filter(([kind]) => kind !== 'double'),
}

function checkArithmetic(expr: Binary, left: Type, right: Type, { problems }: Checker): Type {
  const may = (type: Type, kind: string) => type.kind === 'dyn' || type.kind === kind
  const fitting = (pairs[expr.op] ?? []).filter(([l, r]) => may(left, l) && may(right, r))
  if (fitting.length === 0) {
    const both = `${named(left.kind)} and ${named(right.kind)}`
    const write = both.includes('string') && expr.op === '+' ? ': write `string(…)` around the other' : ''
    problems.push(problem('type', expr, `\`${expr.op}\` cannot combine ${both}${write}`))
    return dyn
  }
  const results = new Set(fitting.map(pair => pair[2]))
  const [result = 'dyn'] = results.size === 1 ? results : []
  if (result === 'list')
    return left.kind === 'list' && right.kind === 'list' && comparable(left.item, right.item)
      ? left
      : { kind: 'list', item: dyn }
  return result === 'map' ? dyn : { kind: result }
}
