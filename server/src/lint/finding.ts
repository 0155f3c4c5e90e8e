import type { Node, Problem, Range } from '../syntax/node.ts'
import type { WifFile } from '../wif/entity.ts'
import { CLASS_SEVERITY, type Finding, type RuleClass } from './rule.ts'

/** A finding at `range` with the severity of its class, without fixes or related places. */
export function finding(
  rule: string,
  ruleClass: RuleClass,
  message: string,
  { start, end }: Range,
  node: Node | undefined,
): Finding {
  const severity = CLASS_SEVERITY[ruleClass]
  return { rule, class: ruleClass, severity, message, start, end, node, fixes: [], related: [] }
}

/** What the parsers could not read in a file of this format. */
export function syntaxFindings(format: WifFile['format'], problems: readonly Problem[]): Finding[] {
  return problems.map(problem => ({
    ...finding(`syntax/${format}`, 'service-rejects', problem.message, problem, undefined),
    ...(problem.mild && { severity: 'warning' as const }),
  }))
}
