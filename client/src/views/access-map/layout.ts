import { arrange, type Block, BOX_HEIGHT, COLUMNS, HEAD_HEIGHT, PADDING } from './arrange.ts'
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

/** How many pixels wide a box is that shows all of its title, and one that shows all of its words. */
export type Measure = (box: Box) => { title: number; all: number }

/** What a picture should fit into, in pixels. */
export interface Room {
  width: number
  height: number
}

/** The width of a box: some of the words may be cut off. */
const NARROWEST = 150
const WIDEST = 340
/** Between columns, where lines lead from one to the next. */
const CLOSEST = 48
const FARTHEST = 170
/** A picture that is this much smaller, with whole titles, says more than a larger one with titles cut off. */
const SMALLER = 0.9

/**
 * Places boxes in three columns, so that few lines cross and as much as possible fits into the room. What is too
 * much for it goes beyond. Total; the same for the same input.
 */
export function layout(shown: Shown, measure: Measure, room: Room): Layout {
  const { blocks, gap, height } = arrange(shown, room.height)
  const columns = columnsIn(blocks, measure, room.width)
  const boxes = new Map<string, Placed>()
  const frames = new Map<string, Rect>()
  for (const { x, width, padding, blocks: own } of columns) {
    for (const block of own) {
      const top = block.y - block.height / 2
      if (block.head) {
        frames.set(block.id, { x, y: top, width, height: block.height })
        boxes.set(block.id, { box: block.head, x, y: top, width, height: HEAD_HEIGHT })
      }
      const first = block.head ? top + HEAD_HEIGHT + PADDING / 2 : top
      const inner = { x: x + padding, width: width - 2 * padding, height: BOX_HEIGHT }
      for (const [i, box] of block.boxes.entries())
        boxes.set(box.id, { box, ...inner, y: first + i * (BOX_HEIGHT + gap) })
    }
  }
  const last = columns.at(-1)
  return {
    boxes,
    frames,
    edges: shown.edges.flatMap(edge => {
      const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)]
      if (!from || !to) return []
      return { edge, from: { x: from.x + from.width, y: middle(from) }, to: { x: to.x, y: middle(to) } }
    }),
    columns: columns.map(({ column, x }) => ({ column, x })),
    width: last ? last.x + last.width : 0,
    height,
  }
}

interface Placement {
  column: Column
  x: number
  width: number
  /** Between a frame and the boxes in it. */
  padding: number
  blocks: Block[]
}

/**
 * Columns that have something in them, side by side: in little room first closer to each other, then narrower, down to
 * their titles, and when these are far too wide, narrower still.
 */
function columnsIn(blocks: readonly Block[], measure: Measure, room: number): Placement[] {
  const filled = COLUMNS.flatMap(column => {
    const own = blocks.filter(block => block.column === column)
    const padding = own.some(({ head }) => head) ? PADDING : 0
    return own.length > 0 ? { column, padding, blocks: own, ...widthsOf(own, measure) } : []
  })
  const gaps = filled.length - 1
  const paddings = filled.reduce((sum, { padding }) => sum + 2 * padding, 0)
  const wanted = filled.map(({ all }) => all)
  const between = Math.min(FARTHEST, Math.max(CLOSEST, (room - paddings - total(wanted)) / Math.max(1, gaps)))
  const left = (all: number) => all - paddings - between * gaps
  const titles = filled.map(({ title }) => title)
  const least = filled.map(() => NARROWEST)
  const widths = shrunk(shrunk(wanted, titles, left(room)), least, left(room / SMALLER))
  let x = 0
  return filled.map(({ column, padding, blocks: own }, i) => {
    const width = Math.floor(widths[i] ?? NARROWEST) + 2 * padding
    const placed = { column, x, width, padding, blocks: own }
    x += width + between
    return placed
  })
}

/** Widths that come to no more than `room`, or as near to it as `least` lets them: the more one can give, the more it does. */
function shrunk(widths: readonly number[], least: readonly number[], room: number): number[] {
  const spare = widths.map((width, i) => Math.max(0, width - (least[i] ?? width)))
  const share = Math.min(1, Math.max(0, total(widths) - room) / Math.max(1, total(spare)))
  return widths.map((width, i) => width - (spare[i] ?? 0) * share)
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0)
}

function widthsOf(blocks: readonly Block[], measure: Measure): { title: number; all: number } {
  const boxes = blocks.flatMap(({ head, boxes: own }) => [...(head ? [head] : []), ...own]).map(measure)
  const widest = (widths: number[]) => Math.min(WIDEST, Math.max(NARROWEST, ...widths))
  return { title: widest(boxes.map(({ title }) => title)), all: widest(boxes.map(({ all }) => all)) }
}

function middle({ y, height }: Rect): number {
  return y + height / 2
}
