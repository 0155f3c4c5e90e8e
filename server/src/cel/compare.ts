/** Equality and order of CEL values. Source: the CEL specification, "Equality" and "Ordering". */

import {
  type Fault,
  failure,
  type Kind,
  keyOf,
  kindOf,
  type MapValue,
  named,
  type Uint,
  type Value,
} from './values.ts'

type Numeric = bigint | number | Uint

function isNumeric(value: Value): value is Numeric {
  return typeof value === 'bigint' || typeof value === 'number' || kindOf(value) === 'uint'
}

function numberOf(value: Numeric): bigint | number {
  return typeof value === 'object' ? value.value : value
}

/** Equal in CEL: numbers by value whatever their type, lists and maps by content, other types never. */
export function equal(a: Value, b: Value): boolean {
  if (isNumeric(a) && isNumeric(b)) return order(numberOf(a), numberOf(b)) === 0
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => equal(item, b[i] ?? null))
  if (a instanceof Uint8Array && b instanceof Uint8Array) return compareBytes(a, b) === 0
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  if ('entries' in a && 'entries' in b && !(Array.isArray(a) || Array.isArray(b)))
    return equalMaps(a as MapValue, b as MapValue)
  if ('nanos' in a && 'nanos' in b) return a.kind === b.kind && a.nanos === b.nanos
  return 'name' in a && 'name' in b && a.name === b.name
}

function equalMaps(a: MapValue, b: MapValue): boolean {
  if (a.entries.size !== b.entries.size) return false
  for (const [key, [, value]] of a.entries) {
    const other = b.entries.get(key)
    if (!other || !equal(value, other[1])) return false
  }
  return true
}

/** An int beside a double counts as a double, as in Go: near 2^63 that loses digits. NaN has no order. */
function order(a: bigint | number, b: bigint | number): number {
  const [x, y] = typeof a === typeof b ? [a, b] : [Number(a), Number(b)]
  if (x < y) return -1
  if (x > y) return 1
  return x === y ? 0 : Number.NaN
}

/** Negative, zero or positive as `a` is before, equal to or after `b`; NaN has no order. */
export function compare(a: Value, b: Value): number | Fault {
  if (isNumeric(a) && isNumeric(b)) return order(numberOf(a), numberOf(b))
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b)
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  if (a instanceof Uint8Array && b instanceof Uint8Array) return compareBytes(a, b)
  if (
    typeof a === 'object' &&
    typeof b === 'object' &&
    a &&
    b &&
    'nanos' in a &&
    'nanos' in b &&
    a.kind === b.kind
  )
    return order(a.nanos, b.nanos)
  return failure(`${named(kindOf(a))} and ${named(kindOf(b))} have no order`)
}

/** By code points: UTF-16 puts U+1F600 before U+FF5E, CEL does not. */
function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    if (a[i] === b[i]) continue
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)]
    const surrogates = Number(isSurrogate(x)) - Number(isSurrogate(y))
    return surrogates === 0 || Math.min(x, y) < 0xd800 ? x - y : surrogates
  }
  return a.length - b.length
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, i) => byte !== b[i])
  return at < 0 || at >= b.length ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? 0)
}

// What cannot be the key of any map, and to ask for it is an error.
const noKeys: Kind[] = ['null', 'list', 'map', 'bytes', 'timestamp', 'duration', 'type']

/** `item in container`, of a list or a map. */
export function contains(item: Value, container: Value): boolean | Fault {
  if (Array.isArray(container)) return container.some(other => equal(item, other))
  if (kindOf(container) !== 'map')
    return failure(`\`in\` needs a list or a map on its right, not ${named(kindOf(container))}`)
  if (noKeys.includes(kindOf(item))) return failure(`${named(kindOf(item))} cannot be a key`)
  return (container as MapValue).entries.has(keyOf(item) ?? '')
}
