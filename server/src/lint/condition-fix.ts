import { isAbsent, type Property, property } from '../syntax/node.ts'
import { type NodeEdit, put } from '../syntax/write.ts'
import type { FederationRule } from '../wif/rule.ts'
import { conditionEdit } from './condition-edit.ts'
import type { Fix, FixEdit } from './rule.ts'

/** The edits that take `entry` out of the `claims` map and ask the same in the condition, as `expression`. */
export function moveToCondition(
  rule: FederationRule,
  entry: Property,
  expression: string,
): FixEdit[] | undefined {
  const added = addCondition(rule, expression)
  return added && [removeClaim(entry), added]
}

/** Takes `entry` out of the `claims` map, and the map with it where nothing else is left. */
export function removeClaim(entry: Property): NodeEdit {
  const { parent: claims } = entry
  const map = claims.parent
  return { remove: claims.properties.length === 1 && map?.type === 'property' ? map : entry }
}

/** Takes the condition out of `rule`, where something else still says who is meant. */
export function withoutCondition({ match, subject, claims }: FederationRule): Fix[] {
  const entry = property(match, 'condition')
  if (!entry || (!subject && !claims)) return []
  return [{ title: 'Remove `condition`', safe: false, edits: [{ remove: entry }] }]
}

/** The edit that asks for `expression` beside what the condition asks for already. */
function addCondition(rule: FederationRule, expression: string): FixEdit | undefined {
  const { match, condition } = rule
  if (!match) return undefined
  if (isAbsent(match, 'condition')) return put(match, 'condition', expression)
  if (!condition) return undefined
  const { value } = condition
  const before = value.trim()
  if (before === '') return { set: condition, to: expression }
  if (/\|\||\?/.test(before)) return { set: condition, to: `(${before}) && ${expression}` }
  const end = value.trimEnd().length
  return conditionEdit(rule, condition, { title: '', start: end, end, text: ` && ${expression}` })
}
