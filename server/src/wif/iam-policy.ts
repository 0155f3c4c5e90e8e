import {
  asObject,
  asString,
  get,
  items,
  type Node,
  type ObjectNode,
  type Property,
  properties,
  property,
  type StringNode,
  walk,
} from '../syntax/node.ts'
import type { Entity } from './entity.ts'
import { globMatches } from './glob.ts'

/** One `operator: { key: value }` of a statement's Condition. */
export interface IamCondition {
  /** As written: `ForAllValues:StringEquals`. */
  operator: Property
  key: Property
  /** The values, of which one is enough (for positive operators). */
  values: Node[]
}

export interface IamStatement {
  node: ObjectNode
  effect: StringNode | undefined
  actions: StringNode[]
  resources: StringNode[]
  conditions: IamCondition[]
}

/** An AWS IAM policy that speaks of `sts:GetWebIdentityToken`. */
export interface IamPolicy extends Entity {
  kind: 'iam-policy'
  /** The role it belongs to, where the file says so: an answer of `aws iam get-role-policy`, a template. */
  roleName: StringNode | undefined
  statements: IamStatement[]
}

const AUDIENCE_KEY = 'sts:identitytokenaudience'

/** A policy document with an action of outbound federation, or a wildcard over it next to its condition key. */
export function isIamPolicy(node: ObjectNode): boolean {
  if (!property(node, 'Statement')) return false
  return readStatements(node).some(
    statement =>
      statement.actions.some(isMintingAction) ||
      (statement.actions.some(coversGetToken) && statement.conditions.some(isAudienceCondition)),
  )
}

/** Reads a policy; total on any object. */
export function readIamPolicy(node: ObjectNode, place: Pick<Entity, 'file' | 'tree'>): IamPolicy {
  return { ...place, kind: 'iam-policy', node, roleName: roleAround(node), statements: readStatements(node) }
}

/** The name of the role that the policy is written into. */
function roleAround(node: ObjectNode): StringNode | undefined {
  for (let at: Node | Property | undefined = node.parent; at; at = at.parent)
    if (at.type === 'object' && property(at, 'RoleName')) return asString(get(at, 'RoleName'))
  return undefined
}

/** Whether the action names, without wildcards, one of the two that mint tokens for federation. */
export function isMintingAction(action: StringNode): boolean {
  return /^sts:(?:Tag)?GetWebIdentityToken$/i.test(action.value)
}

/** Whether the action is `sts:GetWebIdentityToken` or a wildcard that covers it; IAM ignores case here. */
export function coversGetToken(action: StringNode): boolean {
  return globMatches(action.value.toLowerCase(), 'sts:getwebidentitytoken')
}

/** Whether the condition is on `sts:IdentityTokenAudience`; IAM ignores the case of keys. */
export function isAudienceCondition(condition: IamCondition): boolean {
  return condition.key.key.value.toLowerCase() === AUDIENCE_KEY
}

function readStatements(policy: ObjectNode): IamStatement[] {
  const node = get(policy, 'Statement')
  return (node?.type === 'array' ? node.items : [node]).flatMap(item => {
    const statement = asObject(item)
    return statement ? readStatement(statement) : []
  })
}

function readStatement(node: ObjectNode): IamStatement {
  return {
    node,
    effect: asString(get(node, 'Effect')),
    actions: strings(get(node, 'Action')),
    resources: strings(get(node, 'Resource')),
    conditions: readConditions(asObject(get(node, 'Condition'))),
  }
}

function readConditions(node: ObjectNode | undefined): IamCondition[] {
  return properties(node).flatMap(operator =>
    properties(operator.value).map(key => ({
      operator,
      key,
      values: key.value.type === 'array' ? items(key.value) : [key.value],
    })),
  )
}

function strings(node: Node | undefined): StringNode[] {
  return [...walk(node)].filter(n => n.type === 'string')
}
