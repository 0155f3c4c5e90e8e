import type { Colors } from 'picocolors/types'
import type { Step } from '../decide/decide.ts'
import { type TokenCheck, tokenKind } from '../token/check.ts'
import type { DecodedToken } from '../token/decode.ts'
import type { Io, Output } from './io.ts'
import { colorsFor, printable } from './report/terminal.ts'

/** One rule of the workspace, and what became of the token there. */
export interface CheckedRule {
  title: string
  check: TokenCheck
}

/** All that there is to say of a token. */
export interface TokenReport {
  token: DecodedToken
  /** Of the rule that it was checked against. */
  title: string
  check: TokenCheck
  /** The rules of the workspace. */
  others: readonly CheckedRule[]
  /** Seconds since 1970. */
  now: number
}

type Result = Step['result']

const MARKS: Record<Result, string> = { pass: '✓', fail: '✗', unknown: '?', skipped: '-' }
const RESULTS = { admitted: 'pass', denied: 'fail', unknown: 'unknown' } as const
const TIMES = ['exp', 'iat', 'nbf']

/** The report for a person. */
export function tokenText(report: TokenReport, output: Output, env: Io['env']): string {
  const { token, title, check, others, now } = report
  const colors = colorsFor(output, env)
  const mark = (result: Result) => painter(result, colors)(MARKS[result])
  // What failed is among the steps.
  const more = check.findings.filter(({ step }) => !step)
  const parts: [heading: string, lines: string[]][] = [
    ['Token', [`${tokenKind(token) ?? 'of an issuer that is not known here'}, ${token.size} bytes`]],
    ['Header', members(token.header, json)],
    ['Claims', members(token.claims, (value, name) => claim(value, name, now))],
    [
      `Rule ${printable(title)}`,
      check.steps.map(
        ({ step, result, message }) => `${mark(result)} ${step.padEnd(9)} ${printable(message)}`,
      ),
    ],
    ['Also', more.map(({ severity, message }) => `${severity}: ${printable(message)}`)],
    [
      'Rules of the workspace',
      others.map(
        other => `${mark(RESULTS[other.check.verdict])} ${printable(other.title)}: ${outcome(other.check)}`,
      ),
    ],
  ]
  const blocks = parts
    .filter(([, lines]) => lines.length > 0)
    .map(([heading, lines]) => [colors.bold(heading), ...lines.map(line => `  ${line}`)].join('\n'))
  const result = RESULTS[check.verdict]
  return `${[...blocks, painter(result, colors)(verdict(check))].join('\n\n')}\n`
}

function verdict({ verdict, reason, steps }: TokenCheck): string {
  if (verdict === 'admitted') return 'Admitted'
  if (verdict === 'denied') return `Denied: ${reason}`
  const keys = steps.some(({ step, result }) => step === 'signature' && result === 'unknown')
  return `Unknown: nothing denies the token, but not everything is known${keys ? '; the keys of the issuer are given by --jwks FILE' : ''}`
}

/** The verdict in a line: what denies the token first, or what would have to be known first. */
function outcome({ verdict, reason, steps }: TokenCheck): string {
  const decisive = steps.find(({ result }) => result === RESULTS[verdict])
  if (verdict === 'admitted' || !decisive) return verdict
  return `${reason ?? verdict}, ${printable(decisive.message)}`
}

function members(object: Record<string, unknown>, show: (value: unknown, name: string) => string): string[] {
  const entries = Object.entries(object)
  const width = Math.min(Math.max(0, ...entries.map(([name]) => printable(name).length)), 30)
  return entries.map(([name, value]) => `${printable(name).padEnd(width)}  ${show(value, name)}`)
}

function claim(value: unknown, name: string, now: number): string {
  const time = TIMES.includes(name) && typeof value === 'number' ? localTime(value) : undefined
  return time === undefined ? json(value) : `${json(value)}  ${time} (${relative(Number(value) - now)})`
}

function json(value: unknown): string {
  return printable(JSON.stringify(value))
}

/** `2026-01-31 13:00:00 +01:00`, on the clock of this machine; undefined beyond what a clock shows. */
function localTime(seconds: number): string | undefined {
  const date = new Date(seconds * 1000)
  const offset = -date.getTimezoneOffset()
  if (Number.isNaN(offset)) return undefined
  const local = new Date(date.getTime() + offset * 60_000)
  if (Number.isNaN(local.getTime())) return undefined
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map(n =>
    String(n).padStart(2, '0'),
  )
  return `${local.toISOString().slice(0, -5).replace('T', ' ')} ${offset < 0 ? '-' : '+'}${hours}:${minutes}`
}

const UNITS = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
] as const

/** `in 10 min`, `3 h ago`: in the largest unit of which there are two. */
function relative(seconds: number): string {
  const away = Math.abs(seconds)
  const [size, unit] = UNITS.find(([size]) => away >= 2 * size) ?? [1, 's']
  const span = `${Math.floor(away / size)} ${unit}`
  return seconds < 0 ? `${span} ago` : `in ${span}`
}

function painter(result: Result, colors: Colors): (text: string) => string {
  if (result === 'pass') return colors.green
  if (result === 'fail') return colors.red
  return result === 'unknown' ? colors.yellow : colors.dim
}
