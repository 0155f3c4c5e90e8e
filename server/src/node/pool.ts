/** Enough to keep the disk busy, far below the number of files a process may have open. */
const LIMIT = 32

/** What `work` makes of each item, in the order of `items`; at most `limit` of them at a time. */
export async function mapBounded<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  limit = LIMIT,
): Promise<R[]> {
  const results = new Array<R>(items.length)
  // One iterator for all workers: each takes the next item that nobody has taken.
  const queue = items.entries()
  async function worker() {
    for (const [i, item] of queue) results[i] = await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  return results
}
