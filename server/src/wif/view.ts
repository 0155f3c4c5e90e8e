import { type Config, NO_CONFIG } from './config.ts'
import type { WifFile } from './entity.ts'
import { type EntityList, entityList, type KeysOf } from './entity-list.ts'
import type { IamPolicy } from './iam-policy.ts'
import type { FederationIssuer } from './issuer.ts'
import type { FederationRule } from './rule.ts'
import type { KubernetesServiceAccount } from './service-account.ts'
import type { Workload } from './workload.ts'

/**
 * What a file's rules may ask of the other files, as they are now. Everything here is in a stable order (uri, then
 * place), so that findings are too. A list is a value: it is the same list as long as all in it is the same.
 */
export interface WorkspaceView {
  issuers(): readonly FederationIssuer[]
  rules(): readonly FederationRule[]
  workloads(): readonly Workload[]
  serviceAccounts(): readonly KubernetesServiceAccount[]
  policies(): readonly IamPolicy[]
  /** All of one kind by key; see `EntityList`. */
  by<K extends Kind, Key>(kind: K, keysOf: KeysOf<Item<K>, Key>): ReadonlyMap<Key, readonly Item<K>[]>
  issuersById(id: string): readonly FederationIssuer[]
  rulesById(id: string): readonly FederationRule[]
  /** The configuration nearest to a file. */
  configOf(file: WifFile): Config
  /** The rules that name this issuer by its id. */
  rulesByIssuerId(id: string): readonly FederationRule[]
}

const KINDS = ['issuers', 'rules', 'workloads', 'serviceAccounts', 'policies'] as const
type Kind = (typeof KINDS)[number]
type Item<K extends Kind> = WifFile[K][number]

type ConfigOf = (file: WifFile) => Config

/** A view that is kept up to date. */
export interface LiveView {
  view: WorkspaceView
  /** Takes in that a file has come, gone, or become another. */
  replace(before: WifFile | undefined, after: WifFile | undefined): void
  /** Takes in that files are configured in another way. */
  configure(configOf: ConfigOf): void
}

/** A view of some files, made at once: for tests, and for a single file without a workspace. */
export function viewOf(files: readonly WifFile[], configOf?: ConfigOf): WorkspaceView {
  const { view, replace, configure } = liveView()
  for (const file of files) replace(undefined, file)
  if (configOf) configure(configOf)
  return view
}

/** A view of no files yet. */
export function liveView(): LiveView {
  const lists: { [K in Kind]: EntityList<Item<K>> } = {
    issuers: entityList(),
    rules: entityList(),
    workloads: entityList(),
    serviceAccounts: entityList(),
    policies: entityList(),
  }
  let configOf: ConfigOf = () => NO_CONFIG
  const watch: Watch = { looked: [], versions: [...KINDS.map(() => 1), 1] }
  function look<K extends Kind>(kind: K): EntityList<Item<K>> {
    lookAt(watch, KINDS.indexOf(kind))
    return lists[kind]
  }
  function replace<K extends Kind>(kind: K, before: WifFile | undefined, after: WifFile | undefined): void {
    const list: EntityList<Item<K>> = lists[kind]
    if (list.replace((after ?? before)?.uri ?? '', before?.[kind] ?? [], after?.[kind] ?? []))
      change(watch, KINDS.indexOf(kind))
  }

  const view: WorkspaceView = {
    issuers: () => look('issuers').items(),
    rules: () => look('rules').items(),
    workloads: () => look('workloads').items(),
    serviceAccounts: () => look('serviceAccounts').items(),
    policies: () => look('policies').items(),
    by: (kind, keysOf) => look(kind).by(keysOf),
    issuersById: id => look('issuers').by(idOf).get(id) ?? [],
    rulesById: id => look('rules').by(idOf).get(id) ?? [],
    rulesByIssuerId: id => look('rules').by(issuerIdOf).get(id) ?? [],
    configOf(file) {
      lookAt(watch, CONFIG)
      return configOf(file)
    },
  }
  watches.set(view, watch)
  return {
    view,
    replace(before, after) {
      for (const kind of KINDS) replace(kind, before, after)
    },
    configure(next) {
      configOf = next
      change(watch, CONFIG)
    },
  }
}

const idOf = ({ id }: FederationIssuer | FederationRule) => (id ? [id.value] : [])
const issuerIdOf = ({ issuerId }: FederationRule) => (issuerId ? [issuerId.value] : [])

// --- what answers are made from ----------------------------------------------------------------------------

/**
 * The lists of a view that an answer was made from: the version of each at the place of its kind. The answer holds as
 * long as these are the versions, so that a keystroke makes only those be found again that have looked at what it
 * changed.
 */
export type Sources = readonly number[]

/** Beside the kinds, how files are configured. */
const CONFIG = KINDS.length

interface Watch {
  /** What was looked at since `watched` began. */
  looked: number[]
  /** Of each list, as it is. */
  versions: number[]
}

const watches = new WeakMap<WorkspaceView, Watch>()

function lookAt({ looked, versions }: Watch, place: number): void {
  looked[place] = versions[place] ?? 0
}

function change({ versions }: Watch, place: number): void {
  versions[place] = (versions[place] ?? 0) + 1
}

function watchOf(view: WorkspaceView): Watch {
  const watch = watches.get(view)
  if (!watch) throw new Error('This is no view of `liveView`')
  return watch
}

/** What `compute` gives, and what of the view it has looked at. */
export function watched<T>(view: WorkspaceView, compute: () => T): { result: T; sources: Sources } {
  const watch = watchOf(view)
  const outer = watch.looked
  const sources: number[] = []
  watch.looked = sources
  try {
    return { result: compute(), sources }
  } finally {
    watch.looked = outer
    note(watch, sources)
  }
}

/** Whether the view still has what an answer was made from. */
export function holds(view: WorkspaceView, sources: Sources): boolean {
  const { versions } = watchOf(view)
  for (let place = 0; place < sources.length; place++) {
    const version = sources[place]
    if (version !== undefined && version !== versions[place]) return false
  }
  return true
}

/** Whoever uses an answer has looked at all that it was made from. */
function note(watch: Watch, sources: Sources): void {
  sources.forEach((version, place) => {
    watch.looked[place] = version
  })
}

/** `compute`, done once for each key in each view, and again when what it has looked at is no longer the same. */
export function oncePerView<K extends object, T>(
  compute: (view: WorkspaceView, key: K) => T,
): (view: WorkspaceView, key: K) => T {
  const known = new WeakMap<WorkspaceView, WeakMap<K, { result: T; sources: Sources }>>()
  return (view, key) => {
    const inView = known.get(view) ?? new WeakMap()
    known.set(view, inView)
    let answer = inView.get(key)
    if (answer && holds(view, answer.sources)) note(watchOf(view), answer.sources)
    else {
      answer = watched(view, () => compute(view, key))
      inView.set(key, answer)
    }
    return answer.result
  }
}
