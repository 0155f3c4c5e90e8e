import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { look } from '../node/files.ts'
import { reasonOf } from '../node/reason.ts'
import { count } from '../text/count.ts'
import { isConfigName } from '../wif/relevance.ts'
import { gather } from './gather.ts'
import { CONFIG_JSON, CONFIG_YAML } from './init-text.ts'
import { EXIT, type ExitCode, type Io, say } from './io.ts'
import type { Options } from './options.ts'
import { makeReport } from './report/report.ts'
import { colorsFor } from './report/terminal.ts'
import { openSession } from './session.ts'

const FILES = {
  yaml: { name: 'wif-lint.yaml', text: CONFIG_YAML },
  json: { name: 'wif-lint.jsonc', text: CONFIG_JSON },
} as const

/** `wif-lint init`: writes a configuration to begin with, and says what is here and what to do next. */
export async function initCommand({ format }: Options<'init'>, io: Io): Promise<ExitCode> {
  const { name, text } = FILES[format]
  const there = (await readdir(io.cwd).catch(() => [])).find(isConfigName)
  if (there !== undefined) {
    say(io, `${there}: there is a configuration already, and it is left as it is`)
    return EXIT.failure
  }
  const [here, ...steps] = await survey(io)
  try {
    // Whoever writes one in this very moment keeps theirs.
    await writeFile(join(io.cwd, name), text, { flag: 'wx' })
  } catch (error) {
    say(io, `${name}: cannot be written, ${reasonOf(error)}`)
    return EXIT.failure
  }
  const { bold } = colorsFor(io.stdout, io.env)
  const rows = steps.map(([command, what]) => `  ${bold((command ?? '').padEnd(WIDTH))}  ${what}`)
  io.stdout.write(`Wrote ${name}\n\n${here?.[0]}\n\nNext:\n${rows.join('\n')}\n`)
  return EXIT.clean
}

/** What is in the folder; then commands to run, and what they do. */
async function survey(io: Io): Promise<string[][]> {
  const { sources, seen } = await gather(['.'], io.cwd, true)
  const session = openSession(sources, undefined, undefined)
  const linted = sources.map(source => session.lint(source))
  const { fixable, summary } = makeReport(linted, seen.size, path => path)
  const sum = (of: 'rules' | 'issuers' | 'workloads' | 'policies') =>
    linted.reduce((total, { file }) => total + file[of].length, 0)
  const content = [
    [sum('rules'), 'federation rule'],
    [sum('issuers'), 'issuer'],
    [sum('workloads'), 'workload'],
    [sum('policies'), 'IAM policy', 'IAM policies'],
  ] as const
  const parts = content.flatMap(([n, one, many]) => (n > 0 ? count(n, one, many) : []))
  if (parts.length === 0) {
    const what = `${count(seen.size, 'file')} looked at, and nothing of federation in them yet`
    return [
      [`Here: ${what}.`],
      ['wif-lint', 'when there are rules, issuers, pods or IAM policies'],
      ...(await forCi(io)),
    ]
  }
  const { safe, others } = fixable
  const debt = summary.errors + summary.warnings
  const found = `${count(summary.errors, 'error')} and ${count(summary.warnings, 'warning')}`
  return [
    [`Here: ${parts.join(', ')} in ${count(seen.size, 'file')}, with ${found}.`],
    ['wif-lint', 'shows what is wrong, where, and what to write instead'],
    ...(safe > 0 ? [['wif-lint --diff', `shows what --fix mends by itself: ${count(safe, 'finding')}`]] : []),
    ...(others > 0
      ? [['wif-lint --diff --fix=all', `and what it mends when it may change who gets in: ${others} more`]]
      : []),
    ...(debt > 0
      ? [['wif-lint --baseline write', 'records what there is, to look at later; then --baseline use']]
      : []),
    ...(await forCi(io)),
  ]
}

/** What to do so that each change is checked, by what is in the folder. */
async function forCi({ cwd }: Io): Promise<string[][]> {
  const has = async (...path: string[]) => (await look(join(cwd, ...path))).is !== 'other'
  const steps: string[][] = []
  if (await has('.github', 'workflows'))
    steps.push(['wif-lint --format github', 'in a workflow in .github/workflows: annotations on each change'])
  if (await has('.gitlab-ci.yml'))
    steps.push(['wif-lint --format markdown', 'in .gitlab-ci.yml: a summary for the merge request'])
  if (await has('.pre-commit-config.yaml'))
    steps.push(['pre-commit', 'add the hook wif-lint to .pre-commit-config.yaml'])
  return steps.length > 0 ? steps : [['wif-lint', 'in CI: exit code 1 when there are errors']]
}

const WIDTH = 'wif-lint --format markdown'.length
