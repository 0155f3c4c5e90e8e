/** Evaluates a condition against the claims of a token, in this process and within a budget. */

import type { Expr, Span } from './ast.ts'
import { type Parsed, parse } from './parse.ts'
import { capital } from './print.ts'
import { type Context, contextOf, truth } from './run.ts'
import { type Fault, fromJson, type Value } from './values.ts'
import { conjuncts } from './walk.ts'

export interface EvaluateOptions {
  /**
   * Whether `claims` are all the token has. If not, reading another one gives `unknown` instead of an error:
   * for a token that has not been minted yet. Default true.
   */
  complete?: boolean
  /** Units of work before it gives up; the default ends within a quarter of a second. */
  budget?: number
}

/** What one top-level conjunct gave; `message` and its place say why it gave no value. */
export interface Trace extends Span {
  result: boolean | 'unknown' | 'error'
  message?: string
  at?: Span
}

/**
 * `unknown` only occurs when the claims are not complete. An error denies the token just as `false` does; its
 * place is where it arose, absent when it is not about the condition. `stopped` when no answer was waited for: the
 * budget is spent, or the evaluation was ended from outside (see `isolate.ts`). What the service would say is open then.
 */
export type Evaluation = { trace: Trace[] } & (
  | { result: boolean | 'unknown' }
  | { error: string; start?: number; end?: number; stopped?: 'budget' | 'time' | 'crash' }
)

const defaultBudget = 1_000_000

/**
 * Evaluates `source` over `claims`. Never throws.
 *
 * A budget bounds its time and memory, so that it may run in the server's own process; a condition from
 * somebody else's file belongs into `evaluateIsolated` all the same, which needs no trust in our counting.
 * @param claims the decoded JSON of a token's payload; integral numbers become ints
 */
export function evaluate(source: string, claims: unknown, options: EvaluateOptions = {}): Evaluation {
  const parsed = parsedOnce(source)
  if (!parsed.ok) {
    const { message: error, start, end } = parsed.problem
    return { error, start, end, trace: [] }
  }
  let value: Value
  try {
    value = fromJson(claims, options.complete === false)
  } catch {
    return { error: 'The claims are not JSON, or nested too deep', trace: [] }
  }
  try {
    return evaluateConjuncts(parsed.expr, contextOf({ claims: value }, options.budget ?? defaultBudget))
  } catch {
    // Only with a larger budget than ours: a string or a list beyond what JavaScript can hold.
    return { error: 'The condition needs too much memory to evaluate', trace: [] }
  }
}

let last: { source: string; parsed: Parsed } | undefined

/** Whom a rule admits is asked for one identity after the other, and a third of each answer would go into parsing. */
function parsedOnce(source: string): Parsed {
  if (last?.source !== source) last = { source, parsed: parse(source) }
  return last.parsed
}

/**
 * In CEL the order of conjuncts does not matter: one that is false decides, whatever the others are. So each is
 * evaluated on its own, and all of them, to show every reason for a denial.
 */
function evaluateConjuncts(expr: Expr, context: Context): Evaluation {
  const parts = conjuncts(expr).map(part => ({ part, value: truth(part, context) }))
  const trace = parts.map(({ part, value }) => traceOf(part, value))
  const faults = parts.map(p => p.value).filter(value => typeof value !== 'boolean')
  const spent = faults.find(fault => fault.cause === 'budget')
  if (!spent && parts.some(p => p.value === false)) return { result: false, trace }
  const fault = spent ?? faults.find(f => f.cause === 'unknown') ?? faults[0]
  if (!fault) return { result: true, trace }
  if (fault.cause === 'unknown') return { result: 'unknown', trace }
  const place = { start: fault.start, end: fault.end }
  return { error: capital(fault.message), ...place, ...(spent && { stopped: 'budget' as const }), trace }
}

function traceOf({ start, end }: Expr, value: boolean | Fault): Trace {
  if (typeof value === 'boolean') return { start, end, result: value }
  const at = { start: value.start, end: value.end }
  return {
    start,
    end,
    result: value.cause === 'unknown' ? 'unknown' : 'error',
    message: capital(value.message),
    at,
  }
}
