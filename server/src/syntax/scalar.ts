/**
 * Where the characters of a string's value stand in the file: a value is decoded (`\n`, folded lines), and what is
 * found in it must be shown where it was written. Works on the text of one node; needs no parser.
 */

import { blockUnits } from './block-scalar.ts'
import { flowUnits } from './flow-scalar.ts'
import type { Range, StringNode } from './node.ts'
import type { Offsets, Units } from './units.ts'

export type { Offsets } from './units.ts'

/**
 * Where each unit of `node.value` stands in `text`, the text of the file. Reads JSON strings and every style of
 * YAML: plain, quoted, literal and folded. Undefined for an alias, whose text is elsewhere, and whenever what is
 * read differs from `node.value`, so that a wrong place is never given.
 */
export function sourceOffsets(text: string, node: StringNode): Offsets | undefined {
  const last = read.get(node)
  if (last?.text === text) return last.offsets
  const offsets = offsetsOf(text, node)
  read.set(node, { text, offsets })
  return offsets
}

/** What was read of a node last: of a long condition with many findings it is asked for each of them. */
const read = new WeakMap<StringNode, { text: string; offsets: Offsets | undefined }>()

function offsetsOf(text: string, node: StringNode): Offsets | undefined {
  if (node.alias) return undefined
  for (const units of readings(text, node)) {
    if (units.value === node.value) return { starts: units.starts, ends: units.ends }
  }
  return undefined
}

/**
 * The range in the file of the units `start` to `end` of `node.value`, `end` exclusive; of nothing if they are
 * equal. The range of the whole node if it cannot be told.
 */
export function valueRange(text: string, node: StringNode, start: number, end: number): Range {
  const whole = { start: node.start, end: node.end }
  if (start < 0 || end < start || end > node.value.length) return whole
  const offsets = sourceOffsets(text, node)
  if (!offsets) return whole
  const first = offsets.starts[start] ?? offsets.ends.at(-1) ?? innerStart(text, node)
  return { start: first, end: start === end ? first : (offsets.ends[end - 1] ?? first) }
}

/** The range in the file of what a string holds, without quotes. */
export function contentRange(text: string, node: StringNode): Range {
  return valueRange(text, node, 0, node.value.length)
}

/**
 * The unit of `node.value` at `offset` of the file: for a cursor in it. Behind the last it is the value's length.
 * Undefined outside of the value, and if it cannot be told.
 */
export function valueOffset(text: string, node: StringNode, offset: number): number | undefined {
  const offsets = sourceOffsets(text, node)
  if (!offsets || offset < innerStart(text, node) || offset > node.end) return undefined
  if (offset === node.end && isQuote(text[node.start])) return undefined
  const at = offsets.ends.findIndex(end => end > offset)
  return at < 0 ? node.value.length : at
}

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'"
}

function innerStart(text: string, node: StringNode): number {
  return isQuote(text[node.start]) ? node.start + 1 : node.start
}

function* readings(text: string, { start, end }: StringNode): Generator<Units> {
  const first = text[start]
  if (first === '"' || first === "'") yield flowUnits(text, start + 1, end - 1, first)
  else if (first === '|' || first === '>') yield* blockUnits(text, start, end, first)
  else yield flowUnits(text, start, end, '')
}
