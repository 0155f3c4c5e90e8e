/** `int(x)`, `string(x)` and their kin. Source: the CEL specification, "Type Conversions"; Go for text forms. */

import { int, uint } from './arithmetic.ts'
import { type Overload, overload, type Param } from './overload.ts'
import {
  formatDuration,
  formatTimestamp,
  parseDuration,
  parseTimestamp,
  timestampRange,
  unixSeconds,
} from './time.ts'
import { type Fault, failure, kindOf, limits64, type Uint, type Value } from './values.ts'

function to(name: Param, from: Param, run: (value: never) => Value | Fault): Overload {
  return { name, style: 'function', params: [from], result: name, run }
}

/** `int(1e19)` must fail; Go also refuses the exact bounds, which a double cannot tell from their neighbours. */
function whole(value: number): bigint | Fault {
  return Number.isFinite(value) ? BigInt(Math.trunc(value)) : failure('the number is not finite')
}

function intFromDouble(value: number): bigint | Fault {
  const bound = 2 ** 63
  return value > -bound && value < bound ? whole(value) : failure('the number does not fit into 64 bits')
}

function integer(text: string, form: RegExp): bigint | Fault {
  return form.test(text) ? BigInt(text.replace(/^\+/, '')) : failure(`"${text}" is not an integer`)
}

const finite = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

function toDouble(text: string): number | Fault {
  if (finite.test(text)) return Number(text)
  if (/^[+-]?inf(?:inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity
  return /^nan$/i.test(text) ? Number.NaN : failure(`"${text}" is not a number`)
}

const truths = new Map([
  ...['1', 't', 'true', 'TRUE', 'True'].map(text => [text, true] as const),
  ...['0', 'f', 'false', 'FALSE', 'False'].map(text => [text, false] as const),
])

function showDouble(value: number): string {
  if (Number.isFinite(value)) return String(value)
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
}

function fromUtf8(bytes: Uint8Array): string | Fault {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return failure('the bytes are not UTF-8')
  }
}

const same = (value: Value) => value
const number = (value: bigint | Uint) => Number(typeof value === 'bigint' ? value : value.value)

export const conversions: Overload[] = [
  to('bool', 'bool', same),
  to('bool', 'string', (text: string) => truths.get(text) ?? failure(`"${text}" is not true or false`)),
  to('bytes', 'bytes', same),
  to('bytes', 'string', (text: string) => new TextEncoder().encode(text)),
  to('double', 'double', same),
  to('double', 'int', number),
  to('double', 'uint', number),
  to('double', 'string', toDouble),
  to('int', 'int', same),
  to('int', 'uint', ({ value }: Uint) => int(value)),
  to('int', 'double', intFromDouble),
  to('int', 'string', (text: string) => int(integer(text, /^[+-]?\d+$/))),
  to('int', 'timestamp', unixSeconds),
  to('uint', 'uint', same),
  to('uint', 'int', uint),
  to('uint', 'double', (value: number) =>
    value >= 2 ** 64 ? uint(limits64.maxUnsigned + 1n) : uint(whole(value)),
  ),
  to('uint', 'string', (text: string) => uint(integer(text, /^\d+$/))),
  to('string', 'string', same),
  to('string', 'bool', String),
  to('string', 'int', String),
  to('string', 'uint', ({ value }: Uint) => String(value)),
  to('string', 'double', showDouble),
  to('string', 'bytes', fromUtf8),
  to('string', 'timestamp', formatTimestamp),
  to('string', 'duration', formatDuration),
  to('timestamp', 'timestamp', same),
  to('timestamp', 'int', (seconds: bigint) => timestampRange(seconds * 1_000_000_000n)),
  to('timestamp', 'string', parseTimestamp),
  to('duration', 'duration', same),
  to('duration', 'string', parseDuration),
  overload('dyn', 'function', ['dyn'], 'dyn', same),
  overload('type', 'function', ['dyn'], 'type', value => ({ kind: 'type', name: typeName(value) })),
]

const typeNames: Record<string, string> = {
  null: 'null_type',
  timestamp: 'google.protobuf.Timestamp',
  duration: 'google.protobuf.Duration',
}

function typeName(value: Value): string {
  const kind = kindOf(value)
  return typeNames[kind] ?? kind
}

/** Types that have a name of their own in an expression: `type(claims.aud) == list`. */
export const typeConstants = [
  'bool',
  'bytes',
  'double',
  'int',
  'list',
  'map',
  'null_type',
  'string',
  'type',
  'uint',
]
