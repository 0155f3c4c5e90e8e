/** Of those with equal keys the first. */
export function distinctBy<T>(items: readonly T[], key: (item: T) => unknown): T[] {
  const first = new Map<unknown, T>()
  for (const item of items) if (!first.has(key(item))) first.set(key(item), item)
  return [...first.values()]
}
