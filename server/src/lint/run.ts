import { type SchemaProblem, validate } from '../schema/validate.ts'
import { label, type Range } from '../syntax/node.ts'
import { grouped } from '../text/grouped.ts'
import { oncePer } from '../text/once-per.ts'
import { damageIn } from '../wif/damage.ts'
import { type AnyEntity, entitiesIn, type WifFile } from '../wif/entity.ts'
import type { WorkspaceView } from '../wif/view.ts'
import { check } from './check.ts'
import { finding, syntaxFindings } from './finding.ts'
import { recall } from './recall.ts'
import type { Finding, LintRule } from './rule.ts'

/** Finds everything in a file, in text order: what breaks its syntax, what its schemas refuse, what rules catch. */
export type Linter = (file: WifFile, view: WorkspaceView) => Finding[]

/**
 * A linter by `rules` that remembers what it has found. What it says is what a new one would say.
 * @param isCurrent whether a file is still what the workspace has under its uri
 */
export function createLinter(rules: readonly LintRule[], isCurrent: (file: WifFile) => boolean): Linter {
  const whole = rules.filter(rule => rule.whole)
  const findingsOf = recall(
    rules.filter(rule => !rule.whole),
    isCurrent,
  )
  const ids = new Set(rules.map(rule => rule.id))
  const yields = new Map(rules.map(rule => [rule.id, rule.yieldsTo ?? []]))
  return (file, view) => {
    const found = whole.flatMap(rule => check(rule, file, view))
    for (const entity of entitiesIn(file)) {
      const own = findingsOf(entity, file, view)
      found.push(...schemaFindings(entity, ids, own), ...own)
    }
    const damage = file.documents.flatMap(document => damageIn(file, document))
    return weigh([...syntaxFindings(file.format, damage), ...withoutRepeats(found)], yields).sort(byPlace)
  }
}

/** That a rule has failed is said once, not for each thing in the file. */
function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const said = new Set<string>()
  return findings.filter(({ node, rule }) => node || (!said.has(rule) && said.add(rule)))
}

/** Every finding in `file`. Pure: the same file, rules and view give the same findings. */
export function lint(file: WifFile, rules: readonly LintRule[], view: WorkspaceView): Finding[] {
  return createLinter(rules, () => true)(file, view)
}

const problemsOf = oncePer(({ kind, node }: Exclude<AnyEntity, { kind: 'service-account' }>) =>
  validate(kind, node),
)

function schemaFindings(entity: AnyEntity, ids: ReadonlySet<string>, found: readonly Finding[]): Finding[] {
  if (entity.kind === 'service-account') return []
  const { kind, tree } = entity
  return problemsOf(entity).flatMap(problem => {
    // What a template leaves out, it may well put in.
    if (tree.templated && problem.keyword === 'required') return []
    if (saidBetter(problem, found) || isMisspelt(problem, found)) return []
    const id = problem.rule !== undefined && ids.has(problem.rule) ? problem.rule : `schema/${kind}`
    const holder = problem.node.parent
    const range = problem.at === 'key' && holder?.type === 'property' ? holder.key : label(problem.node)
    return finding(id, 'service-rejects', problem.message, range, problem.node)
  })
}

/** Whether the rule that owns this part of the schema has itself reported there: one finding, never two. */
function saidBetter(problem: SchemaProblem, found: readonly Finding[]): boolean {
  if (problem.rule === undefined) return false
  return found.some(
    f =>
      f.rule === problem.rule && f.node && (contains(f.node, problem.node) || contains(problem.node, f.node)),
  )
}

/** Whether what an object lacks is there under another name, and a rule has said so. */
function isMisspelt({ node }: SchemaProblem, found: readonly Finding[]): boolean {
  return found.some(f => {
    const field = f.node?.parent
    if (field?.type !== 'property' || field.parent !== node || f.severity !== 'error') return false
    return f.fixes.some(({ edits }) => edits.some(edit => 'rename' in edit && edit.rename === field))
  })
}

/**
 * One finding per root cause: a rule is silent where one it yields to has spoken, and what can never match is not
 * also too wide.
 */
function weigh(findings: readonly Finding[], yields: ReadonlyMap<string, readonly string[]>): Finding[] {
  const onNode = grouped(findings, finding => finding.node)
  return findings.filter(finding => {
    const others = (finding.node && onNode.get(finding.node)) ?? []
    if (others.some(other => yields.get(finding.rule)?.includes(other.rule))) return false
    const light =
      finding.severity !== 'error' && (finding.class === 'over-broad' || finding.class === 'hygiene')
    return !(light && others.some(other => other.severity === 'error'))
  })
}

function byPlace(a: Finding, b: Finding): number {
  return a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
}

function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}
