import { createColors } from 'picocolors'
import type { Colors } from 'picocolors/types'
import type { Severity } from '../../lint/rule.ts'
import { count } from '../../text/count.ts'
import { printable } from '../../text/printable.ts'
import type { Io, Output } from '../io.ts'
import type { Report, ReportedFinding } from './report.ts'
import { snippet } from './snippet.ts'
import { colorsFor, forLog } from './terminal.ts'

/** Narrower, no line of code can be read; wider, no eye finds the caret. */
const WIDTH = { least: 60, usual: 120, most: 160 }
/** Beyond these, the titles of fixes are only counted. */
const MAX_FIXES = 6

/** How to print. */
interface Style {
  colors: Colors
  width: number
}

/** The report for a person: each finding with the line it is about, then what it all came to. */
export function textReport(report: Report, output: Output, env: Io['env']): string {
  // Then there is nothing to be happy about, and why is said elsewhere.
  if (report.summary.files === 0) return ''
  const width = Math.min(Math.max(output.columns ?? WIDTH.usual, WIDTH.least), WIDTH.most)
  const style = { colors: colorsFor(output, env), width }
  const blocks = report.findings.map(finding => block(finding, report, style))
  return forLog([...blocks, total(report, style)].map(text => `${text}\n`).join('\n'), env)
}

function block(finding: ReportedFinding, report: Report, { colors, width }: Style): string {
  const { file, line, column, severity, message, rule } = finding
  const text = report.sourceLine(file, line)
  const end = finding.endLine === line ? finding.endColumn - 1 : text.length
  const number = String(line)
  const gutter = ' '.repeat(number.length)
  const bar = colors.dim('|')
  const { source, carets } = snippet(text, column - 1, end, width - number.length - 3)
  const paint = painter(severity, colors)
  const extra = (what: string) => `${gutter} ${colors.dim('=')} ${what}`

  const shown = finding.fixes.slice(0, MAX_FIXES)
  const hidden = finding.fixes.length - shown.length
  return [
    `${colors.bold(place(finding))}: ${paint(severity)}: ${printable(message)} ${colors.dim(`[${rule}]`)}`,
    `${colors.dim(number)} ${bar}${source && ` ${source}`}`,
    `${gutter} ${bar} ${paint(carets)}`,
    ...finding.related.map(other => extra(`${place(other)}: ${printable(other.message)}`)),
    ...shown.map(fix => extra(`${fix.safe ? colors.green('--fix:') : 'fix:'} ${printable(fix.title)}`)),
    ...(hidden > 0 ? [extra(`and ${count(hidden, 'fix', 'fixes')} more`)] : []),
  ].join('\n')
}

function total(report: Report, { colors }: Style): string {
  return [countsOf(report, colors), ...nextSteps(report, colors)].join('\n')
}

/** What to run next: people read the end of an output first. */
function nextSteps({ findings, fixable: { safe, others } }: Report, colors: Colors): string[] {
  const [first] = [...findings].sort(
    (a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'),
  )
  if (!first) return []
  const look = '(with --diff, to see it first)'
  return [
    ...(safe > 0 ? [`${count(safe, 'finding')} can be mended with ${colors.green('--fix')} ${look}`] : []),
    ...(others > 0
      ? [
          `${safe > 0 ? `${others} more` : count(others, 'finding')} with ${colors.green('--fix=all')}, which may change who gets in${safe > 0 ? '' : ` ${look}`}`,
        ]
      : []),
    `wif-lint explain ${first.rule} says what is wrong there, why it matters and how to mend it`,
  ]
}

const PLAIN = createColors(false)

/** How much was found, in one line. */
export function countsOf({ findings, summary, ofFederation }: Report, colors: Colors = PLAIN): string {
  const checked = `checked ${count(summary.files, 'file')}, ${ofFederation || 'none'} of federation`
  if (findings.length === 0) return `${colors.green('No findings')} (${checked})`
  const counts = [
    ...(summary.errors > 0 ? [colors.red(count(summary.errors, 'error'))] : []),
    ...(summary.warnings > 0 ? [colors.yellow(count(summary.warnings, 'warning'))] : []),
    ...(summary.infos > 0 ? [colors.cyan(count(summary.infos, 'info'))] : []),
  ]
  const files = new Set(findings.map(({ file }) => file)).size
  return `${counts.join(', ')} in ${count(files, 'file')} (${checked})`
}

function place({ file, line, column }: { file: string; line: number; column: number }): string {
  return `${printable(file)}:${line}:${column}`
}

/** The colour of a severity. */
export function painter(severity: Severity, colors: Colors): (text: string) => string {
  if (severity === 'error') return colors.red
  return severity === 'warning' ? colors.yellow : colors.cyan
}
