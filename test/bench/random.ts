/** Numbers that are the same on every machine and in every run. */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number
  pick<T>(choices: readonly [T, ...T[]]): T
  /** True once in `n` times, on average. */
  once(n: number): boolean
}

/** The generator "mulberry32" (public domain), begun with `seed`. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    int,
    pick: choices => choices[int(0, choices.length - 1)] ?? choices[0],
    once: n => next() * n < 1,
  }
}
