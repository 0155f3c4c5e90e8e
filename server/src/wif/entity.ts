import { asString, get, type Node, type ObjectNode, type StringNode, type Tree } from '../syntax/node.ts'
import type { IamPolicy } from './iam-policy.ts'
import type { FederationIssuer } from './issuer.ts'
import type { FederationRule } from './rule.ts'
import type { KubernetesServiceAccount } from './service-account.ts'
import type { Workload } from './workload.ts'

/**
 * Something of the field that a file describes. Its fields are the very nodes of the syntax tree, so each keeps its
 * place; any of them may be missing or of the wrong type (then it is undefined here, and the schema says so).
 */
export interface Entity {
  file: WifFile
  tree: Tree
  node: ObjectNode
}

/** A file as the linter sees it. */
export interface WifFile {
  uri: string
  text: string
  format: 'json' | 'yaml'
  /** The namespace that kustomize gives to every object of the file. */
  namespace: string | undefined
  trees: Tree[]
  issuers: FederationIssuer[]
  rules: FederationRule[]
  workloads: Workload[]
  serviceAccounts: KubernetesServiceAccount[]
  policies: IamPolicy[]
}

/** The tree of `file` that holds `node`. */
export function treeOf(file: WifFile, node: Node): Tree | undefined {
  let root = node
  while (root.parent) root = root.parent.type === 'property' ? root.parent.parent : root.parent
  return file.trees.find(tree => tree.root === root)
}

/** The namespace of the Kubernetes object `node`, and the node that says so; kustomize overrides the manifest. */
export function readNamespace(
  node: ObjectNode,
  { file }: Pick<Entity, 'file'>,
): { namespaceName: string | undefined; namespace: StringNode | undefined } {
  if (file.namespace !== undefined) return { namespaceName: file.namespace, namespace: undefined }
  const namespace = asString(get(node, 'metadata', 'namespace'))
  return { namespaceName: namespace?.value, namespace }
}
