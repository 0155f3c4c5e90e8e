import { claim, quote } from '../cel/index.ts'
import { type Property, property } from '../syntax/node.ts'
import type { NodeEdit } from '../syntax/write.ts'
import type { FederationRule } from '../wif/rule.ts'

/** The edits that take `entry` out of the `claims` map and ask the same in the condition, as `expression`. */
export function moveToCondition(
  rule: FederationRule,
  entry: Property,
  expression: string,
): NodeEdit[] | undefined {
  const added = addCondition(rule, expression)
  return added && [removeClaim(entry), added]
}

/** Takes `entry` out of the `claims` map, and the map with it where nothing else is left. */
export function removeClaim(entry: Property): NodeEdit {
  const { parent: claims } = entry
  const map = claims.parent
  return { remove: claims.properties.length === 1 && map?.type === 'property' ? map : entry }
}

/** The edit that asks for `expression` beside what the condition asks for already. */
function addCondition({ match, condition }: FederationRule, expression: string): NodeEdit | undefined {
  const given = property(match, 'condition')
  if (!match) return undefined
  if (!given) return { insert: 'condition', into: match, to: expression }
  if (given.value.type === 'null' || condition?.value.trim() === '')
    return { set: given.value, to: expression }
  if (!condition) return undefined
  const before = /\|\||\?/.test(condition.value) ? `(${condition.value.trim()})` : condition.value.trim()
  return { set: condition, to: `${before} && ${expression}` }
}

/** "The claim at `path` is `value`", as CEL. */
export function equals(path: string[], value: string): string {
  return `${claim(path)} == ${quote(value)}`
}
