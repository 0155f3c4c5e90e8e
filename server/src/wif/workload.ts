import {
  asNumber,
  asObject,
  asString,
  get,
  isAbsent,
  items,
  type Node,
  type NumberNode,
  type ObjectNode,
  property,
  type StringNode,
  textAt,
} from '../syntax/node.ts'
import { type Entity, readNamespace } from './entity.ts'

/** A Kubernetes object that runs pods: where a projected token is made and used. */
export interface Workload extends Entity {
  kind: 'workload'
  /** "Pod", "Deployment", ... */
  resource: string
  name: StringNode | undefined
  /** Where it runs: as kustomize or the manifest says. Undefined when that is left to `kubectl -n`. */
  namespaceName: string | undefined
  /** The node that says so, if it is the manifest. */
  namespace: StringNode | undefined
  podSpec: ObjectNode
  /** Undefined means `default`, unless the manifest is partial. */
  serviceAccountName: StringNode | undefined
  projections: Projection[]
  containers: Container[]
  /** Part of a manifest (a patch, a test's assertion, a template): what is absent here may be said elsewhere. */
  partial: boolean
}

/** A `serviceAccountToken` source of a projected volume. */
export interface Projection {
  volume: string
  node: ObjectNode
  audience: StringNode | undefined
  /** Seconds; the API server's default is 3600. */
  expiration: NumberNode | undefined
  path: StringNode | undefined
}

export interface Container {
  node: ObjectNode
  name: StringNode | undefined
  role: 'container' | 'init' | 'ephemeral'
  env: EnvVar[]
  /** Variables come from a ConfigMap or Secret too, out of sight. */
  envFrom: boolean
  mounts: Mount[]
}

export interface EnvVar {
  node: ObjectNode
  name: StringNode
  /** The literal value; undefined when it comes from elsewhere or is not there. */
  value: StringNode | undefined
  valueFrom: ObjectNode | undefined
}

export interface Mount {
  node: ObjectNode
  volume: StringNode | undefined
  mountPath: StringNode | undefined
  subPath: StringNode | undefined
  /** A `subPath` that is only known in the running container: `$(POD_NAME)`. */
  subPathExpr: StringNode | undefined
}

/** The API server's default for `expirationSeconds` (Kubernetes API, ServiceAccountTokenProjection). */
export const DEFAULT_EXPIRATION = 3600

/** Where the pod spec of each kind lies (Kubernetes API reference, workload resources; Crossplane, KEDA). */
const POD_SPEC_PATHS = [
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ['spec', 'deploymentTemplate', 'spec', 'template', 'spec'],
  ['spec', 'jobTargetRef', 'template', 'spec'],
  ['spec', 'template', 'spec'],
  ['template', 'spec'],
  ['spec'],
]

/** The pod spec in a manifest of any kind that has one, custom kinds included; undefined in all else. */
export function podSpecOf(node: ObjectNode): ObjectNode | undefined {
  if (!asString(get(node, 'kind')) || !property(node, 'apiVersion')) return undefined
  for (const path of POD_SPEC_PATHS) {
    const spec = asObject(get(node, ...path))
    if (spec && (get(spec, 'containers')?.type === 'array' || get(spec, 'volumes')?.type === 'array'))
      return spec
  }
  return undefined
}

/** A manifest with a pod spec that has to do with the Claude API: a federation variable, or a token projected for it. */
export function isWorkload(node: ObjectNode): boolean {
  const spec = podSpecOf(node)
  if (!spec) return false
  const containers = readContainers(spec)
  return (
    containers.some(c => c.env.some(e => e.name.value.startsWith('ANTHROPIC_'))) ||
    readProjections(spec).some(p => p.audience && /anthropic|claude/i.test(p.audience.value))
  )
}

