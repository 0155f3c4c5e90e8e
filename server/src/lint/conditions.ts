import { check, limits, type Problem, parse } from '../cel/index.ts'
import type { StringNode } from '../syntax/node.ts'
import { oncePer } from '../text/once-per.ts'
import { type ReadCondition, readCondition } from '../wif/condition.ts'
import type { WifFile } from '../wif/entity.ts'
import { providerOf } from '../wif/pairing.ts'
import { isPlaceholder } from '../wif/placeholder.ts'
import type { Provider } from '../wif/providers/provider.ts'
import type { FederationRule } from '../wif/rule.ts'
import type { WorkspaceView } from '../wif/view.ts'

/** The condition of a rule, taken apart, with what one must know to judge it. */
export interface Condition extends ReadCondition {
  rule: FederationRule
  node: StringNode
  provider: Provider | undefined
}

/** The conditions of `file` that are CEL; of the others only `cel/invalid` speaks. */
export function* conditions(file: WifFile, view: WorkspaceView): Generator<Condition> {
  for (const rule of file.rules) {
    const node = rule.condition
    const read = node && !problemsOf(node).some(isCertain) ? readCondition(node) : undefined
    if (node && read) yield { ...read, rule, node, provider: providerOf(view, rule) }
  }
}

/** What is wrong with a condition as CEL: its one syntax error, or else all that a check finds. */
export const problemsOf = oncePer((condition: StringNode): readonly Problem[] => {
  const parsed = parse(condition.value)
  return parsed.ok ? check(parsed) : [parsed.problem]
})

/** Whether the service is sure to refuse the condition for it, or every token. */
export function isCertain({ code }: Problem): boolean {
  return code !== 'too-large' && code !== 'unsupported' && code !== 'extension-function'
}

/** Whether parts of `condition` are still to be filled in, so that nothing can be said of its form. */
export function isUnfinished(condition: string): boolean {
  if (condition.length > limits.length) return false
  // What stands in strings has no part in the form, nor are `a < b && c > d` angle brackets around a name.
  const form = condition.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""').replace(/<=?\s|\s<=?/g, ' ')
  return isPlaceholder(form) || /\{\{|\$\{/.test(condition)
}
