import { grouped } from '../text/grouped.ts'
import type { Entity } from '../wif/entity.ts'

/** The same thing in two revisions; only one side where it was added or removed. */
export interface Pair<T> {
  before: T | undefined
  after: T | undefined
}

/** What may tell that two things are one, best first; undefined where a thing does not say. */
export type Keys<T> = readonly ((thing: T) => string | undefined)[]

/**
 * Which of `before` and `after` are the same: by the first of `keys` that both have and that is nobody else's in
 * either revision. In the order of `after`, then what was removed.
 */
export function pairUp<T>(before: readonly T[], after: readonly T[], keys: Keys<T>): Pair<T>[] {
  const found = new Map<T, T>()
  const taken = new Set<T>()
  for (const keyOf of keys) {
    const old = grouped(
      before.filter(each => !taken.has(each)),
      keyOf,
    )
    const now = grouped(
      after.filter(each => !found.has(each)),
      keyOf,
    )
    for (const [key, [thing, ...more]] of now) {
      const [same, ...others] = old.get(key) ?? []
      if (key === undefined || !thing || !same || more.length > 0 || others.length > 0) continue
      found.set(thing, same)
      taken.add(same)
    }
  }
  return [
    ...after.map(each => ({ before: found.get(each), after: each })),
    ...before.filter(each => !taken.has(each)).map(each => ({ before: each, after: undefined })),
  ]
}

/** The place of `thing` among those of its kind in its file: the last resort, for what has no name. */
export function placeKey<T extends Entity>(all: (file: T['file']) => readonly T[]): (thing: T) => string {
  return thing => JSON.stringify([thing.file.uri, all(thing.file).indexOf(thing)])
}
