/**
 * CEL conditions: what the rest of the project may use. Nothing else of this folder is to be imported from
 * outside, apart from `node.ts`, by the entries of Node.
 *
 *     const parsed = parse(source)              // text to tree, or one syntax error
 *     if (!parsed.ok) return parsed.problem
 *     const problems = check(parsed)            // everything that is wrong with it
 *     const { facts, reads } = analyse(parsed)  // what it demands of a token, what it reads
 *     evaluate(source, claims)                  // what it says of one
 *
 * All offsets are UTF-16 code units into the text of the condition, `end` exclusive; `valueRange` of
 * `syntax/scalar.ts` turns them into places in the document. Nothing here throws, and everything answers
 * within a keystroke's time, whatever the condition: beyond `limits` a problem with code `too-large` says so.
 */

export { type Analysis, analyse } from './analyse.ts'
export type { Expr, Literal, Span } from './ast.ts'
export { check } from './check.ts'
export { type EvaluateOptions, type Evaluation, evaluate, type Trace } from './evaluate.ts'
export { type AnyFact, type Branch, type ClaimFact, claimFacts, type Fact, type FactValue } from './fact.ts'
export type { IsolatedEvaluator } from './isolate.ts'
export { limits, type Parsed, parse } from './parse.ts'
export { claimPath } from './path.ts'
export { claim, quote } from './print.ts'
export { applyFixes, type Fix, type Problem } from './problem.ts'
export { type Signature, signatures } from './signatures.ts'
export { walk } from './walk.ts'
