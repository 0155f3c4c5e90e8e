import { get, items, property, type StringNode, textAt } from '../syntax/node.ts'
import { isPlaceholder } from './placeholder.ts'
import {
  type Container,
  type EnvVar,
  envVar,
  type Mount,
  type Projection,
  type Workload,
} from './workload.ts'

/** The variable the SDKs read the path of the identity token from (reference, Environment variables). */
export const TOKEN_FILE = 'ANTHROPIC_IDENTITY_TOKEN_FILE'

/** The variables of federation other than the token's (reference, Environment variables). */
export const FEDERATION_VARIABLES = [
  'ANTHROPIC_FEDERATION_RULE_ID',
  'ANTHROPIC_ORGANIZATION_ID',
  'ANTHROPIC_SERVICE_ACCOUNT_ID',
] as const

/** Where the token file of a container comes from. */
export type TokenFile =
  | { from: 'projection'; path: StringNode; projection: Projection; mount: Mount }
  /** A path where the platform itself puts a token, for another party. */
  | { from: 'platform'; path: StringNode; token: PlatformToken }
  /** Some volume that is no projection covers the path (a sidecar's emptyDir, CSI, hostPath): out of sight. */
  | { from: 'volume'; path: StringNode }
  /** Nothing mounted in this container provides the path. */
  | { from: 'nowhere'; path: StringNode; nearest: { path: string; projection: Projection } | undefined }

export interface PlatformToken {
  name: 'default' | 'irsa' | 'pod-identity' | 'entra'
  directory: string
}

const PLATFORM_TOKENS: PlatformToken[] = [
  { name: 'default', directory: '/var/run/secrets/kubernetes.io/serviceaccount' },
  { name: 'irsa', directory: '/var/run/secrets/eks.amazonaws.com/serviceaccount' },
  { name: 'pod-identity', directory: '/var/run/secrets/pods.eks.amazonaws.com' },
  { name: 'entra', directory: '/var/run/secrets/azure/tokens' },
]

/** The token file `container` names, or undefined when it names none or names it out of sight. */
export function tokenFile(workload: Workload, container: Container): TokenFile | undefined {
  const path = envVar(container, TOKEN_FILE)?.value
  if (!path || path.value === '' || isPlaceholder(path.value)) return undefined
  const wanted = normalise(path.value)
  for (const { projection, mount, path: provided } of providedTokens(workload, container)) {
    if (normalise(provided) === wanted) return { from: 'projection', path, projection, mount }
  }
  const covering = container.mounts.filter(m => m.mountPath && under(wanted, m.mountPath.value))
  if (covering.some(m => !isTokenVolume(workload, m))) return { from: 'volume', path }
  const token = PLATFORM_TOKENS.find(
    t => under(wanted, t.directory) || under(wanted, t.directory.replace('/var/run', '/run')),
  )
  if (token && covering.length === 0) return { from: 'platform', path, token }
  return { from: 'nowhere', path, nearest: nearest(workload, container, wanted) }
}

/** The projections a container can read, each with the absolute path of its file. */
export function providedTokens(
  workload: Workload,
  container: Container,
): { projection: Projection; mount: Mount; path: string }[] {
  return container.mounts.flatMap(mount =>
    workload.projections
      .filter(p => p.volume !== '' && p.volume === mount.volume?.value)
      .flatMap(projection => {
        const path = providedPath(mount, projection)
        return path === undefined ? [] : { projection, mount, path }
      }),
  )
}

function providedPath(mount: Mount, projection: Projection): string | undefined {
  const base = mount.mountPath?.value
  const file = projection.path?.value
  if (base === undefined || file === undefined) return undefined
  const subPath = mount.subPath?.value
  if (!subPath) return `${base}/${file}`
  if (file === subPath) return base
  return file.startsWith(`${subPath}/`) ? `${base}/${file.slice(subPath.length + 1)}` : undefined
}

/** Whether the volume of `mount` is one we can see into: a projected volume of this pod. */
function isTokenVolume(workload: Workload, mount: Mount): boolean {
  const volume = items(get(workload.podSpec, 'volumes')).find(v => textAt(v, 'name') === mount.volume?.value)
  // A volume that is not declared is a slip of its name, unless the manifest is only part of one.
  return volume ? property(volume, 'projected') !== undefined : !workload.partial
}

/** What the path was probably meant to be: a projection this container mounts, the one for Claude first. */
function nearest(workload: Workload, container: Container, wanted: string) {
  const all = providedTokens(workload, container)
  const directory = wanted.slice(0, wanted.lastIndexOf('/'))
  const best =
    all.find(p => normalise(p.path).startsWith(`${directory}/`)) ??
    all.find(p => p.projection.audience && /anthropic|claude/i.test(p.projection.audience.value)) ??
    all[0]
  return best && { path: normalise(best.path), projection: best.projection }
}

function normalise(path: string): string {
  return path.replace(/\/{2,}/g, '/').replace(/^\/run\//, '/var/run/')
}

function under(path: string, directory: string): boolean {
  const base = normalise(directory).replace(/\/$/, '')
  return normalise(path) === base || normalise(path).startsWith(`${base}/`)
}

/** Whether a container means to use federation: it sets one of its variables. */
export function federationVariables(container: Container): EnvVar[] {
  const names = [...FEDERATION_VARIABLES, TOKEN_FILE, 'ANTHROPIC_IDENTITY_TOKEN'] as string[]
  return container.env.filter(e => names.includes(e.name.value))
}
