import { asString, get, type ObjectNode, type StringNode, textAt } from '../syntax/node.ts'
import type { Entity } from './entity.ts'

/** A Kubernetes ServiceAccount, as far as federation cares: who it is, and which AWS role IRSA gives it. */
export interface KubernetesServiceAccount extends Entity {
  kind: 'service-account'
  name: StringNode | undefined
  namespace: StringNode | undefined
  /** Annotation `eks.amazonaws.com/role-arn`. */
  roleArn: StringNode | undefined
  /** Annotation `eks.amazonaws.com/audience`: the audience of the token the EKS webhook projects. */
  irsaAudience: StringNode | undefined
}

/** A Kubernetes ServiceAccount manifest. */
export function isServiceAccount(node: ObjectNode): boolean {
  return textAt(node, 'kind') === 'ServiceAccount' && textAt(node, 'apiVersion') === 'v1'
}

/** Reads a ServiceAccount; total on any object. */
export function readServiceAccount(
  node: ObjectNode,
  place: Pick<Entity, 'file' | 'tree'>,
): KubernetesServiceAccount {
  const annotation = (name: string) =>
    asString(get(node, 'metadata', 'annotations', `eks.amazonaws.com/${name}`))
  return {
    ...place,
    kind: 'service-account',
    node,
    name: asString(get(node, 'metadata', 'name')),
    namespace: asString(get(node, 'metadata', 'namespace')),
    roleArn: annotation('role-arn'),
    irsaAudience: annotation('audience'),
  }
}
