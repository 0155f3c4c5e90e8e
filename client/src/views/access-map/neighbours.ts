import type { Layout, Placed } from './layout.ts'

export type Direction = 'left' | 'right' | 'up' | 'down'

/**
 * The box that an arrow key leads to: up and down within a column, left and right along a line, or to the nearest box
 * of the next column where there is none.
 */
export function neighbour({ boxes, edges }: Layout, id: string, direction: Direction): string | undefined {
  const from = boxes.get(id)
  if (!from) return undefined
  const all = [...boxes.values()]
  if (direction === 'up' || direction === 'down') {
    const sign = direction === 'up' ? -1 : 1
    const column = all.filter(({ box }) => box.column === from.box.column && box.id !== id)
    return nearest(
      column.filter(other => (other.y - from.y) * sign > 0),
      from,
    )
  }
  const ends = edges.flatMap(({ edge }) => {
    const [here, there] = direction === 'right' ? [edge.from, edge.to] : [edge.to, edge.from]
    return here === id ? (boxes.get(there) ?? []) : []
  })
  if (ends.length > 0) return nearest(ends, from)
  const order = ['source', 'rule', 'account']
  const next = order.indexOf(from.box.column) + (direction === 'right' ? 1 : -1)
  return nearest(
    all.filter(({ box }) => box.column === order[next]),
    from,
  )
}

function nearest(of: readonly Placed[], { y, height }: Placed): string | undefined {
  const distance = (other: Placed) => Math.abs(other.y + other.height / 2 - (y + height / 2))
  const [first, ...rest] = of
  return first && rest.reduce((best, each) => (distance(each) < distance(best) ? each : best), first).box.id
}

/** The boxes that a box has to do with, both ways along the lines as far as they go, and the heads of their frames. */
export function connected({ boxes, edges }: Layout, id: string): Set<string> {
  // The head of an open frame stands for all that is in it.
  const seeds = [id, ...[...boxes.values()].flatMap(({ box }) => (box.frame === id ? box.id : []))]
  const found = new Set(seeds)
  for (const [here, there] of [
    ['from', 'to'],
    ['to', 'from'],
  ] as const) {
    let frontier = new Set(seeds)
    while (frontier.size > 0) {
      const reached = edges.flatMap(({ edge }) => (frontier.has(edge[here]) ? edge[there] : []))
      frontier = new Set(reached.filter(each => !found.has(each)))
      for (const each of frontier) found.add(each)
    }
  }
  for (const each of [...found]) found.add(boxes.get(each)?.box.frame ?? each)
  return found
}
