import { Graph, layout as layOut } from '@dagrejs/dagre'
import type { Box, Column, Shown, ShownEdge } from './shown.ts'

/** Where everything is, in pixels of the picture. */
export interface Layout {
  boxes: Map<string, Placed>
  frames: Map<string, Rect>
  edges: { edge: ShownEdge; from: Point; to: Point }[]
  /** Where columns begin that have something in them; their titles stand above the picture. */
  columns: { column: Column; x: number }[]
  width: number
  height: number
}

export interface Rect {
  x: number
  y: number
  width: number
  height: number
}

export interface Placed extends Rect {
  box: Box
}

export interface Point {
  x: number
  y: number
}

/** How many pixels wide the words of a box are. */
export type Measure = (box: Box) => number

const COLUMNS: readonly Column[] = ['source', 'rule', 'account']
const BOX_HEIGHT = 46
const HEAD_HEIGHT = 44
const GAP = 12
const PADDING = 10
const BETWEEN_COLUMNS = 110
const NARROWEST = 150
const WIDEST = 340

/** A box of its own, or a frame with what is in it. */
interface Block {
  id: string
  column: Column
  head: Box | undefined
  boxes: Box[]
  height: number
  /** Of its middle. */
  y: number
}

/**
 * Places boxes in three columns, so that few lines cross. Total; the same for the same input.
 */
export function layout(shown: Shown, measure: Measure): Layout {
  const blocks = blocksOf(shown)
  const blockOf = new Map(
    blocks.flatMap(block =>
      [...(block.head ? [block.head] : []), ...block.boxes].map(box => [box.id, block]),
    ),
  )
  placeBlocks(blocks, blockOf, shown.edges)
  const middles = new Map<string, number>()
  for (const column of ['rule', 'source', 'account', 'rule'] as const) {
    for (const block of blocks) if (block.column === column) sortWithin(block, shown.edges, blockOf, middles)
  }

  const boxes = new Map<string, Placed>()
  const frames = new Map<string, Rect>()
  const columns: Layout['columns'] = []
  let x = 0
  for (const column of COLUMNS) {
    const own = blocks.filter(block => block.column === column)
    if (own.length === 0) continue
    columns.push({ column, x })
    const framed = own.some(({ head }) => head)
    const width = widthOf(own, measure)
    for (const block of own) {
      const top = block.y - block.height / 2
      const inner = { x: framed ? x + PADDING : x, width }
      if (block.head) {
        frames.set(block.id, { x, y: top, width: width + 2 * PADDING, height: block.height })
        boxes.set(block.id, { box: block.head, x, y: top, width: width + 2 * PADDING, height: HEAD_HEIGHT })
      }
      const first = block.head ? top + HEAD_HEIGHT + PADDING / 2 : top
      for (const [i, box] of block.boxes.entries())
        boxes.set(box.id, { box, ...inner, y: first + i * (BOX_HEIGHT + GAP), height: BOX_HEIGHT })
    }
    x += width + (framed ? 2 * PADDING : 0) + BETWEEN_COLUMNS
  }
  const bottom = Math.max(0, ...blocks.map(({ y, height }) => y + height / 2))
  return {
    boxes,
    frames,
    edges: shown.edges.flatMap(edge => {
      const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)]
      if (!from || !to) return []
      return { edge, from: { x: from.x + from.width, y: middle(from) }, to: { x: to.x, y: middle(to) } }
    }),
    columns,
    width: Math.max(0, x - BETWEEN_COLUMNS),
    height: bottom,
  }
}

function blocksOf({ boxes, frames }: Shown): Block[] {
  const inFrame = new Map<string | undefined, Box[]>()
  for (const box of boxes) inFrame.set(box.frame, [...(inFrame.get(box.frame) ?? []), box])
  const framed = frames.map(({ id, column, open }): Block => {
    const own = inFrame.get(id) ?? []
    const within = open ? own.filter(box => box.id !== id) : []
    const height = within.length === 0 ? HEAD_HEIGHT : HEAD_HEIGHT + stack(within.length) + PADDING * 1.5
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
function stack(count: number): number {
  return count * (BOX_HEIGHT + GAP) - GAP
}

/** Lets dagre order the blocks of each column and place them beside those they are connected with. */
function placeBlocks(
  blocks: readonly Block[],
  blockOf: ReadonlyMap<string, Block>,
  edges: readonly ShownEdge[],
): void {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: GAP * 1.5, edgesep: GAP, ranksep: BETWEEN_COLUMNS, ranker })
  // The column is known; dagre would find it from the edges, and has none for what nobody uses. Between two there is
  // a rank for the labels of edges.
  for (const { id, column, height } of blocks)
    graph.setNode(id, { width: NARROWEST, height, rank: COLUMNS.indexOf(column) * 2 })
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
  for (const [i, box] of block.boxes.entries()) middles.set(box.id, first + i * (BOX_HEIGHT + GAP))
}

function widthOf(blocks: readonly Block[], measure: Measure): number {
  const widths = blocks.flatMap(({ head, boxes }) => [...(head ? [head] : []), ...boxes].map(measure))
  return Math.ceil(Math.min(WIDEST, Math.max(NARROWEST, ...widths)))
}

function middle({ y, height }: Rect): number {
  return y + height / 2
}
