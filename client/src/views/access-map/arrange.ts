import { Graph, layout as layOut } from '@dagrejs/dagre'
import { grouped } from '../../../../server/src/text/grouped.ts'
import type { Box, Column, Shown, ShownEdge } from './shown.ts'

export const COLUMNS: readonly Column[] = ['source', 'rule', 'account']
export const BOX_HEIGHT = 46
export const HEAD_HEIGHT = 44
export const PADDING = 10
/** Between boxes, one above the other: the widest that fits into the room is taken. */
const GAPS = [44, 36, 28, 20, 12] as const
const LEAST_GAP = 12
/** For dagre, which has to think of some: where boxes are from left to right is decided elsewhere. */
const WIDTH = 150

/** A box of its own, or a frame with what is in it. */
export interface Block {
  id: string
  column: Column
  head: Box | undefined
  boxes: Box[]
  height: number
  /** Of its middle. */
  y: number
}

/** What is where from top to bottom. */
export interface Arranged {
  blocks: Block[]
  gap: number
  height: number
}

/**
 * Orders boxes in their columns so that few lines cross, and spreads them over the room.
 * @param room the height in pixels that there is; less is not used than the boxes need
 */
export function arrange(shown: Shown, room: number): Arranged {
  for (const gap of GAPS) {
    const blocks = blocksOf(shown, gap)
    if (gap > LEAST_GAP && tallest(blocks, gap) > room) continue
    place(blocks, shown.edges, gap)
    const height = Math.max(0, ...blocks.map(({ y, height: own }) => y + own / 2))
    if (gap === LEAST_GAP || height <= room) return { blocks, gap, height }
  }
  return { blocks: [], gap: LEAST_GAP, height: 0 }
}

/** How high the fullest column is at least. */
function tallest(blocks: readonly Block[], gap: number): number {
  const heights = COLUMNS.map(column => {
    const own = blocks.filter(block => block.column === column)
    return own.reduce((sum, { height }) => sum + height + gap, 0)
  })
  return Math.max(...heights)
}

function place(blocks: readonly Block[], edges: readonly ShownEdge[], gap: number): void {
  const blockOf = new Map(
    blocks.flatMap(block =>
      [...(block.head ? [block.head] : []), ...block.boxes].map(box => [box.id, block]),
    ),
  )
  placeBlocks(blocks, blockOf, edges, gap)
  const middles = new Map<string, number>()
  for (const column of ['rule', 'source', 'account', 'rule'] as const) {
    for (const block of blocks) if (block.column === column) sortWithin(block, edges, blockOf, middles, gap)
  }
}

function blocksOf({ boxes, frames }: Shown, gap: number): Block[] {
  const inFrame = grouped(boxes, box => box.frame)
  const framed = frames.map(({ id, column, open }): Block => {
    const own = inFrame.get(id) ?? []
    const within = open ? own.filter(box => box.id !== id) : []
    const height = within.length === 0 ? HEAD_HEIGHT : HEAD_HEIGHT + stack(within.length, gap) + PADDING * 1.5
    return { id, column, head: own.find(box => box.id === id), boxes: within, height, y: 0 }
  })
  const alone = (inFrame.get(undefined) ?? []).map(
    (box): Block => ({
      id: box.id,
      column: box.column,
      head: undefined,
      boxes: [box],
      height: BOX_HEIGHT,
      y: 0,
    }),
  )
  return [...framed, ...alone]
}

/** The height of so many boxes, one above the other. */
function stack(count: number, gap: number): number {
  return count * (BOX_HEIGHT + gap) - gap
}

/** Lets dagre order the blocks of each column and place them beside those they are connected with. */
function placeBlocks(
  blocks: readonly Block[],
  blockOf: ReadonlyMap<string, Block>,
  edges: readonly ShownEdge[],
  gap: number,
): void {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: gap * 1.5, edgesep: gap, ranksep: WIDTH, ranker })
  // The column is known; dagre would find it from the edges, and has none for what nobody uses. Between two there is
  // a rank for the labels of edges.
  for (const { id, column, height } of blocks)
    graph.setNode(id, { width: WIDTH, height, rank: COLUMNS.indexOf(column) * 2 })
  const weights = new Map<string, { from: string; to: string; weight: number }>()
  for (const { from, to } of edges) {
    const [a, b] = [blockOf.get(from)?.id, blockOf.get(to)?.id]
    if (a === undefined || b === undefined) continue
    const key = JSON.stringify([a, b])
    const known = weights.get(key)
    if (known) known.weight++
    else weights.set(key, { from: a, to: b, weight: 1 })
  }
  for (const { from, to, weight } of weights.values()) graph.setEdge(from, to, { weight })
  layOut(graph)
  for (const block of blocks) block.y = graph.node(block.id).y
  const top = Math.min(0, ...blocks.map(({ y, height }) => y - height / 2))
  for (const block of blocks) block.y -= top
}

/** Keeps the ranks that are given; what dagre adds for itself comes first, and goes again. */
function ranker(graph: Graph): void {
  for (const id of graph.nodes()) graph.node(id).rank ??= -1
}

/** Sorts the boxes of a frame by where their lines lead. */
function sortWithin(
  block: Block,
  edges: readonly ShownEdge[],
  blockOf: ReadonlyMap<string, Block>,
  middles: Map<string, number>,
  gap: number,
): void {
  const own = new Set(block.boxes.map(({ id }) => id))
  const ends = new Map<string, number[]>()
  for (const { from, to } of edges) {
    const [inside, outside] = own.has(from) ? [from, to] : [to, from]
    if (!own.has(inside)) continue
    const y = middles.get(outside) ?? blockOf.get(outside)?.y ?? 0
    ends.set(inside, [...(ends.get(inside) ?? []), y])
  }
  const goal = (box: Box) => {
    const all = ends.get(box.id)
    // Those without a line come last.
    return all ? all.reduce((sum, y) => sum + y, 0) / all.length : Number.MAX_VALUE
  }
  const goals = new Map(block.boxes.map(box => [box, goal(box)]))
  block.boxes.sort((a, b) => (goals.get(a) ?? 0) - (goals.get(b) ?? 0))
  const first = block.y - block.height / 2 + (block.head ? HEAD_HEIGHT : 0)
  for (const [i, box] of block.boxes.entries()) middles.set(box.id, first + i * (BOX_HEIGHT + gap))
}
