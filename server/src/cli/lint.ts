import type { Severity } from '../lint/rule.ts'
import { isConfigName } from '../wif/relevance.ts'
import { loadConfig } from './config.ts'
import { fixFiles } from './fix.ts'
import { displayName, gather } from './gather.ts'
import { EXIT, type ExitCode, type Io, say } from './io.ts'
import type { Options } from './options.ts'
import { jsonReport } from './report/json.ts'
import { makeReport } from './report/report.ts'
import { textReport } from './report/text.ts'
import { isOfFederation, openSession } from './session.ts'

const RANK: Record<Severity, number> = { error: 3, warning: 2, info: 1, hint: 0 }

/** `wif-lint [paths]`: lints the files, mends what it may, and prints what it found. */
export async function lintCommand(
  paths: readonly string[],
  options: Options<'lint'>,
  io: Io,
): Promise<ExitCode> {
  const config = options.config === undefined ? undefined : await loadConfig(options.config, io.cwd)
  if (config && 'problems' in config) {
    for (const problem of config.problems) say(io, problem)
    return EXIT.failure
  }
  const nameOf = (path: string) => displayName(path, io.cwd)
  const { sources, seen, failures, notes } = await gather(paths, io.cwd, config === undefined)
  if (seen.size === 0 && failures.length === 0)
    failures.push(`no .json, .jsonc, .yaml or .yml file in ${paths.join(', ')}`)

  const session = openSession(sources, config, options.profile)
  if (options.fix) {
    const own = sources.filter(({ origin }) => origin !== 'above')
    const { paths: fixed, failed } = await fixFiles(own, session)
    notes.push(...fixed.map(path => `${nameOf(path)}: fixed`))
    failures.push(...failed.map(({ path, reason }) => `${nameOf(path)}: ${reason}`))
  }
  const linted = sources.map(source => {
    const result = session.lint(source)
    const { file, findings } = result
    const empty = findings.length === 0 && !isOfFederation(file) && !isConfigName(file.uri)
    if (source.origin === 'named' && empty)
      notes.push(`${nameOf(source.path)}: no federation issuer, rule, workload or IAM policy in it`)
    return result
  })
  failures.push(...session.crashes.map(({ path, reason }) => `${nameOf(path)}: ${reason}`))

  const report = makeReport(linted, seen.size, nameOf)
  io.stdout.write(options.format === 'json' ? jsonReport(report) : textReport(report, io.stdout, io.env))
  for (const line of [...notes, ...failures]) say(io, line)
  if (failures.length > 0) return EXIT.failure
  const failing = report.findings.some(({ severity }) => RANK[severity] >= RANK[options.failLevel])
  return failing ? EXIT.findings : EXIT.clean
}
