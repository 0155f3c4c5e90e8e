/**
 * What is wrong with a condition that parses: every problem, not the first. Types are CEL's; a claim may hold
 * anything, so only what is wrong whatever the token says is reported.
 */

import type { Expr, Index, Literal, Macro, MapLiteral, Select, Ternary } from './ast.ts'
import { asString, checkCall } from './check-calls.ts'
import { checkBinary, checkUnary, needsBool } from './check-operators.ts'
import { typeConstants } from './conversions.ts'
import { alwaysFails } from './fold.ts'
import { unknownVariable } from './names.ts'
import type { Condition } from './parse.ts'
import { type Problem, problem, replacing } from './problem.ts'
import { heaviest } from './regex.ts'
import { macroNames } from './signatures.ts'
import { bool, common, conditionScope, dyn, type Scope, type Type, typeOf } from './types.ts'
import { limits64, named } from './values.ts'

/** What one check carries along. */
export interface Checker {
  source: string
  problems: Problem[]
  /** Of all patterns together: compiling them must not take longer than a keystroke may. */
  weight: number
  infer(expr: Expr, scope?: Scope): Type
}

/**
 * Every problem of a condition, in text order. None means that the service should take it: it is true or false,
 * reads nothing but `claims`, and calls standard functions with fitting arguments. Never throws.
 */
export function check({ source, expr }: Condition): Problem[] {
  const checker: Checker = {
    source,
    problems: [],
    weight: 0,
    infer: (part, scope = conditionScope) => infer(part, scope, checker),
  }
  const type = checker.infer(expr)
  if (type.kind !== 'bool' && type.kind !== 'dyn') {
    checker.problems.push(
      problem('not-boolean', expr, `The condition must be true or false, but this is ${named(type.kind)}`),
    )
  }
  if (checker.weight > heaviest) {
    checker.problems.push(
      problem('too-large', expr, 'The patterns together are too large to check: they repeat too much'),
    )
  }
  if (checker.problems.length === 0) checker.problems.push(...alwaysFails(expr))
  return checker.problems.sort((a, b) => a.start - b.start || a.end - b.end)
}

function infer(expr: Expr, scope: Scope, checker: Checker): Type {
  const of = (part: Expr) => infer(part, scope, checker)
  switch (expr.kind) {
    case 'literal':
      return literal(expr, checker)
    case 'identifier': {
      const type = scope.get(expr.name)
      if (type) return type
      if (typeConstants.includes(expr.name)) return { kind: 'type' }
      checker.problems.push(unknownVariable(expr, scope))
      return dyn
    }
    case 'select':
      return select(expr, of(expr.target), checker)
    case 'has':
      of(expr.field)
      return bool
    case 'index':
      return index(expr, of(expr.target), of(expr.index), checker)
    case 'list':
      return { kind: 'list', item: common(expr.items.map(of)) }
    case 'map':
      return map(expr, of, checker)
    case 'unary':
      return checkUnary(expr, of(expr.operand), checker)
    case 'binary':
      return checkBinary(expr, of(expr.left), of(expr.right), checker)
    case 'ternary':
      return ternary(expr, of, checker)
    case 'macro':
      return macro(expr, scope, checker)
    case 'call':
      // A macro's arguments are no values: `exists(list, x, …)` has one thing wrong, not three.
      return checkCall(expr, macroNames.includes(expr.name) ? [] : expr.args.map(of), checker)
    case 'method':
      return checkCall(expr, [of(expr.target), ...expr.args.map(of)], checker)
  }
}

function literal(expr: Literal, { problems }: Checker): Type {
  if (expr.type === 'int' && (expr.value > limits64.max || expr.value < limits64.min)) {
    const message = `\`${expr.text}\` does not fit into a 64-bit int`
    problems.push(problem('integer-range', expr, message))
  }
  return { kind: expr.type }
}

function select(expr: Select, target: Type, { problems }: Checker): Type {
  if (target.kind === 'map') return target.value
  if (target.kind === 'dyn') return dyn
  problems.push(problem('type', expr.nameSpan, `There is no field \`${expr.name}\` in ${named(target.kind)}`))
  return dyn
}

function index(expr: Index, target: Type, key: Type, { problems }: Checker): Type {
  const at = expr.index
  if (target.kind === 'list') {
    if (key.kind !== 'int' && key.kind !== 'dyn')
      problems.push(problem('key-type', at, `A list is indexed by an int, not by ${named(key.kind)}`))
    return target.item
  }
  if (target.kind === 'map') {
    if (key.kind === target.key.kind || key.kind === 'dyn' || target.key.kind === 'dyn') return target.value
    const text = target.key.kind === 'string' ? asString(at) : undefined
    const claims = expr.target.kind === 'identifier' && expr.target.name === 'claims'
    const keys = `${claims ? 'Claim names' : 'The keys of this map'} are ${target.key.kind}s`
    if (text === undefined) problems.push(problem('key-type', at, `${keys}, not ${key.kind}s`))
    else problems.push(problem('key-type', at, `${keys}: write \`[${text}]\``, replacing(at, text)))
    return target.value
  }
  if (target.kind !== 'dyn') {
    problems.push(problem('type', at, `Only a list or a map has items, not ${named(target.kind)}`))
  } else if (!['int', 'uint', 'double', 'string', 'bool', 'dyn'].includes(key.kind)) {
    problems.push(problem('key-type', at, `An index is an int or a string, not ${named(key.kind)}`))
  }
  return dyn
}

function map(expr: MapLiteral, of: (part: Expr) => Type, { problems }: Checker): Type {
  const keys = expr.entries.map(({ key }) => of(key))
  const values = expr.entries.map(({ value }) => of(value))
  for (const [i, key] of keys.entries()) {
    const at = expr.entries[i]?.key ?? expr
    if (!['int', 'uint', 'string', 'bool', 'dyn'].includes(key.kind))
      problems.push(problem('key-type', at, `A key is a string, an int or a bool, not ${named(key.kind)}`))
  }
  return { kind: 'map', key: common(keys), value: common(values) }
}

function ternary(expr: Ternary, of: (part: Expr) => Type, checker: Checker): Type {
  needsBool(expr.test, of(expr.test), '`?`', checker)
  const [yes, no] = [of(expr.yes), of(expr.no)]
  if (yes.kind === no.kind) return common([yes, no]).kind === 'dyn' ? typeOf(yes.kind) : yes
  if (yes.kind !== 'dyn' && no.kind !== 'dyn') {
    const message = `Both results of \`? :\` must be of one type: these are ${named(yes.kind)} and ${named(no.kind)}`
    checker.problems.push(problem('type', expr, message))
  }
  return dyn
}

function macro(expr: Macro, scope: Scope, checker: Checker): Type {
  const target = infer(expr.target, scope, checker)
  if (!['list', 'map', 'dyn'].includes(target.kind)) {
    const message = `\`${expr.name}\` works on a list or a map, not on ${named(target.kind)}`
    checker.problems.push(problem('type', expr.target, message))
  }
  const item = target.kind === 'list' ? target.item : target.kind === 'map' ? target.key : dyn
  const inner = new Map(scope).set(expr.variable.name, item)
  if (expr.condition) needsBool(expr.condition, infer(expr.condition, inner, checker), '`map`', checker)
  const body = infer(expr.body, inner, checker)
  if (expr.name === 'map') return { kind: 'list', item: body }
  needsBool(expr.body, body, `\`${expr.name}\``, checker)
  return expr.name === 'filter' ? { kind: 'list', item } : bool
}
