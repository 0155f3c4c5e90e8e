import { join } from 'node:path'
import { CLASS_SEVERITY, type LintRule, type RuleClass, type Severity } from '../lint/rule.ts'
import { look } from '../node/files.ts'
import { mapBounded } from '../node/pool.ts'
import { rules } from '../rules/index.ts'
import { EXIT, type ExitCode, type Io, say } from './io.ts'
import type { Options } from './options.ts'
import { readPage, showsFix } from './pages.ts'
import { rulesTable } from './report/table.ts'
import { colorsFor } from './report/terminal.ts'

/** A rule as `wif-lint rules` tells of it. */
export interface ListedRule {
  id: string
  title: string
  severity: Severity
  class: RuleClass
  /** The version that brought it. */
  since: string
  /** `strict` for a rule that is silent in every other profile. */
  profile: 'default' | 'strict'
  /** Whether it has a fix for some of what it finds. */
  fixable: boolean
}

/** `wif-lint rules`: prints the table of all rules. */
export async function rulesCommand({ format }: Options<'rules'>, io: Io): Promise<ExitCode> {
  const listed = await mapBounded(rules, rule => list(rule, io.pages))
  io.stdout.write(
    format === 'json'
      ? `${JSON.stringify({ version: 1, rules: listed }, null, 2)}\n`
      : rulesTable(listed, colorsFor(io.stdout, io.env)),
  )
  // Nobody should believe that this has checked a folder of theirs.
  if ((await look(join(io.cwd, 'rules'))).is === 'folder')
    say(io, 'nothing was checked; to check the folder of this name, write ./rules')
  return EXIT.clean
}

async function list(rule: LintRule, pages: string): Promise<ListedRule> {
  const { id, title, since, profile = 'default' } = rule
  const fixable = showsFix(await readPage(pages, id))
  return { id, title, severity: CLASS_SEVERITY[rule.class], class: rule.class, since, profile, fixable }
}
