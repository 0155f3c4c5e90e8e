import type { Options } from './options.ts'

/** What `wif-lint token` was asked to do; the names of files are as given. */
export interface TokenOptions extends Omit<Options<'token'>, 'now' | 'rule'> {
  rule: string
  /** Seconds since 1970; the clock when it is not given. */
  now: number | undefined
}

/** The options of `wif-lint token`, checked. What is wrong is said without them: a token may be among them. */
export function tokenOptions(given: Options<'token'>): TokenOptions | { problem: string } {
  const { rule, now } = given
  if (rule === undefined) return { problem: 'token needs --rule FILE' }
  const seconds = now === undefined ? undefined : secondsOf(now)
  if (Number.isNaN(seconds)) return { problem: '--now is a time with its zone, such as 2026-01-31T12:00:00Z' }
  return { ...given, rule, now: seconds }
}

/** Date.parse takes much more than ISO 8601, and times without a zone for local ones. */
function secondsOf(time: string): number {
  const isIso = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(time)
  return isIso ? Date.parse(time) / 1000 : Number.NaN
}
