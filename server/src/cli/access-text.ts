import type { Colors } from 'picocolors/types'
import type { Direction } from '../access/change.ts'
import { count } from '../text/count.ts'
import { printable } from '../text/printable.ts'
import type { Admission, ChangeReport, ListReport, Located, ReportedChange } from './access-report.ts'
import { DIRECTIONS, summaryLine, wholeWord } from './access-words.ts'
import type { Io } from './io.ts'
import { colorsFor } from './report/terminal.ts'

const MARKS: Record<Direction, string> = { wider: '+', other: '~', unclear: '?', narrower: '-' }

/** Whom each rule admits, for a person. */
export function listText({ rules, summary }: ListReport, io: Io): string {
  const colors = colorsFor(io.stdout, io.env)
  const blocks = rules.map(({ target, scope, archived, admits, ...rule }) => {
    const gives = [target, scope].filter(each => each !== null).join(', ')
    const heading = `${place(rule)} ${colors.bold(printable(rule.title))}${gives ? colors.dim(` (${printable(gives)})`) : ''}`
    if (archived) return `${heading}\n  archived`
    const columns = admits.map(({ title, subject, ...where }) => [
      printable(title),
      printable(subject ?? ''),
      place(where),
    ])
    const lines = aligned(columns).map(([title, subject, where], i) => {
      const mark = admits[i]?.how === 'admitted' ? colors.green('✓') : '?'
      return `  ${mark} ${title}  ${subject}  ${colors.dim(where ?? '')}`
    })
    return [
      heading,
      ...(lines.length > 0 ? lines : [colors.dim('  admits no workload of these files')]),
    ].join('\n')
  })
  const { workloads, admitted } = summary
  const legend = rules.some(({ admits }) => admits.some(({ how }) => how === 'possible'))
    ? '\n?: a matcher asks for what no file says'
    : ''
  return `${[...blocks, `${count(summary.rules, 'rule')}, ${admitted} of ${workloads} workloads admitted${legend}`].join('\n\n')}\n`
}

/** What has changed, for a person. */
export function changesText(report: ChangeReport, io: Io): string {
  const colors = colorsFor(io.stdout, io.env)
  const paint: Record<Direction, (text: string) => string> = {
    wider: colors.red,
    other: colors.red,
    unclear: colors.yellow,
    narrower: colors.green,
  }
  const { revision, commit } = report.since
  const blocks = report.changes.map(({ kind, direction, changes, newlyAdmits, noLongerAdmits, ...where }) =>
    [
      `${place(where)} ${kind} ${colors.bold(printable(where.title))}: ${paint[direction](DIRECTIONS[direction])}`,
      ...changes.map(each => `  ${paint[each.direction](MARKS[each.direction])} ${changeLine(each, colors)}`),
      ...newlyAdmits.map(each => `  ${colors.red('+')} ${newly(each)} ${admission(each, colors)}`),
      ...noLongerAdmits.map(each => `  ${colors.green('-')} no longer admits ${admission(each, colors)}`),
    ].join('\n'),
  )
  const heading = `Since ${printable(revision)} (${commit.slice(0, 12)}):`
  return `${[heading, ...blocks, summaryLine(report)].join('\n\n')}\n`
}

/** The rows with each column as wide as its widest, the last as it is. */
function aligned(rows: readonly string[][]): string[][] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map(row => row[at]?.length ?? 0)))
  return rows.map(row => row.map((cell, at) => (at < row.length - 1 ? cell.padEnd(widths[at] ?? 0) : cell)))
}

function newly({ how }: Admission): string {
  return how === 'admitted' ? 'newly admits' : 'may newly admit'
}

function changeLine(each: ReportedChange, colors: Colors): string {
  const whole = wholeWord(each)
  if (whole !== undefined) return whole
  const value = (text: string | null) => (text === null ? colors.dim('nothing') : `"${printable(text)}"`)
  return `${printable(each.field ?? '')}: ${value(each.before)} -> ${value(each.after)}`
}

function admission({ title, subject, ...where }: Admission, colors: Colors): string {
  const known = subject === null ? '' : ` ${printable(subject)}`
  return `${printable(title)}${known} ${colors.dim(place(where))}`
}

function place({ file, line }: Pick<Located, 'file' | 'line'>): string {
  return `${printable(file)}:${line}`
}
