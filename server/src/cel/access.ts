/** Fields of maps and items of lists. */

import {
  type Fault,
  failure,
  kindOf,
  lookUp,
  type MapValue,
  named,
  type Uint,
  unknown,
  type Value,
} from './values.ts'

/**
 * `target[key]`, where `target` is no list.
 * @param name what to call it in an error; by its key if undefined
 */
export function entry(target: Value, key: Value, name: string | undefined): Value | Fault {
  if (kindOf(target) !== 'map') return failure(`${named(kindOf(target))} has no fields`)
  const map = target as MapValue
  const value = lookUp(map, key)
  if (value !== undefined) return value
  const shown = name ?? (typeof key === 'object' ? kindOf(key) : key)
  return map.open ? unknown(`\`${shown}\` is not known`) : failure(`\`${shown}\` is absent`)
}

/** `list[key]` */
export function item(list: Value[], key: Value): Value | Fault {
  const at = position(key)
  // A field, `claims.aud.x`, is an index too: by a string.
  if (at === undefined) return failure(`a list is indexed by an int, not ${named(kindOf(key))}`)
  const value = list[at]
  return value === undefined ? failure(`the list has ${list.length} items, none at ${at}`) : value
}

function position(key: Value): number | undefined {
  const number = kindOf(key) === 'uint' ? (key as Uint).value : key
  if (typeof number !== 'bigint' && typeof number !== 'number') return undefined
  return Number.isInteger(Number(number)) ? Number(number) : undefined
}

/** `has(target.name)` */
export function has(target: Value, name: string): boolean | Fault {
  if (Array.isArray(target)) return failure('a list has no fields')
  // A claim that is no object has no fields, which is an answer, not an error: as cel-go has it.
  if (kindOf(target) !== 'map') return false
  if (lookUp(target as MapValue, name) !== undefined) return true
  return (target as MapValue).open ? unknown(`\`${name}\` is not known`) : false
}
