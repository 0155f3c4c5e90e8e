import { asObject, get, type Node, properties, property, type StringNode, toValue } from '../syntax/node.ts'
import type { NodeEdit, Value } from '../syntax/write.ts'
import { grants } from '../wif/iam-condition.ts'
import {
  coversGetToken,
  type IamCondition,
  type IamPolicy,
  type IamStatement,
  isMintingAction,
} from '../wif/iam-policy.ts'
import { isPlaceholder } from '../wif/placeholder.ts'
import { mayHoldMore } from './open.ts'

/**
 * Whether the policy says when tokens may not be minted. What it allows by a wildcard is then what such a policy begins
 * with when it sets bounds for an organization or a role, and gives nobody anything (AWS Organizations, "SCP syntax").
 */
export function setsBounds(policy: IamPolicy): boolean {
  return policy.statements.some(s => s.effect?.value === 'Deny' && s.actions.some(coversGetToken))
}

/** The statements that let a token be minted and whose conditions are all in sight, each with the action that does. */
export function visibleGrants(policy: IamPolicy): { statement: IamStatement; action: StringNode }[] {
  const bounds = setsBounds(policy)
  return [...grants(policy)].filter(({ statement: { node }, action }) => {
    if (bounds && !isMintingAction(action)) return false
    const conditions = get(node, 'Condition')
    const parts = [node, conditions, ...properties(conditions).map(operator => operator.value)]
    return parts.every(part => isInSight(policy, part))
  })
}

/** Whether nothing of `part` is put in later: CloudFormation computes some objects, and what stands for others. */
function isInSight(policy: IamPolicy, part: Node | undefined): boolean {
  if (part?.type === 'object') return !mayHoldMore(policy, part)
  return part?.type !== 'string' || !isPlaceholder(part.value)
}

/** The edit that adds a condition to `statement`, or undefined where one like it is in the way. */
export function addCondition(
  { node }: IamStatement,
  operator: string,
  key: string,
  value: Value,
): NodeEdit | undefined {
  const conditions = property(node, 'Condition')
  if (!conditions) return { insert: 'Condition', into: node, to: { [operator]: { [key]: value } } }
  const into = asObject(conditions.value)
  const same = property(into, operator)
  if (into && !same) return { insert: operator, into, to: { [key]: value } }
  const keys = asObject(same?.value)
  return keys && !property(keys, key) ? { insert: key, into: keys, to: value } : undefined
}

/** The edits that put a condition under another operator, and leave what else is under the old one. */
export function underOperator(
  { operator, key }: IamCondition,
  statement: IamStatement,
  name: string,
): NodeEdit[] | undefined {
  const alone = asObject(operator.value)?.properties.length === 1
  if (alone && !property(operator.parent, name)) return [{ rename: operator, to: name }]
  const add = addCondition(statement, name, key.key.value, toValue(key.value) as Value)
  return add && [{ remove: alone ? operator : key }, add]
}
