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
  findings: Finding[]
  sources: Sources
  /** The files that the findings point into: their places are as these files have them. */
  others: readonly WifFile[]
  /** Where the entity started. */
  start: number
  /** They are about the entity alone, so that they move with it. */
  lasting: boolean
}

/**
 * A memory for the findings of `rules`.
 * @param isCurrent whether a file is still what the workspace has under its uri
 */
export function recall(rules: readonly LintRule[], isCurrent: (file: WifFile) => boolean): Recall {
  const memory = new WeakMap<AnyEntity, readonly Found[]>()
  const nothing = { rules, findings: [], sources: [], others: [], start: 0, lasting: false }

  return (entity, file, view) => {
    const isKept = ({ lasting, sources, others }: Found) =>
      lasting && holds(view, sources) && others.every(isCurrent)
    const all: Found[] = []
    const again: LintRule[] = []
    for (const found of memory.get(entity) ?? [nothing]) {
      if (isKept(found)) all.push(moved(found, entity.node.start))
      else again.push(...found.rules)
    }
    if (again.length > 0) all.push(...find(again, entity, file, view))
    memory.set(entity, all)
    return all.flatMap(found => found.findings)
  }
}

function find(rules: readonly LintRule[], entity: AnyEntity, file: WifFile, view: WorkspaceView): Found[] {
  const alone = withOnly(entity, file)
  const groups = new Map<string, Found & { rules: LintRule[] }>()
  for (const rule of rules) {
    const { result: findings, sources } = watched(view, () => check(rule, alone, view))
    const others = othersIn(findings)
    const lasting = findings.every(found => isWithin(found, entity.node))
    // Those of one group are found again together.
    const key = others.length > 0 || !lasting ? rule.id : Object.keys(sources).join()
    const { start } = entity.node
    const group = groups.get(key) ?? { rules: [], findings: [], sources, others, lasting, start }
    groups.set(key, group)
    group.rules.push(rule)
    group.findings.push(...findings)
  }
  return [...groups.values()]
}

/** `file` as if nothing else were in it. */
function withOnly(entity: AnyEntity, { uri, text, format, namespace }: WifFile): WifFile {
  const alone = { ...emptyFile(uri, text, format, [entity.tree]), namespace }
  put(entity, alone)
  return alone
}

/** The other files that findings and their fixes point into. */
export function othersIn(findings: readonly Finding[]): WifFile[] {
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

/** The same for an entity that has come to stand at `start`. */
function moved(found: Found, start: number): Found {
  const by = start - found.start
  return by === 0 ? found : { ...found, start, findings: found.findings.map(finding => shifted(finding, by)) }
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
