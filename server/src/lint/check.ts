import { label, type Node, type Range } from '../syntax/node.ts'
import type { WifFile } from '../wif/entity.ts'
import type { WorkspaceView } from '../wif/view.ts'
import { finding } from './finding.ts'
import { CLASS_SEVERITY, type Finding, type LintRule, type Place, type Report } from './rule.ts'

/** What `rule` reports on `file`, as it reports it. Never throws. */
export function check(rule: LintRule, file: WifFile, view: WorkspaceView): Finding[] {
  const findings: Finding[] = []
  const report: Report = (at, message, options = {}) => {
    findings.push({
      ...rangeOf(at),
      rule: rule.id,
      class: rule.class,
      severity: options.severity ?? CLASS_SEVERITY[rule.class],
      message,
      node: nodeOf(at),
      fixes: (options.fixes ?? []).map(fix => ({ ...fix, edits: fix.edits.map(edit => placed(edit, file)) })),
      related: (options.related ?? []).map(place => placed(place, file)),
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

/** `place` without a mention of its file, if that is the linted one. */
function placed<T extends { file?: WifFile }>(place: T, linted: WifFile): T {
  if (place.file?.uri !== linted.uri) return place
  const here = { ...place }
  delete here.file
  return here
}

function nodeOf(at: Place): Node {
  if (at.type === 'part') return at.node
  return at.type === 'property' ? at.value : at
}

function rangeOf(at: Place): Range {
  const { start, end } = at.type === 'part' ? at : at.type === 'property' ? at.key : label(at)
  return { start, end }
}
