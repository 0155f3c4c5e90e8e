/**
 * `wider`: lets in, or gives, more than before and nothing less. `narrower`: the other way round. `other`: lets in
 * some that were not let in, and some no longer. `unclear`: changed, and nothing more can be told of it.
 */
export type Direction = 'wider' | 'narrower' | 'other' | 'unclear'

/** What of a rule or an issuer has changed. */
export type Aspect =
  | 'added'
  | 'removed'
  | 'archived'
  | 'restored'
  | 'subject'
  | 'audience'
  | 'claim'
  | 'condition'
  | 'target'
  | 'scope'
  | 'workspace'
  | 'issuer'
  | 'url'
  | 'keys'
  | 'lifetime'
  | 'jti'

/** One thing that has changed, with what stood there before and what stands there now. */
export interface Change {
  aspect: Aspect
  direction: Direction
  /** The name of the claim, for `claim`. */
  name?: string
  before: string | undefined
  after: string | undefined
}

/** What several changes come to that all count together. */
export function together(directions: readonly Direction[]): Direction | undefined {
  const found = new Set(directions)
  if (found.size <= 1) return directions[0]
  if (found.has('unclear')) return 'unclear'
  return 'other'
}

/** The direction of going from `before` to `after`, by whether each admits all that the other does. */
export function directionOf(afterHasAll: boolean, beforeHasAll: boolean): Direction | undefined {
  if (afterHasAll && beforeHasAll) return undefined
  if (afterHasAll) return 'wider'
  return beforeHasAll ? 'narrower' : 'other'
}

/** A change, if there is a direction. */
export function change(
  aspect: Aspect,
  direction: Direction | undefined,
  before: string | undefined,
  after: string | undefined,
): Change[] {
  return direction ? [{ aspect, direction, before, after }] : []
}

/** How a set of things that are given has changed; `*` is all of them. */
export function setDirection(before: ReadonlySet<string>, after: ReadonlySet<string>): Direction | undefined {
  const has = (set: ReadonlySet<string>, all: ReadonlySet<string>) =>
    set.has('*') || [...all].every(each => set.has(each))
  return directionOf(has(after, before), has(before, after))
}
