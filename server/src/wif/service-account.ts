import { asString, get, type ObjectNode, type StringNode, textAt } from '../syntax/node.ts'
import { type Entity, readNamespace } from './entity.ts'
import type { Workload } from './workload.ts'

/** A Kubernetes ServiceAccount, as far as federation cares: who it is, and which AWS role IRSA gives it. */
export interface KubernetesServiceAccount extends Entity {
  kind: 'service-account'
  name: StringNode | undefined
  namespaceName: string | undefined
  /** Annotation `eks.amazonaws.com/role-arn`. */
  roleArn: StringNode | undefined
  /** Annotation `eks.amazonaws.com/audience`: the audience of the token the EKS webhook projects. */
  irsaAudience: StringNode | undefined
  /** Annotation `eks.amazonaws.com/token-expiration`: the seconds that token lives, as text. */
  irsaExpiration: StringNode | undefined
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
    namespaceName: readNamespace(node, place).namespaceName,
    roleArn: annotation('role-arn'),
    irsaAudience: annotation('audience'),
    irsaExpiration: annotation('token-expiration'),
  }
}

/** The `sub` of a service account's tokens (Kubernetes, Authenticating: Service account tokens). */
export function accountSubject(namespace: string, name: string): string {
  return `system:serviceaccount:${namespace}:${name}`
}

/** The service account that a whole subject names. */
export function accountOfSubject(subject: string): { namespace: string; name: string } | undefined {
  const [, namespace, name] = /^system:serviceaccount:([^:*]+):([^:*]+)$/.exec(subject) ?? []
  return namespace && name ? { namespace, name } : undefined
}

/** Whether the pods of `workload` run as `account`; a namespace that is not written may be the same. */
export function runsAs(workload: Workload, account: KubernetesServiceAccount): boolean {
  const [theirs, own] = [workload.namespaceName, account.namespaceName]
  return (
    account.name?.value === (workload.serviceAccountName?.value ?? 'default') &&
    (theirs === undefined || own === undefined || theirs === own)
  )
}
