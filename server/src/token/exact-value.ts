import { nearMiss } from '../decide/near-miss.ts'
import type { Step } from '../decide/step.ts'
import type { StringNode } from '../syntax/node.ts'
import { editDistance } from '../text/nearest.ts'

/** A matcher, and the value of a token that it nearly takes. */
export interface ExactValue {
  node: StringNode
  value: string
}

/** Longer texts are not compared letter by letter; no subject is. */
const MAX_LENGTH = 512

/**
 * What to write where `step` failed, for the rule to ask for exactly what the token carries. Undefined where the two
 * have too little in common for one to be a slip of the other, or where no text can match (a list, a number).
 */
export function exactValue(
  { result, at: node, claim, nearMiss: near }: Step,
  claims: Readonly<Record<string, unknown>>,
): ExactValue | undefined {
  if (result !== 'fail' || !near || node?.type !== 'string' || claim === undefined) return undefined
  if (near.kind === 'list' || near.kind === 'type') return undefined
  const actual = Object.hasOwn(claims, claim) ? claims[claim] : undefined
  const value = Array.isArray(actual)
    ? actual.find(each => nearMiss({ text: node.value, prefix: false }, each)?.kind === near.kind)
    : actual
  if (typeof value !== 'string') return undefined
  return near.kind !== 'differs' || isSlip(node.value, value) ? { node, value } : undefined
}

/** Whether a quarter of the last segment or less differs: two workloads of a namespace are no slip of each other. */
function isSlip(text: string, value: string): boolean {
  if (text.length > MAX_LENGTH || value.length > MAX_LENGTH) return false
  const last = Math.min(...[text, value].map(each => each.length - each.search(/[^:/]*\*?$/)))
  return editDistance(text, value) <= Math.max(1, Math.floor(last / 4))
}
