import type { Entity } from './entity.ts'

/** All entities of one kind, by uri and then by place; follows the files one change at a time. */
export interface EntityList<T extends Entity> {
  /** The same array as long as all in it is the same. */
  items(): readonly T[]
  /**
   * The same by key, in the same order: under each key the entities that `keysOf` gives it for. It may look at nothing
   * but the entity, and is the same function each time. The map is alive; what it holds stays as it is.
   */
  by<K>(keysOf: KeysOf<T, K>): ReadonlyMap<K, readonly T[]>
  /** Takes in that a file, which had `before`, has `after`. @returns whether that makes it another array */
  replace(uri: string, before: readonly T[], after: readonly T[]): boolean
}

/** The keys of an entity: none, one, or more. */
export type KeysOf<T, K> = (each: T) => readonly K[]

/** With more changes than this at a time, as when a workspace is read, making all anew is faster. */
const FEW = 8

/** An empty list. */
export function entityList<T extends Entity>(): EntityList<T> {
  const byUri = new Map<string, readonly T[]>()
  let items: readonly T[] = []
  const indexes = new Map<KeysOf<T, unknown>, Index<T, unknown>>()
  /** What `items` and `indexes` still have of files that have become others. */
  const stale = new Map<string, readonly T[]>()

  function settle(): void {
    if (stale.size > FEW) {
      items = [...byUri].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, own]) => own)
      indexes.clear()
    } else {
      for (const [uri, before] of stale) {
        const change = changeOf(uri, before, byUri.get(uri) ?? [])
        items = spliced(items, change)
        for (const [keysOf, index] of indexes) follow(index, keysOf, change)
      }
    }
    stale.clear()
  }

  function indexBy<K>(keysOf: KeysOf<T, K>): Index<T, K> {
    const index: Index<T, K> = grouped(items, keysOf)
    indexes.set(keysOf, index)
    return index
  }

  return {
    items() {
      if (stale.size > 0) settle()
      return items
    },
    by<K>(keysOf: KeysOf<T, K>) {
      if (stale.size > 0) settle()
      return (indexes.get(keysOf) as Index<T, K> | undefined) ?? indexBy(keysOf)
    },
    replace(uri, before, after) {
      if (after.length > 0) byUri.set(uri, after)
      else byUri.delete(uri)
      if (isSame(before, after)) return false
      if (!stale.has(uri)) stale.set(uri, before)
      return true
    },
  }
}

type Index<T, K> = Map<K, readonly T[]>

/** What a file that has become another changes in a list: what stays at its start and its end does not count. */
interface Change<T> {
  uri: string
  gone: readonly T[]
  come: readonly T[]
  /** What the file has behind them. */
  behind: ReadonlySet<T>
}

function changeOf<T>(uri: string, before: readonly T[], after: readonly T[]): Change<T> {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  let end = 0
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++
  return {
    uri,
    gone: before.slice(start, before.length - end),
    come: after.slice(start, after.length - end),
    behind: new Set(after.slice(after.length - end)),
  }
}

/** `items` after `change`. */
function spliced<T extends Entity>(
  items: readonly T[],
  { uri, gone, come, behind }: Change<T>,
): readonly T[] {
  // Those of one file stand together.
  const [next] = [...gone, ...behind]
  const found = next ? items.indexOf(next) : items.findIndex(({ file }) => file.uri > uri)
  const at = found < 0 ? items.length : found
  return [...items.slice(0, at), ...come, ...items.slice(at + gone.length)]
}

function follow<T extends Entity, K>(index: Index<T, K>, keysOf: KeysOf<T, K>, change: Change<T>): void {
  const [gone, come] = [grouped(change.gone, keysOf), grouped(change.come, keysOf)]
  for (const key of new Set([...gone.keys(), ...come.keys()])) {
    const left = new Set(gone.get(key))
    const rest = (index.get(key) ?? []).filter(each => !left.has(each))
    const own = come.get(key) ?? []
    const found = rest.findIndex(each => each.file.uri > change.uri || change.behind.has(each))
    const at = found < 0 ? rest.length : found
    const all = [...rest.slice(0, at), ...own, ...rest.slice(at)]
    if (all.length > 0) index.set(key, all)
    else index.delete(key)
  }
}

function grouped<T, K>(all: readonly T[], keysOf: KeysOf<T, K>): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const each of all) {
    for (const key of new Set(keysOf(each))) {
      const group = groups.get(key)
      if (group) group.push(each)
      else groups.set(key, [each])
    }
  }
  return groups
}

/** Whether the lists hold the very same things. */
function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || (a.length === b.length && a.every((each, i) => each === b[i]))
}
