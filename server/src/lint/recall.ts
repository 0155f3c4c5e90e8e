import type { Range } from '../syntax/node.ts'
import { type AnyEntity, emptyFile, put, type WifFile } from '../wif/entity.ts'
import { holds, type Sources, type WorkspaceView, watched } from '../wif/view.ts'
import { check } from './check.ts'
import type { Finding, LintRule } from './rule.ts'

/**
 * What rules find about one thing of the field is found once, and again only when something is another that they have
 * looked at: the thing itself, a list of the view, or a file that a finding points into. While a person types in one
 * rule of two hundred, the others are asked nothing.
 */
export type Recall = (entity: AnyEntity, file: WifFile, view: WorkspaceView) => Finding[]

/** What rules that have looked at the same found together. */
interface Found {
  rules: readonly LintRule[]
  findings: readonly Finding[]
  sources: Sources
  /** The files that the findings point into: their places are as these files have them. */
  others: readonly WifFile[]
  /** They are about the entity alone, so that they move with it. */
  lasting: boolean
}

interface Memory {
  /** Where the entity started. */
  start: number
  all: readonly Found[]
  /** Of all of them. */
  findings: Finding[]
}

/**
 * A memory for the findings of `rules`.
 * @param isCurrent whether a file is still what the workspace has under its uri
 */
export function recall(rules: readonly LintRule[], isCurrent: (file: WifFile) => boolean): Recall {
  const memories = new WeakMap<AnyEntity, Memory>()
  const nothing: Memory = {
    start: 0,
    all: [{ rules, findings: [], sources: [], others: [], lasting: false }],
    findings: [],
  }

  return (entity, file, view) => {
    const { start } = entity.node
    const known = memories.get(entity) ?? nothing
    const isKept = ({ lasting, sources, others }: Found) =>
      lasting && holds(view, sources) && others.every(isCurrent)
    const kept = known.all.filter(isKept)
    if (kept.length === known.all.length && known.start === start) return known.findings
    const again = known.all.flatMap(found => (kept.includes(found) ? [] : found.rules))
    const all = [...moved(kept, start - known.start), ...find(again, entity, file, view)]
    const findings = all.flatMap(found => found.findings)
    memories.set(entity, { start, all, findings })
    return findings
  }
}

function find(rules: readonly LintRule[], entity: AnyEntity, file: WifFile, view: WorkspaceView): Found[] {
  if (rules.length === 0) return []
  const alone = withOnly(entity, file)
  const groups = new Map<string | number, Found & { rules: LintRule[]; findings: Finding[] }>()
  for (const rule of rules) {
    const { result: findings, sources } = watched(view, () => check(rule, alone, view))
    const others = othersIn(findings)
    const lasting = findings.every(found => isWithin(found, entity.node))
    // Those of one group are found again together.
    const key = others.length > 0 || !lasting ? rule.id : lists(sources)
    const group = groups.get(key) ?? { rules: [], findings: [], sources, others, lasting }
    groups.set(key, group)
    group.rules.push(rule)
    group.findings.push(...findings)
  }
  return [...groups.values()]
}

/** Which lists were looked at, as a number with a bit for each. */
function lists(sources: Sources): number {
  return sources.reduce((bits, _, place) => bits | (1 << place), 0)
}

/** `file` as if nothing else were in it. */
function withOnly(entity: AnyEntity, { uri, text, format, namespace }: WifFile): WifFile {
  const alone = { ...emptyFile(uri, text, format, [entity.tree]), namespace }
  put(entity, alone)
  return alone
}

/** The other files that findings and their fixes point into. */
export function othersIn(findings: readonly Finding[]): WifFile[] {
  if (findings.length === 0) return []
  const places = findings.flatMap(f => [...f.related, ...f.fixes.flatMap(fix => fix.edits)])
  return [...new Set(places.flatMap(({ file }) => file ?? []))]
}

/** Whether all that a finding says in offsets is inside of `range`. Nodes know themselves where they are. */
function isWithin(finding: Finding, { start, end }: Range): boolean {
  return [finding, ...replaced(finding)].every(each => start <= each.start && each.end <= end)
}

function replaced({ fixes }: Finding): Range[] {
  return fixes
    .flatMap(fix => fix.edits)
    .flatMap(edit => ('replace' in edit && !edit.file ? edit.replace : []))
}

/** The same for an entity that has moved. */
function moved(all: readonly Found[], by: number): readonly Found[] {
  if (by === 0) return all
  return all.map(found =>
    found.findings.length === 0
      ? found
      : { ...found, findings: found.findings.map(finding => shifted(finding, by)) },
  )
}

function shifted(finding: Finding, by: number): Finding {
  const at = <T extends Range>(range: T): T => ({ ...range, start: range.start + by, end: range.end + by })
  const fixes = finding.fixes.map(fix => ({
    ...fix,
    edits: fix.edits.map(edit =>
      'replace' in edit && !edit.file ? { ...edit, replace: at(edit.replace) } : edit,
    ),
  }))
  return { ...at(finding), fixes }
}
