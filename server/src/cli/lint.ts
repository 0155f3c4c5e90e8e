import type { Severity } from '../lint/rule.ts'
import { repositoryOf } from '../node/above.ts'
import { isConfigName } from '../wif/relevance.ts'
import { loadConfig } from './config.ts'
import { fixFiles } from './fix.ts'
import { displayName, gather, lineOf } from './gather.ts'
import { EXIT, type ExitCode, type Io, say } from './io.ts'
import type { Options } from './options.ts'
import { makeReport } from './report/report.ts'
import { write } from './report/write.ts'
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
  const { sources, seen, failures, notes } = await gather(paths, io.cwd, config === undefined)
  if (seen.size === 0 && failures.length === 0)
    failures.push({ reason: `no .json, .jsonc, .yaml or .yml file in ${paths.join(', ')}` })

  const session = openSession(sources, config, options.profile)
  if (options.fix) {
    const own = sources.filter(({ origin }) => origin !== 'above')
    const { paths: fixed, failed } = await fixFiles(own, session)
    notes.push(...fixed.map(path => ({ path, reason: 'fixed' })))
    failures.push(...failed)
  }
  const linted = sources.map(source => {
    const result = session.lint(source)
    const { file, findings } = result
    const empty = findings.length === 0 && !isOfFederation(file) && !isConfigName(file.uri)
    if (source.origin === 'named' && empty)
      notes.push({ path: source.path, reason: 'no federation issuer, rule, workload or IAM policy in it' })
    return result
  })
  failures.push(...session.crashes)

  // What reads these formats knows a file by its place in the repository.
  const forRepository = options.format !== 'text' && options.format !== 'json'
  const base = (forRepository && (await repositoryOf(io.cwd))) || io.cwd
  const report = makeReport(linted, seen.size, path => displayName(path, base))
  const failing = report.findings.some(({ severity }) => RANK[severity] >= RANK[options.failLevel])
  const exitCode = failures.length > 0 ? EXIT.failure : failing ? EXIT.findings : EXIT.clean
  io.stdout.write(await write(options.format, report, { base, exitCode, failures, notes }, io))
  for (const told of [...notes, ...failures]) say(io, lineOf(told, io.cwd))
  return exitCode
}
