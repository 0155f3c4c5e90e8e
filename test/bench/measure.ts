/** Figures of one contender, one for each round. */
export type Samples = readonly number[]

/** Something to measure; resolves with its figures by name, in any unit. */
export type Contender = () => Promise<Record<string, number>> | Record<string, number>

/**
 * Runs the contenders in turns, so that whatever else the machine does falls on all of them alike, each round with
 * another one first.
 * @param warm whether each runs once before, so that none is measured while its code is still being compiled
 * @returns for each contender's figures the samples, by "contender figure"
 */
export async function inTurns(
  rounds: number,
  contenders: Readonly<Record<string, Contender>>,
  { warm = false } = {},
): Promise<Map<string, number[]>> {
  const samples = new Map<string, number[]>()
  const names = Object.keys(contenders)
  if (warm) for (const name of names) await contenders[name]?.()
  for (let round = 0; round < rounds; round++) {
    for (const i of names.keys()) {
      const name = names[(i + round) % names.length] ?? ''
      for (const [figure, value] of Object.entries((await contenders[name]?.()) ?? {})) {
        const key = `${name} ${figure}`
        samples.set(key, [...(samples.get(key) ?? []), value])
      }
    }
  }
  return samples
}

/** The value below which the share `p` of the samples lies. */
export function quantile(samples: Samples, p: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN
}

export const median = (samples: Samples) => quantile(samples, 0.5)

/** Milliseconds that `work` takes. */
export async function milliseconds(work: () => unknown): Promise<number> {
  const start = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - start) / 1e6
}

/**
 * The median and the 95th percentile of the milliseconds that each of `count` turns of `work` takes, and the mean of
 * what this process takes of the processor for one, which other programs disturb the least.
 */
export async function latencies(
  count: number,
  work: (turn: number) => unknown,
): Promise<{ p50: number; p95: number; processor: number }> {
  const samples: number[] = []
  const before = process.cpuUsage()
  for (let turn = 0; turn < count; turn++) samples.push(await milliseconds(() => work(turn)))
  const { user } = process.cpuUsage(before)
  return { p50: median(samples), p95: quantile(samples, 0.95), processor: user / 1000 / count }
}
