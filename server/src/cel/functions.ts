import { grouped } from '../text/grouped.ts'
/**
 * CEL's standard functions: one table for the checker, the evaluator, completion and signature help.
 * Source: the CEL specification, "List of Standard Definitions".
 */

import { conversions } from './conversions.ts'
import { type Overload, overload } from './overload.ts'
import { type TimePart, timePart } from './time.ts'
import { type Duration, failure, type Timestamp } from './values.ts'

const parts: TimePart[] = [
  'getFullYear',
  'getMonth',
  'getDate',
  'getDayOfMonth',
  'getDayOfWeek',
  'getDayOfYear',
  'getHours',
  'getMinutes',
  'getSeconds',
  'getMilliseconds',
]

const nanosPer = { getHours: 3_600_000_000_000n, getMinutes: 60_000_000_000n, getSeconds: 1_000_000_000n }

const ofTimestamps: Overload[] = parts.flatMap(part => [
  overload(part, 'method', ['timestamp'], 'int', (time: Timestamp) => timePart(time, part)),
  overload(part, 'method', ['timestamp', 'string'], 'int', (time: Timestamp, zone) =>
    timePart(time, part, zone),
  ),
])

const ofDurations: Overload[] = [
  ...Object.entries(nanosPer).map(([name, nanos]) =>
    overload(name, 'method', ['duration'], 'int', (length: Duration) => length.nanos / nanos),
  ),
  // Unlike the others not the whole duration, but what is left beside its seconds.
  overload(
    'getMilliseconds',
    'method',
    ['duration'],
    'int',
    ({ nanos }) => (nanos % 1_000_000_000n) / 1_000_000n,
  ),
]

/** Every overload, those of one name together. */
export const overloads: Overload[] = [
  overload('size', 'both', ['string'], 'int', text => BigInt([...text].length)),
  overload('size', 'both', ['bytes'], 'int', bytes => BigInt(bytes.length)),
  overload('size', 'both', ['list'], 'int', list => BigInt(list.length)),
  overload('size', 'both', ['map'], 'int', map => BigInt(map.entries.size)),
  overload('startsWith', 'method', ['string', 'string'], 'bool', (text, prefix) => text.startsWith(prefix)),
  overload('endsWith', 'method', ['string', 'string'], 'bool', (text, suffix) => text.endsWith(suffix)),
  overload('contains', 'method', ['string', 'string'], 'bool', (text, part) => text.includes(part)),
  // The evaluator answers this one: compiling and matching count towards its budget.
  overload('matches', 'both', ['string', 'string'], 'bool', () => failure('no pattern was tried')),
  ...conversions,
  ...ofTimestamps,
  ...ofDurations,
]

const byName = grouped(overloads, entry => entry.name)

/** The overloads of `name` that can be called so; none if there is no such function. */
export function overloadsOf(name: string, style?: 'function' | 'method'): Overload[] {
  const all = byName.get(name) ?? []
  return style ? all.filter(entry => entry.style === style || entry.style === 'both') : all
}

export const functionNames: string[] = [...byName.keys()]
