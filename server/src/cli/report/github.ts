import type { Severity } from '../../lint/rule.ts'
import { printable } from '../../text/printable.ts'
import { lineOf, type Told } from '../gather.ts'
import type { Report, ReportedFinding } from './report.ts'
import { countsOf } from './text.ts'

const COMMANDS = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
} as const satisfies Record<Severity, string>

/**
 * The report as workflow commands, from which GitHub's runner makes annotations, and a line for whoever reads the log.
 * The escapes are those that the runner undoes (actions/runner, ActionCommand.cs).
 */
export function githubReport(report: Report, failures: readonly Told[], cwd: string): string {
  const lines = [
    ...report.findings.map(annotation),
    ...failures.map(told => `::error title=wif-lint::${data(lineOf(told, cwd))}`),
    report.summary.files > 0 ? countsOf(report) : '',
  ]
  return lines.map(line => line && `${line}\n`).join('')
}

function annotation({
  rule,
  severity,
  message,
  file,
  line,
  column,
  endLine,
  endColumn,
  fixes,
  related,
}: ReportedFinding): string {
  const properties = {
    file,
    line,
    // The runner drops columns of what goes over several lines, and says so in a debug message.
    ...(line === endLine && { col: column }),
    endLine,
    ...(line === endLine && { endColumn }),
    title: rule,
  }
  const list = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`)
  const text = [
    message,
    ...related.map(other => `${other.file}:${other.line}: ${other.message}`),
    ...fixes.map(({ title, safe }) => `${safe ? '--fix' : 'fix'}: ${title}`),
  ]
  return `::${COMMANDS[severity]} ${list.join(',')}::${data(text.map(printable).join('\n'))}`
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
