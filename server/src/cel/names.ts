/** Sentences for variables and functions that do not exist. */

import { nearest } from '../text/nearest.ts'
import type { Call, Identifier, Method } from './ast.ts'
import { functionNames, overloadsOf } from './functions.ts'
import { type Fix, type Problem, problem, replacing } from './problem.ts'
import { macroNames } from './signatures.ts'
import type { Scope } from './types.ts'

/** Variables that other products give their conditions, with whose they are. */
const products = new Map([
  ['assertion', 'Google Cloud and OpenAI'],
  ['attribute', 'Google Cloud'],
  ['google', 'Google Cloud'],
  ['openai', 'OpenAI'],
  ['auth', 'another product'],
  ['identity', 'another product'],
  ['jwt', 'another product'],
  ['principal', 'another product'],
  ['request', 'another product'],
  ['token', 'another product'],
])
/** Those that hold the claims by name, so that `claims` can take their place. */
const claimsElsewhere = new Set(['assertion', 'attribute', 'jwt', 'token', 'openai'])

const literals: Record<string, string> = { none: 'null', nil: 'null', undefined: 'null' }

/** The problem with a variable that is not in `scope`. */
export function unknownVariable(expr: Identifier, scope: Scope): Problem {
  const { name } = expr
  const lower = name.toLowerCase()
  const literal = literals[lower] ?? (/^(?:true|false|null)$/.test(lower) ? lower : undefined)
  if (literal)
    return problem(
      'foreign-syntax',
      expr,
      `\`${name}\` is not CEL: write \`${literal}\``,
      replacing(expr, literal),
    )
  const product = products.get(name)
  const only = 'Only the variable `claims` exists here'
  if (product) {
    const fix = claimsElsewhere.has(name) ? replacing(expr, 'claims') : undefined
    return problem('unknown-variable', expr, `${only}; \`${name}\` belongs to ${product}`, fix)
  }
  const near = nearest(name, scope.keys())
  if (near)
    return problem(
      'unknown-variable',
      expr,
      `\`${name}\` is unknown: did you mean \`${near}\`?`,
      replacing(expr, near),
    )
  const written = `claims.${name}`
  return problem(
    'unknown-variable',
    expr,
    `${only}: write \`${written}\` for the claim`,
    replacing(expr, written),
  )
}

/** Other languages' names, and CEL's. */
const renamed: Record<string, string> = {
  any: 'exists',
  count: 'size',
  every: 'all',
  hasPrefix: 'startsWith',
  hasSuffix: 'endsWith',
  includes: 'contains',
  len: 'size',
  length: 'size',
  match: 'matches',
  regex: 'matches',
  regexMatch: 'matches',
  some: 'exists',
  test: 'matches',
}

/** CEL's optional string, list and encoder libraries. Source: cel-go, package ext. */
const extensions = new Set(
  [
    'base64 charAt decode encode distinct flatten format indexOf join lastIndexOf lowerAscii quote',
    'replace reverse slice sort sortBy split substring trim upperAscii bind',
  ].flatMap(names => names.split(' ')),
)

/** The problem with a call of a function, or a method, that does not exist. */
export function unknownFunction(expr: Call | Method, source: string): Problem {
  const { name, nameSpan } = expr
  const style = expr.kind === 'call' ? 'function' : 'method'
  if (style === 'function' && name.toLowerCase() === 'not')
    return problem(
      'foreign-syntax',
      nameSpan,
      `\`${name}\` is not CEL: write \`!\``,
      replacing(nameSpan, '!'),
    )
  if (overloadsOf(name).length > 0) return otherStyle(expr, source)
  if (macroNames.includes(name)) return macroShape(expr)
  if (extensions.has(name)) {
    const message = `\`${name}\` is from an optional library of CEL, which the service is not known to have`
    return problem('extension-function', nameSpan, message)
  }
  const near = nearest(name, [...functionNames, ...macroNames, ...Object.keys(renamed)])
  const meant = renamed[near ?? ''] ?? near
  if (!meant) return problem('unknown-function', nameSpan, `CEL has no ${style} \`${name}\``)
  const message = `CEL has no ${style} \`${name}\`: did you mean \`${meant}\`?`
  return problem('unknown-function', nameSpan, message, replacing(nameSpan, meant))
}

/** `startsWith(a, b)` for `a.startsWith(b)`, and `a.string()` for `string(a)`. */
function otherStyle(expr: Call | Method, source: string): Problem {
  const texts = expr.args.map(arg => source.slice(arg.outer.start, arg.outer.end))
  const { name, nameSpan } = expr
  let fix: Fix | undefined
  if (expr.kind === 'call') {
    const [receiver, ...rest] = texts
    if (receiver && expr.args[0] && isReceiver(expr.args[0].kind))
      fix = replacing(expr, `${receiver}.${name}(${rest.join(', ')})`)
    return problem('unknown-function', nameSpan, `\`${name}\` is a method: write \`text.${name}(…)\``, fix)
  }
  const receiver = source.slice(expr.target.start, expr.target.end)
  fix = replacing(expr, `${name}(${[receiver, ...texts].join(', ')})`)
  return problem('unknown-function', nameSpan, `\`${name}\` is a function: write \`${name}(…)\``, fix)
}

/** Whether a dot may follow without parentheses. */
function isReceiver(kind: string): boolean {
  return !['binary', 'unary', 'ternary'].includes(kind)
}

function macroShape({ name, nameSpan, kind }: Call | Method): Problem {
  if (name === 'has') return problem('arguments', nameSpan, '`has` is a function: write `has(claims.name)`')
  if (kind === 'call')
    return problem('arguments', nameSpan, `\`${name}\` is a method of a list: write \`list.${name}(x, …)\``)
  return problem(
    'arguments',
    nameSpan,
    `\`${name}\` takes a variable and an expression: write \`.${name}(x, …)\``,
  )
}
