import { type Node, pointer, type Range, walk } from '../syntax/node.ts'
import type { Config, Ignore } from '../wif/config.ts'
import type { WifFile } from '../wif/entity.ts'
import { linesOf } from '../wif/lines.ts'
import type { Finding, LintRule, Severity } from './rule.ts'

/** A `# wif-ignore match/tenant-wide: reason` in the text of a file. */
export interface IgnoreComment extends Range {
  /** Empty where the comment means to silence something and does not name one rule. */
  rule: string
  reason: string
  /** The lines (from 0) whose findings it silences: its own, and the next when it stands alone. */
  lines: readonly number[]
}

/** What is left of a file's findings under a configuration, and what silenced the rest. */
export interface Configured {
  findings: Finding[]
  usedIgnores: Set<Ignore>
  /** The ignore comments that silence nothing. */
  idleComments: IgnoreComment[]
}

/**
 * Takes away what the configuration and the comments of `file` silence, and gives the rest the severity the team
 * wants. What breaks syntax stays an error: nothing else in such a file can be trusted.
 */
export function configure(
  findings: readonly Finding[],
  file: WifFile,
  config: Config,
  rules: readonly LintRule[],
): Configured {
  const comments = ignoreComments(file)
  const lines = comments.length > 0 ? linesOf(file) : undefined
  const strict = new Set(rules.filter(r => r.profile === 'strict').map(r => r.id))
  const kept: Finding[] = []
  const usedIgnores = new Set<Ignore>()
  const usedComments = new Set<IgnoreComment>()

  for (const finding of findings) {
    const severity = severityOf(finding, config, strict)
    if (severity === undefined) continue
    const ignore = config.ignores.find(i => silences(i, finding, file))
    const line = lines?.positionAt(finding.start).line
    const comment = comments.find(
      c => c.rule === finding.rule && line !== undefined && c.lines.includes(line),
    )
    if (ignore) usedIgnores.add(ignore)
    if (comment) usedComments.add(comment)
    if (!ignore && !comment) kept.push(severity === finding.severity ? finding : { ...finding, severity })
  }
  return { findings: kept, usedIgnores, idleComments: comments.filter(c => !usedComments.has(c)) }
}

function severityOf(
  { rule, severity }: Finding,
  config: Config,
  strict: ReadonlySet<string>,
): Severity | undefined {
  if (rule.startsWith('syntax/')) return severity
  const level =
    config.severity.get(rule) ?? config.severity.get(groupOf(rule)) ?? config.severity.get('default')
  if (level === 'off') return undefined
  if (level) return level
  if (strict.has(rule) && config.profile !== 'strict') return undefined
  return config.profile === 'quiet' && (severity === 'info' || severity === 'hint') ? undefined : severity
}

/** The group of a rule: what stands before the slash of its id. */
export function groupOf(rule: string): string {
  return rule.slice(0, rule.indexOf('/'))
}

function silences(ignore: Ignore, finding: Finding, file: WifFile): boolean {
  if (ignore.rule !== finding.rule || finding.rule.startsWith('syntax/') || !ignore.appliesTo(file.uri))
    return false
  if (ignore.pointer === undefined) return true
  const at = finding.node && pointer(finding.node)
  return at !== undefined && (at === ignore.pointer || at.startsWith(`${ignore.pointer}/`))
}

const COMMENT =
  /(?:#|\/\/)[^\S\n]*wif-ignore[^\S\n]+([a-z0-9-]+\/[a-z0-9-]+)[^\S\n]*(?::[^\S\n]*([^\n]*?))?[^\S\n]*\r?$/gm

/** What is no sentence about ignoring: nothing behind it, a group, a list of rules, a reason alone. */
const UNCLEAR = /(?:#|\/\/)[^\S\n]*wif-ignore(?![\w-])[^\S\n]*(?=\r?$|[:*]|[a-z0-9/-]+[^\S\n]*[:,])[^\n]*/gm

/** The ignore comments of a file, in order. A string that looks like one is none. */
export function ignoreComments(file: WifFile): IgnoreComment[] {
  if (!file.text.includes('wif-ignore')) return []
  const lines = linesOf(file)
  const strings = file.trees.flatMap(tree => [...walk(tree.root)].filter(isString))
  const clear = [...file.text.matchAll(COMMENT)]
  const starts = new Set(clear.map(({ index }) => index))
  const unclear = [...file.text.matchAll(UNCLEAR)].filter(({ index }) => !starts.has(index))
  return [...clear, ...unclear]
    .sort((a, b) => a.index - b.index)
    .flatMap(match => {
      const start = match.index
      const before = file.text[start - 1]
      if (strings.some(s => s.start <= start && start < s.end)) return []
      if (file.format === 'yaml' && before !== undefined && !/\s/.test(before)) return []
      const { line, character } = lines.positionAt(start)
      const alone = file.text.slice(start - character, start).trim() === ''
      const [text, rule = '', reason = ''] = match
      return {
        start,
        end: start + text.trimEnd().length,
        rule,
        reason,
        lines: alone ? [line, line + 1] : [line],
      }
    })
}

function isString(node: Node): boolean {
  return node.type === 'string' && !node.alias
}
