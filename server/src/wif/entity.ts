import {
  asString,
  get,
  type Node,
  type ObjectNode,
  type Range,
  type StringNode,
  type Tree,
} from '../syntax/node.ts'
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

/** A part of a file that is read for itself: all of a JSON file, one document of a YAML stream. */
export interface Document extends Range {
  trees: Tree[]
}

/** A file as the linter sees it. */
export interface WifFile {
  uri: string
  text: string
  format: 'json' | 'yaml'
  /** The namespace that kustomize gives to every object of the file. */
  namespace: string | undefined
  trees: Tree[]
  /** Where its documents lie, and the trees of each: none for one that cannot matter. */
  documents: Document[]
  issuers: FederationIssuer[]
  rules: FederationRule[]
  workloads: Workload[]
  serviceAccounts: KubernetesServiceAccount[]
  policies: IamPolicy[]
}

/** Something of the field, of any kind. */
export type AnyEntity = FederationIssuer | FederationRule | Workload | KubernetesServiceAccount | IamPolicy

const LISTS = {
  issuer: 'issuers',
  rule: 'rules',
  workload: 'workloads',
  'service-account': 'serviceAccounts',
  'iam-policy': 'policies',
} as const

/** Puts `entity` behind the others of its kind in `file`. */
export function put(entity: AnyEntity, file: WifFile): void {
  const list: AnyEntity[] = file[LISTS[entity.kind]]
  list.push(entity)
}

/** Sorts by uri, and then by place. */
export function inOrder(a: Entity, b: Entity): number {
  if (a.file.uri !== b.file.uri) return a.file.uri < b.file.uri ? -1 : 1
  return a.node.start - b.node.start
}

/** All that `file` describes, one kind after the other. */
export function entitiesIn(file: WifFile): AnyEntity[] {
  return [...file.issuers, ...file.rules, ...file.workloads, ...file.serviceAccounts, ...file.policies]
}

/** A file with these trees in which nothing of federation was looked for. */
export function emptyFile(uri: string, text: string, format: 'json' | 'yaml', trees: Tree[]): WifFile {
  return {
    uri,
    text,
    format,
    namespace: undefined,
    trees,
    documents: [],
    issuers: [],
    rules: [],
    workloads: [],
    serviceAccounts: [],
    policies: [],
  }
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
