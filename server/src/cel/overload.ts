/** The form of an entry in the table of functions. */

import type { Duration, Fault, Kind, MapValue, Timestamp, TypeValue, Uint, Value } from './values.ts'

interface Kinds {
  null: null
  bool: boolean
  int: bigint
  double: number
  string: string
  uint: Uint
  bytes: Uint8Array
  list: Value[]
  map: MapValue
  timestamp: Timestamp
  duration: Duration
  type: TypeValue
  dyn: Value
}

/** A type in a signature; `dyn` takes, or gives, any. */
export type Param = Kind | 'dyn'

export interface Overload {
  name: string
  /** `f(a, b)`, `a.f(b)`, or either. */
  style: 'function' | 'method' | 'both'
  /** For a method the first is the receiver. */
  params: Param[]
  result: Param
  /** The value for `args`, whose kinds are those of `params`. */
  run: (...args: never[]) => Value | Fault
}

type Arguments<P extends Param[]> = { [I in keyof P]: Kinds[P[I]] }

/** One entry of the table, with `run` typed by `params`. */
export function overload<const P extends Param[]>(
  name: string,
  style: Overload['style'],
  params: P,
  result: Param,
  run: (...args: Arguments<P>) => Value | Fault,
): Overload {
  return { name, style, params, result, run: run as unknown as Overload['run'] }
}

/** The value of `entry` for `args`. */
export function apply(entry: Overload, args: Value[]): Value | Fault {
  // Whoever calls chose the entry by the kinds of `args`.
  return entry.run(...(args as never[]))
}
