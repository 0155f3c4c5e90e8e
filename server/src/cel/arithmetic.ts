/** `+ - * / %` and unary minus on CEL values. Source: the CEL specification, "Arithmetic"; int and uint never wrap. */

import { durationRange, timestampRange } from './time.ts'
import {
  type Duration,
  type Fault,
  failure,
  kindOf,
  limits64,
  named,
  type Timestamp,
  type Uint,
  type Value,
} from './values.ts'

export type ArithmeticOp = '+' | '-' | '*' | '/' | '%'

const tooMuch = 'the number does not fit into 64 bits'

/** `a op b`, or the error: overflow, division by zero, types that do not go together. */
export function arithmetic(op: ArithmeticOp, a: Value, b: Value): Value | Fault {
  const [left, right] = [kindOf(a), kindOf(b)]
  if (left === 'int' && right === 'int') return int(integers(op, a as bigint, b as bigint))
  if (left === 'double' && right === 'double' && op !== '%') return doubles(op, a as number, b as number)
  if (left === 'uint' && right === 'uint') return uint(integers(op, (a as Uint).value, (b as Uint).value))
  if (op === '+') {
    if (typeof a === 'string' && typeof b === 'string') return a + b
    if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b]
    if (a instanceof Uint8Array && b instanceof Uint8Array) return new Uint8Array([...a, ...b])
  }
  return times(op, a, b) ?? failure(`\`${op}\` cannot combine ${named(left)} and ${named(right)}`)
}

function integers(op: ArithmeticOp, a: bigint, b: bigint): bigint | Fault {
  if (op === '+') return a + b
  if (op === '-') return a - b
  if (op === '*') return a * b
  if (b === 0n) return failure('division by zero')
  return op === '/' ? a / b : a % b
}

function doubles(op: ArithmeticOp, a: number, b: number): number {
  if (op === '+') return a + b
  if (op === '-') return a - b
  return op === '*' ? a * b : a / b
}

/** `value` if it is an int. */
export function int(value: bigint | Fault): bigint | Fault {
  if (typeof value !== 'bigint') return value
  return value >= limits64.min && value <= limits64.max ? value : failure(tooMuch)
}

/** `value` as a uint, if it is one. */
export function uint(value: bigint | Fault): Uint | Fault {
  if (typeof value !== 'bigint') return value
  return value >= 0n && value <= limits64.maxUnsigned ? { kind: 'uint', value } : failure(tooMuch)
}

/** `-a` */
export function negate(a: Value): Value | Fault {
  if (typeof a === 'bigint') return int(-a)
  return typeof a === 'number' ? -a : failure(`\`-\` needs a number, not ${named(kindOf(a))}`)
}

function times(op: ArithmeticOp, a: Value, b: Value): Timestamp | Duration | Fault | undefined {
  if (op !== '+' && op !== '-') return undefined
  const [left, right] = [kindOf(a), kindOf(b)]
  const [x, y] = [a as Timestamp | Duration, b as Timestamp | Duration]
  if (right === 'duration' && (left === 'timestamp' || left === 'duration')) {
    const nanos = op === '+' ? x.nanos + y.nanos : x.nanos - y.nanos
    return left === 'timestamp' ? timestampRange(nanos) : durationRange(nanos)
  }
  if (left === 'duration' && right === 'timestamp' && op === '+') return timestampRange(x.nanos + y.nanos)
  if (left === 'timestamp' && right === 'timestamp' && op === '-') return durationRange(x.nanos - y.nanos)
  return undefined
}
