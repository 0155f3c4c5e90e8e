import { type SchemaKind, type SchemaProblem, validate } from '../schema/validate.ts'
import { label, type Node, type Range } from '../syntax/node.ts'
import type { Entity, WifFile } from '../wif/entity.ts'
import type { WorkspaceView } from '../wif/view.ts'
import { finding, syntaxFindings } from './finding.ts'
import { CLASS_SEVERITY, type Finding, type LintRule, type Place, type Report } from './rule.ts'

/**
 * Every finding in `file`, in text order: what breaks its syntax, what its schemas refuse, what `rules` catch.
 * Pure: the same file, rules and view give the same findings.
 */
export function lint(file: WifFile, rules: readonly LintRule[], view: WorkspaceView): Finding[] {
  const found = rules.flatMap(rule => check(rule, file, view))
  return weigh([...syntaxFindings(file), ...schemaFindings(file, rules, found), ...found], rules).sort(
    byPlace,
  )
}

function check(rule: LintRule, file: WifFile, view: WorkspaceView): Finding[] {
  const findings: Finding[] = []
  const report: Report = (at, message, options = {}) => {
    findings.push({
      ...rangeOf(at),
      rule: rule.id,
      class: rule.class,
      severity: options.severity ?? CLASS_SEVERITY[rule.class],
      message,
      node: nodeOf(at),
      fixes: options.fixes ?? [],
      related: options.related ?? [],
    })
  }
  try {
    rule.check(file, report, view)
  } catch (error) {
    // A rule never throws; should one do so all the same, the others still speak, and this one is not silent.
    const kind = error instanceof Error ? error.name : 'unknown error'
    const range = { start: 0, end: Math.min(1, file.text.length) }
    const message = `This rule failed on this file (${kind}): please report it`
    return [{ ...finding(rule.id, 'service-rejects', message, range, undefined), severity: 'warning' }]
  }
  return findings
}

function schemaFindings(file: WifFile, rules: readonly LintRule[], found: readonly Finding[]): Finding[] {
  return withSchema(file).flatMap(([kind, { node, tree }]) =>
    validate(kind, node).flatMap(problem => {
      // What a template leaves out, it may well put in.
      if (tree.templated && problem.keyword === 'required') return []
      if (saidBetter(problem, found)) return []
      const id = rules.some(r => r.id === problem.rule) ? problem.rule : undefined
      const holder = problem.node.parent
      const range = problem.at === 'key' && holder?.type === 'property' ? holder.key : label(problem.node)
      return finding(id ?? `schema/${kind}`, 'service-rejects', problem.message, range, problem.node)
    }),
  )
}

/** Whether the rule that owns this part of the schema has itself reported there: one finding, never two. */
function saidBetter(problem: SchemaProblem, found: readonly Finding[]): boolean {
  if (problem.rule === undefined) return false
  return found.some(
    f =>
      f.rule === problem.rule && f.node && (contains(f.node, problem.node) || contains(problem.node, f.node)),
  )
}

function withSchema(file: WifFile): [SchemaKind, Entity][] {
  const of = (kind: SchemaKind, entities: readonly Entity[]) =>
    entities.map((e): [SchemaKind, Entity] => [kind, e])
  return [
    ...of('issuer', file.issuers),
    ...of('rule', file.rules),
    ...of('workload', file.workloads),
    ...of('iam-policy', file.policies),
  ]
}

/**
 * One finding per root cause: a rule is silent where one it yields to has spoken, and what can never match is not
 * also too wide.
 */
function weigh(findings: readonly Finding[], rules: readonly LintRule[]): Finding[] {
  const yields = new Map(rules.map(r => [r.id, r.yieldsTo ?? []]))
  const onNode = new Map<Node, Finding[]>()
  for (const finding of findings) {
    if (!finding.node) continue
    const others = onNode.get(finding.node)
    if (others) others.push(finding)
    else onNode.set(finding.node, [finding])
  }
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

function nodeOf(at: Place): Node {
  if (at.type === 'part') return at.node
  return at.type === 'property' ? at.value : at
}

function rangeOf(at: Place): Range {
  const { start, end } = at.type === 'part' ? at : at.type === 'property' ? at.key : label(at)
  return { start, end }
}
