/** Checks calls: does the function exist, and do its arguments fit? */

import type { Call, Expr, Literal, Method } from './ast.ts'
import type { Checker } from './check.ts'
import { overloadsOf } from './functions.ts'
import { withinLiteral } from './literal.ts'
import { unknownFunction } from './names.ts'
import type { Overload } from './overload.ts'
import { claimPath } from './path.ts'
import { claim, quote } from './print.ts'
import { problem, replacing } from './problem.ts'
import { compile, heaviest } from './regex.ts'
import { dyn, type Type, typeOf } from './types.ts'
import { either, named } from './values.ts'

/** The type of a call whose arguments, the receiver first, have `types`. Adds problems to `checker`. */
export function checkCall(expr: Call | Method, types: Type[], checker: Checker): Type {
  const { problems, source } = checker
  const style = expr.kind === 'call' ? 'function' : 'method'
  const parts = expr.kind === 'call' ? expr.args : [expr.target, ...expr.args]
  if (expr.kind === 'call' && expr.name === 'has') return checkHas(expr, checker)
  const candidates = overloadsOf(expr.name, style)
  if (candidates.length === 0) {
    problems.push(unknownFunction(expr, source))
    return dyn
  }
  const counted = candidates.filter(entry => entry.params.length === types.length)
  if (counted.length === 0) {
    const offset = style === 'method' ? 1 : 0
    const allowed = [...new Set(candidates.map(entry => entry.params.length - offset))]
    const message = `\`${expr.name}\` takes ${allowed.join(' or ')} ${allowed.at(-1) === 1 ? 'argument' : 'arguments'}, not ${expr.args.length}`
    problems.push(problem('arguments', expr, message))
  } else if (!counted.some(entry => fits(entry, types))) {
    misfit(expr, parts, types, counted, checker)
  } else if (expr.name === 'matches') {
    checkPattern(parts.at(-1), checker)
  }
  const results = new Set(counted.filter(entry => fits(entry, types)).map(entry => entry.result))
  const [result] = results
  return result && results.size === 1 ? typeOf(result) : dyn
}

function fits({ params }: Overload, types: Type[]): boolean {
  return params.every((param, i) => param === 'dyn' || types[i]?.kind === 'dyn' || types[i]?.kind === param)
}

/** Blames the first argument that no overload takes there. */
function misfit(
  expr: Call | Method,
  parts: Expr[],
  types: Type[],
  candidates: Overload[],
  checker: Checker,
): void {
  const at = Math.max(...candidates.map(entry => firstMisfit(entry, types)))
  const [part, type] = [parts[at], types[at]]
  if (!part || !type) return
  const wanted = either(candidates.map(entry => entry.params[at] ?? 'dyn'))
  if (expr.kind === 'method' && at === 0) {
    const whole = part.kind === 'identifier' && part.name === 'claims'
    const what = whole ? '`claims`, the map of all: name a claim before it' : named(type.kind)
    checker.problems.push(problem('type', part, `\`${expr.name}\` works on ${wanted}, not on ${what}`))
    return
  }
  const message = `\`${expr.name}\` takes ${wanted}, not ${named(type.kind)}`
  const text = wanted === 'a string' ? asString(part) : undefined
  if (text === undefined) checker.problems.push(problem('type', part, message))
  else checker.problems.push(problem('type', part, `${message}: write \`${text}\``, replacing(part, text)))
}

function firstMisfit({ params }: Overload, types: Type[]): number {
  return params.findIndex(
    (param, i) => param !== 'dyn' && types[i]?.kind !== 'dyn' && types[i]?.kind !== param,
  )
}

/** A literal number or truth value as the string of the same letters. */
export function asString(expr: Expr): string | undefined {
  const simple = expr.kind === 'literal' && ['int', 'uint', 'double', 'bool'].includes(expr.type)
  return simple ? quote(expr.text.replace(/u$/i, '')) : undefined
}

/** `has` with anything but a field: only `has(claims.name)` is CEL. */
function checkHas(expr: Call, { problems, infer }: Checker): Type {
  const [field, ...more] = expr.args
  for (const arg of expr.args) infer(arg)
  const message = '`has` takes one claim, written with a dot: `has(claims.name)`'
  const path = field && more.length === 0 && field.kind === 'index' ? claimPath(field) : undefined
  const name = path?.at(-1)
  if (!path || name === undefined) {
    problems.push(problem('arguments', field ?? expr, message))
    return { kind: 'bool' }
  }
  const dotted = claim(path)
  // `has(claims["a/b"])` cannot be written with a dot, and `in` asks the same.
  const text = dotted.endsWith(']') ? `${quote(name)} in ${claim(path.slice(0, -1))}` : `has(${dotted})`
  problems.push(
    problem(
      'arguments',
      field ?? expr,
      `\`has\` takes no brackets: write \`${text}\``,
      replacing(expr, text),
    ),
  )
  return { kind: 'bool' }
}

function checkPattern(expr: Expr | undefined, checker: Checker): void {
  if (expr?.kind !== 'literal' || expr.type !== 'string') return
  // Enough for one keystroke: `check` says so.
  if (checker.weight > heaviest) return
  const compiled = compile(expr.value)
  if (compiled.ok) {
    checker.weight += compiled.pattern.weight
    return
  }
  const { message, start, end, tooLarge } = compiled.error
  const span = withinLiteral(expr as Literal, start, end)
  checker.problems.push(problem(tooLarge ? 'too-large' : 'regex', span, message))
}
