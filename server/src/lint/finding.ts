import type { Node, Range } from '../syntax/node.ts'
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

/** What the parsers could not read in `file`. */
export function syntaxFindings(file: WifFile): Finding[] {
  return file.trees.flatMap(tree =>
    tree.problems.map(problem => ({
      ...finding(`syntax/${file.format}`, 'service-rejects', problem.message, problem, undefined),
      ...(problem.mild && { severity: 'warning' as const }),
    })),
  )
}
