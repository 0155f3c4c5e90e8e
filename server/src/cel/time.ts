/** Timestamps and durations. Source: the CEL specification, "Timestamps and Durations"; Go's duration strings. */

import { type Duration, type Fault, failure, type Timestamp } from './values.ts'

const second = 1_000_000_000n
// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999999999Z
const earliest = -62_135_596_800n * second
const latest = 253_402_300_800n * second - 1n
// Go keeps a duration in 64 bits of nanoseconds, some 292 years.
const longest = 2n ** 63n - 1n

export function timestampRange(nanos: bigint): Timestamp | Fault {
  if (nanos < earliest || nanos > latest) return failure('the time is not between the years 1 and 9999')
  return { kind: 'timestamp', nanos }
}

export function durationRange(nanos: bigint): Duration | Fault {
  if (nanos > longest || nanos < -longest - 1n) return failure('the duration is longer than 292 years')
  return { kind: 'duration', nanos }
}

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$/i

/** Reads RFC 3339, such as `2026-01-31T12:00:00.5Z`. */
export function parseTimestamp(text: string): Timestamp | Fault {
  const wrong = failure('a timestamp is written like "2026-01-31T12:00:00Z"')
  const found = rfc3339.exec(text)
  if (!found) return wrong
  const [year, month, day, hour, minute, seconds] = found.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return wrong
  if (hour > 23 || minute > 59 || seconds > 59) return wrong
  const away = (Number(found[9] ?? 0) * 60 + Number(found[10] ?? 0)) * (found[8] === '-' ? -60 : 60)
  const total = date.getTime() / 1000 + hour * 3600 + minute * 60 + seconds - away
  return timestampRange(BigInt(total) * second + BigInt((found[7] ?? '').padEnd(9, '0')))
}

/** Whole seconds since 1970, rounded down. */
export function unixSeconds({ nanos }: Timestamp): bigint {
  return (nanos - fraction(nanos)) / second
}

function fraction(nanos: bigint): bigint {
  return ((nanos % second) + second) % second
}

function milliseconds(time: Timestamp): number {
  return Number(unixSeconds(time)) * 1000
}

/** As RFC 3339 in UTC, with as many digits after the second as are needed. */
export function formatTimestamp(time: Timestamp): string {
  const text = new Date(milliseconds(time)).toISOString().slice(0, -5)
  return `${text}${digits(fraction(time.nanos))}Z`
}

function digits(nanos: bigint): string {
  return nanos === 0n ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`
}

const units: Record<string, bigint> = {
  h: 3600n * second,
  m: 60n * second,
  s: second,
  ms: 1_000_000n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ns: 1n,
}

/** Reads Go's form, such as `1h30m` or `-1.5s`. */
export function parseDuration(text: string): Duration | Fault {
  const wrong = failure('a duration is written like "1h30m" or "90s"')
  const found = /^([+-]?)((?:(?:\d+(?:\.\d*)?|\.\d+)(?:h|ms|m|s|us|µs|μs|ns))+|0)$/.exec(text)
  if (!found) return wrong
  let nanos = 0n
  for (const [, whole = '', part = '', unit = ''] of (found[2] ?? '').matchAll(
    /(\d*)\.?(\d*)(h|ms|m|s|us|µs|μs|ns)/g,
  )) {
    const scale = units[unit] ?? 0n
    nanos += BigInt(whole || 0) * scale + (BigInt(part || 0) * scale) / 10n ** BigInt(part.length)
  }
  return durationRange(found[1] === '-' ? -nanos : nanos)
}

/** In seconds, such as `90s` or `0.5s`. */
export function formatDuration({ nanos }: Duration): string {
  const size = nanos < 0n ? -nanos : nanos
  return `${nanos < 0n ? '-' : ''}${size / second}${digits(size % second)}s`
}

export type TimePart =
  | 'getFullYear'
  | 'getMonth'
  | 'getDate'
  | 'getDayOfMonth'
  | 'getDayOfWeek'
  | 'getDayOfYear'
  | 'getHours'
  | 'getMinutes'
  | 'getSeconds'
  | 'getMilliseconds'

/** A part of a time, at `zone`: UTC, `+02:00`, or a name such as `Europe/Berlin`. */
export function timePart(time: Timestamp, part: TimePart, zone = 'UTC'): bigint | Fault {
  const local = atZone(time, zone)
  if (!local) return failure(`"${zone}" is not a time zone`)
  return BigInt(partOf(local, part, Number(fraction(time.nanos) / 1_000_000n)))
}

function partOf(local: Date, part: TimePart, millis: number): number {
  switch (part) {
    case 'getFullYear':
      return local.getUTCFullYear()
    case 'getMonth':
      return local.getUTCMonth()
    case 'getDate':
      return local.getUTCDate()
    case 'getDayOfMonth':
      return local.getUTCDate() - 1
    case 'getDayOfWeek':
      return local.getUTCDay()
    case 'getDayOfYear': {
      const first = new Date(local)
      first.setUTCMonth(0, 1)
      return Math.round((local.getTime() - first.getTime()) / 86_400_000)
    }
    case 'getHours':
      return local.getUTCHours()
    case 'getMinutes':
      return local.getUTCMinutes()
    case 'getSeconds':
      return local.getUTCSeconds()
    case 'getMilliseconds':
      return millis
  }
}

/** A date whose UTC fields read as the clock at `zone` does. */
function atZone(time: Timestamp, zone: string): Date | undefined {
  const millis = milliseconds(time)
  const offset = /^([+-]?)(\d\d):(\d\d)$/.exec(zone)
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3])
    return new Date(millis + (offset[1] === '-' ? -minutes : minutes) * 60_000)
  }
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone || 'UTC',
      hourCycle: 'h23',
      ...{
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      },
    })
    const read = new Map(format.formatToParts(millis).map(p => [p.type, Number(p.value)]))
    const get = (type: Intl.DateTimeFormatPartTypes) => read.get(type) ?? 0
    const local = new Date(0)
    local.setUTCFullYear(get('year'), get('month') - 1, get('day'))
    local.setUTCHours(get('hour'), get('minute'), get('second'))
    return local
  } catch {
    return undefined
  }
}
