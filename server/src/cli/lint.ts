import { resolve } from 'node:path'
import { SEVERITIES } from '../lint/rule.ts'
import { repositoryOf } from '../node/above.ts'
import { encode } from '../text/decode.ts'
import { isConfigName } from '../wif/relevance.ts'
import { type Collected, collect } from './collect.ts'
import { loadConfig } from './config.ts'
import { type Mended, mend, writeMended } from './fix.ts'
import { displayName, lineOf, type Told } from './gather.ts'
import { EXIT, type ExitCode, type Io, say } from './io.ts'
import type { Options } from './options.ts'
import { progressOf } from './progress.ts'
import { makeReport } from './report/report.ts'
import { write } from './report/write.ts'
import { isOfFederation, type Linted, openSession } from './session.ts'

/** The name of a baseline, unless another is asked for. */
const BASELINE = 'wif-lint-baseline.json'

/** `wif-lint [paths]`: lints the files, mends what it may, and prints what it found. */
export async function lintCommand(
  paths: readonly string[],
  options: Options<'lint'>,
  io: Io,
): Promise<ExitCode> {
  const problem = paths.includes('-')
    ? 'to check what is piped in, say what it is: --stdin-filename NAME'
    : contradiction(options)
  if (problem !== undefined) return failure([{ reason: `${problem}; see wif-lint --help` }], io)
  const config = options.config === undefined ? undefined : await loadConfig(options.config, io.cwd)
  if (config && 'problems' in config)
    return failure(
      config.problems.map(reason => ({ reason })),
      io,
    )

  const progress = progressOf(io)
  const collected = await collect(paths, options, config === undefined, io, n => progress.tell('reading', n))
  if ('reason' in collected) return failure([collected], io)
  const { sources, asked, seen, piped, failures, notes } = collected
  const session = openSession(sources, config, options.profile, n =>
    progress.tell('reading', n, sources.length),
  )

  const own = asked.filter(({ origin }) => origin !== 'above')
  const mended = options.fix || options.diff ? mend(own, session, options.fix ?? 'safe') : []
  if (options.diff) {
    progress.end()
    return showDiff(mended, collected, options, io)
  }
  if (options.fix && !piped) {
    const failed = await writeMended(mended, session)
    failures.push(...failed)
    const written = mended.filter(({ source }) => !failed.some(({ path }) => path === source.path))
    notes.push(...written.map(({ source }) => ({ path: source.path, reason: 'fixed' })))
  }

  const all = asked.map((source, i) => {
    progress.tell('checking', i, asked.length)
    return session.lint(source)
  })
  notes.push(...withoutContent(collected, all))
  failures.push(...session.crashes)
  const linted = await weighed(all, options, collected, io)
  progress.end()

  // What reads these formats knows a file by its place in the repository.
  const forRepository = options.format !== 'text' && options.format !== 'json'
  const base = (forRepository && repositoryOf(io.cwd)) || io.cwd
  const report = makeReport(linted, seen.size, path => displayName(path, base))
  const failing = SEVERITIES.slice(0, SEVERITIES.indexOf(options.failLevel) + 1)
  const fails = report.findings.some(({ severity }) => failing.includes(severity))
  const exitCode = failures.length > 0 ? EXIT.failure : fails ? EXIT.findings : EXIT.clean
  const text = await write(options.format, report, { base, exitCode, failures, notes }, io)
  if (piped && options.fix) {
    io.stdout.write(encode(mended[0]?.text ?? piped.text, piped.encoding))
    io.stderr.write(text)
  } else io.stdout.write(text)
  tell([...notes, ...failures], io)
  return exitCode
}

/** What cannot be asked for at once. */
function contradiction({
  diff,
  format,
  baseline,
  baselineFile,
  stdinFilename,
}: Options<'lint'>): string | undefined {
  if (diff && format !== 'text') return '--diff prints a diff and takes no --format'
  if (diff && baseline) return '--diff takes no --baseline'
  if (baselineFile !== undefined && !baseline) return '--baseline-file needs --baseline'
  if (stdinFilename !== undefined && baseline && baseline !== 'use')
    return `--baseline ${baseline} needs files, not --stdin-filename`
  return undefined
}

async function showDiff(
  mended: readonly Mended[],
  { failures, notes }: Collected,
  { fix }: Options<'lint'>,
  io: Io,
) {
  const { unifiedDiff } = await import('./diff.ts')
  io.stdout.write(unifiedDiff(mended, path => displayName(path, io.cwd), io))
  const how = fix === 'all' ? '--fix=all' : '--fix'
  const more = fix === 'all' ? '' : '; --diff --fix=all shows what may change who gets in, too'
  const reason =
    mended.length === 0
      ? `${how} would change nothing${more}`
      : `${how} would change ${mended.length === 1 ? 'this file' : `these ${mended.length} files`}; nothing is written`
  tell([...notes, ...failures, { reason }], io)
  if (failures.length > 0) return EXIT.failure
  return mended.length > 0 ? EXIT.findings : EXIT.clean
}

/** The findings that are left by the baseline, if one is asked for. */
async function weighed(
  linted: readonly Linted[],
  { baseline, baselineFile = BASELINE }: Options<'lint'>,
  { seen, notes, failures }: Collected,
  io: Io,
): Promise<readonly Linted[]> {
  if (!baseline) return linted
  const { weigh } = await import('./with-baseline.ts')
  const result = await weigh(linted, baseline, resolve(io.cwd, baselineFile), seen)
  notes.push(...result.notes)
  failures.push(...result.failures)
  return result.linted
}

/** Who names a file wants to know that there is nothing in it. */
function withoutContent({ asked }: Collected, linted: readonly Linted[]): Told[] {
  return linted.flatMap(({ file, findings }, i) => {
    const { origin, path } = asked[i] ?? {}
    if (origin !== 'named' || path === undefined) return []
    if (findings.length > 0 || isOfFederation(file) || isConfigName(file.uri)) return []
    return { path, reason: 'no federation issuer, rule, workload or IAM policy in it' }
  })
}

function failure(told: readonly Told[], io: Io): ExitCode {
  tell(told, io)
  return EXIT.failure
}

function tell(told: readonly Told[], io: Io): void {
  for (const each of told) say(io, lineOf(each, io.cwd))
}
