import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { finding } from '../lint/finding.ts'
import type { Finding } from '../lint/rule.ts'
import { readText } from '../node/files.ts'
import { slashed } from '../node/paths.ts'
import { get, type Node, toValue } from '../syntax/node.ts'
import type { WifFile } from '../wif/entity.ts'
import { readPlainFile } from '../wif/file.ts'
import type { Linted } from './session.ts'

/** How many findings of a rule were in a file when the baseline was written. */
export interface Entry {
  /** The absolute path of the file. */
  path: string
  rule: string
  count: number
}

/** What was found before, and is not to be said again. */
export interface Baseline {
  file: WifFile
  /** Each with the node of its count. */
  entries: readonly (Entry & { node: Node })[]
}

/** The id of what is found where a baseline says more than there is. */
const STALE = 'config/stale-baseline'

/** Reads the baseline at `path`. Never throws: a reason says why there is none. */
export async function readBaseline(path: string): Promise<Baseline | { reason: string }> {
  const read = await readText(path)
  if (!read.ok) return { reason: `${read.reason}; --baseline write makes one` }
  const file = readPlainFile(pathToFileURL(path).href, read.text, 'json')
  const [tree] = file.trees
  const entries =
    tree?.problems.length === 0 ? entriesIn(get(tree.root, 'findings'), dirname(path)) : undefined
  return entries ? { file, entries } : { reason: 'it is no baseline as --baseline write makes them' }
}

function entriesIn(files: Node | undefined, folder: string): Baseline['entries'] | undefined {
  if (files?.type !== 'object') return undefined
  const entries: Baseline['entries'][number][] = []
  for (const { key, value: rules } of files.properties) {
    if (rules.type !== 'object') return undefined
    for (const { key: rule, value: node } of rules.properties) {
      const count = toValue(node)
      if (!Number.isInteger(count) || Number(count) < 1) return undefined
      entries.push({ path: resolve(folder, key.value), rule: rule.value, count: Number(count), node })
    }
  }
  return entries
}

/** The errors and warnings in `linted`, counted. */
export function entriesOf(linted: readonly Linted[]): Entry[] {
  return linted.flatMap(({ file, findings }) => {
    const counts = new Map<string, number>()
    for (const { rule } of findings.filter(isDebt)) counts.set(rule, (counts.get(rule) ?? 0) + 1)
    return [...counts].map(([rule, count]) => ({ path: fileURLToPath(file.uri), rule, count }))
  })
}

/** The text of a baseline that lies in `folder`, sorted: two people who write it write the same. */
export function baselineText(entries: readonly Entry[], folder: string): string {
  const findings: Record<string, Record<string, number>> = {}
  const named = entries.map(({ path, rule, count }) => ({
    name: slashed(relative(folder, path)),
    rule,
    count,
  }))
  const key = ({ name, rule }: { name: string; rule: string }) => `${name}\n${rule}`
  for (const { name, rule, count } of named.sort((a, b) => (key(a) < key(b) ? -1 : 1)))
    findings[name] = { ...findings[name], [rule]: count }
  return `${JSON.stringify({ version: 1, findings }, null, 2)}\n`
}

/** What of `entries` is still there: the debt becomes less, never more. */
export function pruned(
  entries: readonly Entry[],
  now: readonly Entry[],
  isJudged: (path: string) => boolean,
): Entry[] {
  return entries.flatMap(entry => {
    const count = isJudged(entry.path) ? Math.min(entry.count, countOf(entry, now)) : entry.count
    return count > 0 ? { ...entry, count } : []
  })
}

/**
 * What is left of `linted` without the findings of the baseline. Of a rule that finds more in a file than was known,
 * everything is left: nobody can tell which of them is new. An entry that says more than there is becomes a finding.
 * @param isJudged whether all that is in the file at a path is in `linted`
 */
export function withoutKnown(
  linted: readonly Linted[],
  { file, entries }: Baseline,
  isJudged: (path: string) => boolean,
): Linted[] {
  const now = entriesOf(linted)
  const silent = new Set(
    entries.filter(entry => countOf(entry, now) <= entry.count).map(({ path, rule }) => `${path}\n${rule}`),
  )
  const rest = linted.map(({ file, findings }) => {
    const path = fileURLToPath(file.uri)
    return { file, findings: findings.filter(each => !(isDebt(each) && silent.has(`${path}\n${each.rule}`))) }
  })
  const stale = entries.filter(entry => isJudged(entry.path) && countOf(entry, now) < entry.count)
  return [...rest, { file, findings: stale.map(entry => staleFinding(entry, countOf(entry, now))) }]
}

function staleFinding({ rule, count, node }: Baseline['entries'][number], now: number): Finding {
  const left = now === 0 ? 'none is left' : `${now} ${now === 1 ? 'is' : 'are'} left`
  const message = `Of ${count} known "${rule}" ${left}; --baseline prune strikes out what is gone`
  return finding(STALE, 'service-rejects', message, node, node)
}

function countOf({ path, rule }: Entry, entries: readonly Entry[]): number {
  return entries.find(each => each.path === path && each.rule === rule)?.count ?? 0
}

function isDebt({ severity }: Finding): boolean {
  return severity === 'error' || severity === 'warning'
}
