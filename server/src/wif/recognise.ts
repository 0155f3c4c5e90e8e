import {
  asObject,
  get,
  items,
  type Node,
  type ObjectNode,
  properties,
  property,
  textAt,
} from '../syntax/node.ts'
import type { AnyEntity, Entity } from './entity.ts'
import { isIamPolicy, readIamPolicy } from './iam-policy.ts'
import { isIssuer, readIssuer } from './issuer.ts'
import { isRule, readRule } from './rule.ts'
import { isServiceAccount, readServiceAccount } from './service-account.ts'
import { isWorkload, podSpecOf, readWorkload } from './workload.ts'

/** The objects that may describe something: the root, list items, and what bundles and API lists hold. */
export function* candidates(root: Node | undefined): Generator<ObjectNode> {
  if (root?.type === 'array') for (const item of root.items) yield* candidates(item)
  const object = asObject(root)
  if (!object) return
  yield object
  // What `aws iam get-role-policy` answers.
  const document = property(object, 'RoleName') && asObject(get(object, 'PolicyDocument'))
  if (document) yield document
  for (const { value } of properties(get(object, 'Resources'))) yield* policiesOf(value)
  // `{issuers, rules}` bundles, `{data}` of the API, `items` of a Kubernetes List.
  for (const key of ['issuers', 'rules', 'federation_issuers', 'federation_rules', 'data', 'items']) {
    for (const item of items(get(object, key))) if (item.type === 'object') yield* candidates(item)
  }
}

/** The policy documents of a resource of CloudFormation, CDK or SAM, whose `Policies` may be documents themselves. */
function* policiesOf(resource: Node): Generator<ObjectNode> {
  if (!textAt(resource, 'Type')?.startsWith('AWS::')) return
  const own = get(resource, 'Properties')
  const policies = get(own, 'Policies')
  for (const policy of [own, ...(policies?.type === 'array' ? policies.items : [policies])]) {
    const document =
      asObject(get(policy, 'PolicyDocument')) ?? (policy === own ? undefined : asObject(policy))
    if (document) yield document
  }
}

/** What `node` describes, if it is something of the field. */
export function readEntity(node: ObjectNode, place: Pick<Entity, 'file' | 'tree'>): AnyEntity | undefined {
  if (isIssuer(node)) return readIssuer(node, place)
  if (isRule(node)) return readRule(node, place)
  if (isServiceAccount(node)) return readServiceAccount(node, place)
  if (isIamPolicy(node)) return readIamPolicy(node, place)
  const podSpec = isWorkload(node) && podSpecOf(node)
  return podSpec ? readWorkload(node, podSpec, place) : undefined
}
