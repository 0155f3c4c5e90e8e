/** Binary operators on values, `&&` and `||` apart: those may do without one side. */

import { arithmetic } from './arithmetic.ts'
import type { BinaryOp } from './ast.ts'
import { compare, contains, equal } from './compare.ts'
import { type Fault, isOpen, unknown, type Value } from './values.ts'

export type Operator = Exclude<BinaryOp, '&&' | '||'>

/** `left op right`, of two values. */
export function operate(op: Operator, left: Value, right: Value): Value | Fault {
  if (op === 'in') {
    const found = contains(left, right)
    return found === false && isOpen(right) ? unknown() : found
  }
  if (isOpen(left) || isOpen(right)) return unknown()
  if (op === '==') return equal(left, right)
  if (op === '!=') return !equal(left, right)
  if (op === '<' || op === '<=' || op === '>' || op === '>=') return ordered(op, compare(left, right))
  return arithmetic(op, left, right)
}

/** Items below `value`, which a comparison may have to visit. */
export function weight(value: Value): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + weight(item), value.length)
  if (typeof value !== 'object' || value === null || !('entries' in value) || Array.isArray(value)) return 0
  return value instanceof Uint8Array ? 0 : value.entries.size
}

function ordered(op: '<' | '<=' | '>' | '>=', order: number | Fault): boolean | Fault {
  if (typeof order !== 'number') return order
  if (op === '<') return order < 0
  if (op === '<=') return order <= 0
  return op === '>' ? order > 0 : order >= 0
}
