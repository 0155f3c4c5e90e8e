import type { Told } from '../gather.ts'
import type { ExitCode, Io } from '../io.ts'
import type { Options } from '../options.ts'
import { jsonReport } from './json.ts'
import type { Report } from './report.ts'
import { textReport } from './text.ts'

/** What a report may say of the run besides its findings. */
export interface Run {
  /** The folder that the names of files are relative to. */
  base: string
  exitCode: ExitCode
  failures: readonly Told[]
  notes: readonly Told[]
}

/** The report in the format that was asked for. What only one format needs, the others do not wait for. */
export async function write(
  format: Options<'lint'>['format'],
  report: Report,
  run: Run,
  io: Io,
): Promise<string> {
  switch (format) {
    case 'text':
      return textReport(report, io.stdout, io.env)
    case 'json':
      return jsonReport(report)
    case 'sarif':
      return (await import('./sarif.ts')).sarifReport(report, run, io)
    case 'github':
      return (await import('./github.ts')).githubReport(report, run.failures, io.cwd)
    case 'markdown':
      return (await import('./markdown.ts')).markdownReport(report, io.env)
  }
}
