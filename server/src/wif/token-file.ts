import { asObject, get, items, properties, type StringNode, textAt } from '../syntax/node.ts'
import { isPlaceholder } from './placeholder.ts'
import { DEFAULT_AUDIENCE } from './rule.ts'
import { TOKEN_FILE } from './variables.ts'
import { type Container, envVar, type Mount, type Projection, type Workload } from './workload.ts'

/** Where the token file of a container comes from. */
export type TokenFile =
  | {
      from: 'projection'
      path: StringNode
      projection: Projection
      mount: Mount
      /** The path is one where the platform puts a token of its own. */
      place: PlatformToken | undefined
    }
  /** A path where the platform itself puts a token, for another party. */
  | { from: 'platform'; path: StringNode; token: PlatformToken }
  /** Some volume that is no projection covers the path (a sidecar's emptyDir, CSI, hostPath, an injector's): out of sight. */
  | { from: 'volume'; path: StringNode }
  /** Nothing mounted in this container provides the path. */
  | { from: 'nowhere'; path: StringNode; nearest: ProvidedToken | undefined }

/** A token that Kubernetes or a webhook puts into pods by itself. */
export interface PlatformToken {
  name: 'default' | 'irsa' | 'pod-identity' | 'entra'
  directory: string
  /** The variable in which its webhook names the file. */
  variable?: string
}

const PLATFORM_TOKENS: PlatformToken[] = [
  { name: 'default', directory: '/var/run/secrets/kubernetes.io/serviceaccount' },
  {
    name: 'irsa',
    directory: '/var/run/secrets/eks.amazonaws.com/serviceaccount',
    variable: 'AWS_WEB_IDENTITY_TOKEN_FILE',
  },
  {
    name: 'pod-identity',
    directory: '/var/run/secrets/pods.eks.amazonaws.com',
    variable: 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
  },
  { name: 'entra', directory: '/var/run/secrets/azure/tokens', variable: 'AZURE_FEDERATED_TOKEN_FILE' },
]

const VAULT = 'vault.hashicorp.com/'

/** The token file `container` names, or undefined when it names none or names it out of sight. */
export function tokenFile(workload: Workload, container: Container): TokenFile | undefined {
  const path = envVar(container, TOKEN_FILE)?.value
  if (!path || path.value === '') return undefined
  const [, referred] = /^\$\((\w+)\)$/.exec(path.value) ?? []
  const token = PLATFORM_TOKENS.find(({ variable }) => variable !== undefined && variable === referred)
  // Where the manifest sets the variable, or may, it may be another path.
  const isSet = container.envFrom || envVar(container, referred ?? '') !== undefined
  if (token && !isSet) return { from: 'platform', path, token }
  if (isPlaceholder(path.value)) return undefined
  const wanted = normalise(path.value)
  const place = PLATFORM_TOKENS.find(t => under(wanted, t.directory))
  const mount = deepest(container.mounts, wanted)
  const projection = mount && projectionAt(workload, mount, wanted)
  if (projection) return { from: 'projection', path, projection, mount, place }
  // The platform mounts its directory into whatever lies around it.
  const replaced = place && mount?.mountPath && under(normalise(mount.mountPath.value), place.directory)
  if (place && !replaced) return { from: 'platform', path, token: place }
  if (
    (mount && mayProvide(workload, mount, wanted)) ||
    container.mounts.some(isOpen) ||
    isInjected(workload, wanted)
  )
    return { from: 'volume', path }
  return { from: 'nowhere', path, nearest: nearest(workload, container, wanted) }
}

/** A projected token, where a container sees it. */
export interface ProvidedToken {
  projection: Projection
  mount: Mount
  path: string
}

/**
 * The projected tokens `container` would exchange: the one it names, or, as the program may name it without any
 * variable, those that are meant for Claude.
 */
export function usedTokens(workload: Workload, container: Container): ProvidedToken[] {
  const file = tokenFile(workload, container)
  if (file?.from === 'projection') return [{ ...file, path: file.path.value }]
  if (file) return []
  return providedTokens(workload, container).filter(t => t.projection.audience?.value === DEFAULT_AUDIENCE)
}

/** The projections a container can read, each with the absolute path of its file. */
export function providedTokens(workload: Workload, container: Container): ProvidedToken[] {
  return container.mounts.flatMap(mount =>
    projectionsOf(workload, mount).flatMap(projection =>
      pathsOf(mount, projection).map(path => ({ projection, mount, path: normalise(path) })),
    ),
  )
}

/** Of mounts within each other the deepest is what a container sees. */
function deepest(mounts: readonly Mount[], wanted: string): Mount | undefined {
  const covering = mounts.filter(m => m.mountPath && under(wanted, m.mountPath.value))
  const depth = (m: Mount) => normalise(m.mountPath?.value ?? '').length
  return covering.reduce<Mount | undefined>((a, b) => (a && depth(a) >= depth(b) ? a : b), undefined)
}