/** Reads a workload; total on any object that `isWorkload`. */
export function readWorkload(
  node: ObjectNode,
  podSpec: ObjectNode,
  place: Pick<Entity, 'file' | 'tree'>,
): Workload {
  const containers = readContainers(podSpec)
  return {
    ...place,
    kind: 'workload',
    node,
    resource: textAt(node, 'kind') ?? 'Pod',
    name: asString(get(node, 'metadata', 'name')),
    ...readNamespace(node, place),
    podSpec,
    serviceAccountName:
      asString(get(podSpec, 'serviceAccountName')) ?? asString(get(podSpec, 'serviceAccount')),
    projections: readProjections(podSpec),
    containers,
    // Every container that runs has an image; a patch names only what it changes.
    partial:
      place.tree.templated ||
      containers.every(c => !property(c.node, 'image')) ||
      property(node, '$patch') !== undefined,
  }
}

/** The seconds a projected token lives; undefined when what is written is no number, or may be written elsewhere. */
export function expirationOf({ partial }: Workload, { node, expiration }: Projection): number | undefined {
  if (expiration) return expiration.value
  const absent = isAbsent(node, 'expirationSeconds')
  return absent && !partial ? DEFAULT_EXPIRATION : undefined
}

/** The seconds after which Kubernetes ends the pod, where the manifest says so. */
export function deadlineOf({ node, podSpec }: Workload): number | undefined {
  const given = [
    get(node, 'spec', 'activeDeadlineSeconds'),
    get(node, 'spec', 'jobTemplate', 'spec', 'activeDeadlineSeconds'),
    get(podSpec, 'activeDeadlineSeconds'),
  ].flatMap(each => asNumber(each)?.value ?? [])
  return given.length > 0 ? Math.min(...given) : undefined
}

/** What people call the workload: "Deployment inference/worker". */
export function workloadTitle({ resource, namespaceName, name }: Workload): string {
  return `${resource} ${namespaceName === undefined ? '' : `${namespaceName}/`}${name?.value ?? '(no name)'}`
}

/** The variable `name` of `container`; the last one wins, as in Kubernetes. */
export function envVar(container: Container, name: string): EnvVar | undefined {
  return container.env.findLast(e => e.name.value === name)
}

function readProjections(spec: ObjectNode): Projection[] {
  return items(get(spec, 'volumes')).flatMap(volume =>
    items(get(volume, 'projected', 'sources')).flatMap(source => {
      const node = asObject(get(source, 'serviceAccountToken'))
      if (!node) return []
      return {
        volume: textAt(volume, 'name') ?? '',
        node,
        audience: asString(get(node, 'audience')),
        expiration: asNumber(get(node, 'expirationSeconds')),
        path: asString(get(node, 'path')),
      }
    }),
  )
}

function readContainers(spec: ObjectNode): Container[] {
  const read = (field: string, role: Container['role']) =>
    items(get(spec, field)).flatMap(item => (item.type === 'object' ? readContainer(item, role) : []))
  return [
    ...read('initContainers', 'init'),
    ...read('containers', 'container'),
    ...read('ephemeralContainers', 'ephemeral'),
  ]
}

function readContainer(node: ObjectNode, role: Container['role']): Container {
  return {
    node,
    name: asString(get(node, 'name')),
    role,
    env: items(get(node, 'env')).flatMap(item => readEnv(item) ?? []),
    envFrom: items(get(node, 'envFrom')).length > 0,
    mounts: items(get(node, 'volumeMounts')).flatMap(item => {
      const mount = asObject(item)
      if (!mount) return []
      return {
        node: mount,
        volume: asString(get(mount, 'name')),
        mountPath: asString(get(mount, 'mountPath')),
        subPath: asString(get(mount, 'subPath')),
        subPathExpr: asString(get(mount, 'subPathExpr')),
      }
    }),
  }
}

function readEnv(item: Node): EnvVar | undefined {
  const node = asObject(item)
  const name = asString(get(node, 'name'))
  if (!node || !name) return undefined
  return { node, name, value: asString(get(node, 'value')), valueFrom: asObject(get(node, 'valueFrom')) }
}
