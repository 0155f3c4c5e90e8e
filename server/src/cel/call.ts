/** Calls of functions and methods, on values. */

import { overloadsOf } from './functions.ts'
import { apply } from './overload.ts'
import { compile } from './regex.ts'
import type { Context } from './run.ts'
import { type Fault, failure, kindOf, named, type Value } from './values.ts'

/** The value of `name(...args)`; for a method the first argument is its receiver. */
export function call(
  name: string,
  style: 'function' | 'method',
  args: Value[],
  context: Context,
): Value | Fault {
  const candidates = overloadsOf(name, style)
  const chosen = candidates.find(
    ({ params }) =>
      params.length === args.length && params.every((p, i) => p === 'dyn' || p === kindOf(args[i] ?? null)),
  )
  if (!chosen) {
    if (candidates.length === 0) return failure(`there is no ${style} \`${name}\``)
    return failure(`\`${name}\` cannot be applied to ${args.map(arg => named(kindOf(arg))).join(' and ')}`)
  }
  return name === 'matches' ? matches(args as [string, string], context) : apply(chosen, args)
}

function matches([text, source]: [string, string], context: Context): boolean | Fault {
  let pattern = context.patterns.get(source)
  if (!pattern) {
    const compiled = compile(source)
    pattern = compiled.ok ? compiled.pattern : failure(compiled.error.message)
    context.patterns.set(source, pattern)
    if ('weight' in pattern) context.budget.left -= pattern.weight * 10
  }
  if (!('weight' in pattern)) return pattern
  // A state visited for a character is some fifty nanoseconds, a quarter of a step elsewhere.
  context.budget.left -= Math.ceil((text.length * pattern.weight) / 4)
  // Asked before, not after: this single step may be most of the work.
  return context.budget.left < 0 ? false : pattern.test(text)
}
