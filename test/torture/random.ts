/** Numbers that look random and are the same for the same seed (mulberry32). */
export function randomness(seed: number) {
  let state = seed >>> 0
  /** From 0, below 1. */
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    /** A whole number below `limit`. */
    below: (limit: number) => Math.floor(next() * limit),
    pick<T>(list: readonly T[]): T {
      return list[Math.floor(next() * list.length)] as T
    },
  }
}

export type Random = ReturnType<typeof randomness>
