/** What a CEL expression computes with, as plain data. */

export interface Uint {
  kind: 'uint'
  value: bigint
}

export interface MapValue {
  kind: 'map'
  /** By `keyOf`, so that `1`, `1u` and `1.0` are one key, as in CEL. */
  entries: Map<string, [key: Value, value: Value]>
  /** More entries may exist than are known: the claims of a token that has not been minted yet. */
  open: boolean
}

/** Nanoseconds since 1970. */
export interface Timestamp {
  kind: 'timestamp'
  nanos: bigint
}

export interface Duration {
  kind: 'duration'
  nanos: bigint
}

export interface TypeValue {
  kind: 'type'
  name: string
}

/** int is a bigint, double a number. */
export type Value =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint
  | Uint8Array
  | Value[]
  | MapValue
  | Timestamp
  | Duration
  | TypeValue

/** No value: an error, a claim that is not known, or the end of the budget, with the place in the expression. */
export interface Fault {
  kind: 'fault'
  cause: 'error' | 'unknown' | 'budget'
  message: string
  start: number
  end: number
}

export type Kind =
  | 'null'
  | 'bool'
  | 'int'
  | 'double'
  | 'string'
  | 'uint'
  | 'bytes'
  | 'list'
  | 'map'
  | 'timestamp'
  | 'duration'
  | 'type'

/** The CEL type of `value`, without its parameters. */
export function kindOf(value: Value): Kind {
  switch (typeof value) {
    case 'boolean':
      return 'bool'
    case 'bigint':
      return 'int'
    case 'number':
      return 'double'
    case 'string':
      return 'string'
  }
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  return value instanceof Uint8Array ? 'bytes' : value.kind
}

export function isFault(value: Value | Fault): value is Fault {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'fault'
}

/** An error whose place the evaluator fills in. */
export function failure(message: string): Fault {
  return { kind: 'fault', cause: 'error', message, start: 0, end: 0 }
}

/** No value for want of claims that are not known yet. */
export function unknown(message = 'not all claims are known'): Fault {
  return { ...failure(message), cause: 'unknown' }
}

/** Whether `value` is an object, or holds one, that may have more than is known. */
export function isOpen(value: Value): boolean {
  if (Array.isArray(value)) return value.some(isOpen)
  return typeof value === 'object' && value !== null && 'open' in value && value.open
}

export const limits64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n, maxUnsigned: 2n ** 64n - 1n }

/** An identity for a map key, equal for equal keys; undefined for what cannot be a key, such as `1.5`. */
export function keyOf(key: Value): string | undefined {
  if (typeof key === 'string') return `s${key}`
  if (typeof key === 'boolean') return `b${key}`
  if (typeof key === 'bigint') return `n${key}`
  if (typeof key === 'number') return Number.isInteger(key) ? `n${BigInt(key)}` : undefined
  return kindOf(key) === 'uint' ? `n${(key as Uint).value}` : undefined
}

export function lookUp(map: MapValue, key: Value): Value | undefined {
  return map.entries.get(keyOf(key) ?? '')?.[1]
}

const deepest = 100

/**
 * A decoded JSON value as a CEL value: integral numbers that fit become ints, the others doubles.
 * @param open whether objects may have more properties than are given
 * @throws RangeError when nested over 100 deep, or for what JSON cannot hold
 */
export function fromJson(json: unknown, open = false, depth = 0): Value {
  if (depth > deepest) throw new RangeError('nested too deep')
  if (json === null || typeof json === 'boolean' || typeof json === 'string') return json
  if (typeof json === 'number') return fromNumber(json)
  if (Array.isArray(json)) return json.map(item => fromJson(item, open, depth + 1))
  if (typeof json !== 'object') throw new RangeError(`${typeof json} is not JSON`)
  const entries = Object.entries(json)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]): [string, [Value, Value]] => [`s${key}`, [key, fromJson(value, open, depth + 1)]])
  return { kind: 'map', entries: new Map(entries), open }
}

function fromNumber(number: number): Value {
  if (!Number.isInteger(number)) return number
  const int = BigInt(number)
  return int >= limits64.min && int <= limits64.max ? int : number
}

/** The kind with its article, for a sentence: "an int", "a list". */
export function named(kind: Kind | 'dyn'): string {
  if (kind === 'null' || kind === 'bytes') return kind
  if (kind === 'dyn') return 'a value'
  return kind === 'int' ? 'an int' : `a ${kind}`
}

/** Several kinds, for a sentence: "a string, a list or a map". */
export function either(kinds: Iterable<Kind | 'dyn'>): string {
  const names = [...new Set(kinds)].map(named)
  const last = names.pop() ?? ''
  return names.length === 0 ? last : `${names.join(', ')} or ${last}`
}
