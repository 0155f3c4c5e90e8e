import type { FactValue } from '../cel/index.ts'
import { type Node, type Property, properties } from '../syntax/node.ts'
import { readCondition } from '../wif/condition.ts'
import type { FederationRule } from '../wif/rule.ts'
import { partOf } from './part.ts'
import type { Place } from './rule.ts'

/** A claim that a rule asks to have one of some values. */
export interface AskedClaim {
  path: string[]
  values: FactValue[]
  at: Place
  node: Node
  /** The entry of the `claims` map that asks; undefined when it is the condition. */
  entry: Property | undefined
}

/** The claims that `rule` compares with values, in the `claims` map and in what its condition demands. */
export function askedClaims(rule: FederationRule): AskedClaim[] {
  const { claims, condition } = rule
  const inMap = properties(claims)
    .filter(({ value }) => value.type !== 'null')
    .map(entry => {
      const { key, value } = entry
      const values = value.type === 'string' ? [value.value] : []
      return { path: [key.value], values, at: value, node: value, entry }
    })
  const facts = (condition && readCondition(condition)?.facts) ?? []
  const inCondition = facts.flatMap(fact => {
    if (!condition || (fact.kind !== 'equals' && fact.kind !== 'in')) return []
    const { path, values } = fact
    return { path, values, at: partOf(rule, condition, fact), node: condition, entry: undefined }
  })
  return [...inMap, ...inCondition]
}
