import { fileURLToPath } from 'node:url'
import type { Colors } from 'picocolors/types'
import type { Step } from '../decide/decide.ts'
import { printable } from '../text/printable.ts'
import type { CheckedStep, Place, RuleLine, TokenReport } from '../token/report.ts'
import type { WifFile } from '../wif/entity.ts'
import { linesOf } from '../wif/lines.ts'
import { displayName } from './gather.ts'
import type { Io } from './io.ts'
import { colorsFor } from './report/terminal.ts'

type Result = Step['result']

const MARKS: Record<Result, string> = { pass: '✓', fail: '✗', unknown: '?', skipped: '-' }
const RESULTS = { admitted: 'pass', denied: 'fail', unknown: 'unknown' } as const
const TIMES = ['exp', 'iat', 'nbf']

/**
 * The report for a person.
 * @param fileAt the files in it, by uri
 */
export function tokenText(
  report: TokenReport,
  fileAt: (uri: string) => WifFile | undefined,
  { stdout, env, cwd }: Io,
): string {
  const { kind, size, header, claims, rule, rules, notes, now } = report
  const colors = colorsFor(stdout, env)
  const mark = (result: Result) => painter(result, colors)(MARKS[result])
  const fileName = ({ uri }: Place) => printable(displayName(fileURLToPath(uri), cwd))
  const placeName = (place: Place) => {
    const file = fileAt(place.uri)
    const at = file && linesOf(file).positionAt(place.start)
    return at ? `${fileName(place)}:${at.line + 1}:${at.character + 1}` : fileName(place)
  }
  const stepLine = ({ step, result, message, place }: CheckedStep) => {
    const where = result === 'fail' && place ? colors.dim(` (${placeName(place)})`) : ''
    return `${mark(result)} ${step.padEnd(9)} ${printable(message)}${where}`
  }
  const parts: [heading: string, lines: string[]][] = [
    ['Token', [`${kind ?? 'of an issuer that is not known here'}, ${size} bytes`]],
    ['Header', members(header, json)],
    ['Claims', members(claims, (value, name) => claim(value, name, now))],
    [`Rule ${printable(rule?.title ?? '')}`, rule?.steps.map(stepLine) ?? []],
    ['Also', notes.map(({ severity, message }) => `${severity}: ${printable(message)}`)],
    [
      'Rules of the workspace',
      rules.map(line => {
        const title = `${fileName(line.place)}: ${printable(line.title)}`
        return `${mark(RESULTS[line.verdict])} ${title}: ${outcome(line)}`
      }),
    ],
  ]
  const blocks = parts
    .filter(([, lines]) => lines.length > 0)
    .map(([heading, lines]) => [colors.bold(heading), ...lines.map(line => `  ${line}`)].join('\n'))
  const end = rule ? [painter(RESULTS[rule.verdict], colors)(verdict(rule, rule.steps))] : []
  return `${[...blocks, ...end].join('\n\n')}\n`
}

function verdict({ verdict, reason }: RuleLine, steps: readonly CheckedStep[]): string {
  if (verdict === 'admitted') return 'Admitted'
  if (verdict === 'denied') return `Denied: ${reason}`
  const open = (name: Step['step']) => steps.some(({ step, result }) => step === name && result === 'unknown')
  const given = [
    ...(open('issuer') ? ['the issuer is given by --issuer FILE'] : []),
    ...(open('signature') ? ['the keys of the issuer are given by --jwks FILE'] : []),
  ]
  return ['Unknown: nothing denies the token, but not everything is known', ...given].join('; ')
}

/** The verdict in a line: what denies the token first, or what would have to be known first. */
function outcome({ verdict, reason, message }: RuleLine): string {
  return message === undefined ? verdict : `${reason ?? verdict}, ${printable(message)}`
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