function projectionsOf(workload: Workload, mount: Mount): Projection[] {
  return workload.projections.filter(p => p.volume !== '' && p.volume === mount.volume?.value)
}

function projectionAt(workload: Workload, mount: Mount, wanted: string): Projection | undefined {
  return projectionsOf(workload, mount).find(p => pathsOf(mount, p).some(path => normalise(path) === wanted))
}

/** Where `mount` shows the file of `projection`: nowhere, in one place, or in one of two. */
function pathsOf({ mountPath, subPath, subPathExpr }: Mount, { path }: Projection): string[] {
  if (!mountPath || !path || path.value === '') return []
  const [base, file] = [mountPath.value, path.value]
  // What it comes to is not known: the file itself, or the folder it is in.
  if (subPathExpr) return [base, `${base}/${file.slice(file.lastIndexOf('/') + 1)}`]
  if (!subPath?.value) return [`${base}/${file}`]
  if (file === subPath.value) return [base]
  return file.startsWith(`${subPath.value}/`) ? [`${base}/${file.slice(subPath.value.length + 1)}`] : []
}

/** Whether the volume of `mount` may hold the file without our seeing it. */
function mayProvide(workload: Workload, mount: Mount, wanted: string): boolean {
  const name = mount.volume?.value
  const volume = items(get(workload.podSpec, 'volumes')).find(v => textAt(v, 'name') === name)
  // A volume that is not declared is a slip of its name, unless the manifest is only part of one.
  if (!volume) return workload.partial || isClaimed(workload, name)
  const sources = get(volume, 'projected', 'sources')
  // A projection that is written wrong is a mistake of its own.
  const broken = projectionsOf(workload, mount).some(
    p => !p.path || p.path.value === '' || isOpenText(p.path),
  )
  if (sources?.type !== 'array' || broken) return true
  const file = wanted.slice(normalise(mount.mountPath?.value ?? '').length).replace(/^\//, '')
  return sources.items.some(source => {
    const secret = get(source, 'secret')
    const listed = get(secret, 'items')
    if (!listed) return secret !== undefined && !file.includes('/')
    return items(listed).some(item => textAt(item, 'path') === file)
  })
}

/** Whether Vault's injector writes the file, whose volume no manifest shows (Vault, Agent Sidecar Injector, annotations). */
function isInjected({ podSpec }: Workload, wanted: string): boolean {
  const template = podSpec.parent?.type === 'property' ? podSpec.parent.parent : undefined
  const annotations = asObject(get(template, 'metadata', 'annotations'))
  const inject = get(annotations, `${VAULT}agent-inject`)
  if (!inject || (inject.type === 'string' && inject.value === 'false')) return false
  const folders = properties(annotations).flatMap(({ key, value }) =>
    key.value.startsWith(`${VAULT}secret-volume-path`) && value.type === 'string' ? value.value : [],
  )
  return ['/vault/secrets', ...folders].some(folder => under(wanted, folder))
}

/** Whether it is yet to be filled in where and what is mounted. */
function isOpen({ volume, mountPath, subPath }: Mount): boolean {
  return [volume, mountPath, subPath].some(isOpenText)
}

function isOpenText(node: StringNode | undefined): boolean {
  return node !== undefined && isPlaceholder(node.value)
}

/** A StatefulSet declares volumes of its pods outside of their template. */
function isClaimed({ node }: Workload, name: string | undefined): boolean {
  return items(get(node, 'spec', 'volumeClaimTemplates')).some(
    claim => textAt(claim, 'metadata', 'name') === name,
  )
}

/** What the path was probably meant to be: a projection this container mounts, the one for Claude first. */
function nearest(workload: Workload, container: Container, wanted: string) {
  const all = providedTokens(workload, container)
  const directory = wanted.slice(0, wanted.lastIndexOf('/'))
  const best =
    all.find(p => p.path.startsWith(`${directory}/`)) ??
    all.find(p => p.projection.audience && /anthropic|claude/i.test(p.projection.audience.value)) ??
    all[0]
  return best
}

/** A path as the kernel reads it; `/var/run` is a link to `/run` in nearly every image. */
function normalise(path: string): string {
  const names = path.split('/').filter(name => name !== '' && name !== '.')
  const whole = (path.startsWith('/') ? '/' : '') + names.join('/')
  return whole.replace(/^\/run\//, '/var/run/')
}

function under(path: string, directory: string): boolean {
  const base = normalise(directory).replace(/\/$/, '')
  return path === base || path.startsWith(`${base}/`)
}
