import type { TextEdit } from '../../text/edit.ts'
import type { ArrayNode, ObjectNode, Range, Tree } from '../node.ts'
import {
  behindComments,
  blanksAfter,
  blanksBefore,
  indentOf,
  insertion,
  lineBreak,
  lineEnd,
  lineStart,
  nextLine,
  skipTrivia,
  startsLine,
} from './lines.ts'
import { entriesOf, holderOf, startOf } from './places.ts'
import { flowStyle } from './style.ts'
import { flowEntry, flowText, type Value } from './values.ts'

/** What comes into a collection, by the entry it goes behind; undefined where there is none yet. */
export type Arrivals = Map<Range | undefined, (readonly [key: string, value: Value])[]>

/** An entry with what belongs to it. */
interface Slot {
  entry: Range
  /** Where its anchor, tag or `?` starts, if it has one. */
  start: number
  end: number
  /** The comma behind it. */
  comma: number | undefined
}

/** The entries between the brackets of `into`, or undefined when anything else stands there. */
function slotsOf(tree: Tree, into: ObjectNode | ArrayNode): Slot[] | undefined {
  const { text } = tree
  const slots: Slot[] = []
  let at = into.start + 1
  for (const entry of entriesOf(into)) {
    const start = skipTrivia(tree, at)
    const behind = skipTrivia(tree, entry.end)
    const comma = text[behind] === ',' ? behind : undefined
    // Behind a tag without a value, the parser takes a line break for more than that.
    const isThere = entry.start < entry.end
    const sound = isThere && start <= entry.start && (slots.length === 0 || slots.at(-1)?.comma !== undefined)
    if (!sound) return undefined
    slots.push({ entry, start, end: entry.end, comma })
    at = comma === undefined ? behind : comma + 1
  }
  const close = into.type === 'object' ? '}' : ']'
  return text[into.end - 1] === close && skipTrivia(tree, at) === into.end - 1 ? slots : undefined
}

/** Takes `leaving` out of `into`, which has brackets, and puts `arrivals` in. Undefined in broken syntax. */
export function editFlow(
  tree: Tree,
  into: ObjectNode | ArrayNode,
  leaving: ReadonlySet<Range>,
  arrivals: Arrivals,
): TextEdit[] | undefined {
  if (isBarePair(into)) return editBarePair(tree, into, leaving, [...arrivals.values()].flat())
  const slots = slotsOf(tree, into)
  if (!slots) return undefined
  if (slots.length === 0) return [fillEmpty(tree, into, arrivals.get(undefined) ?? [])]
  const stays = (slot: Slot) => !leaving.has(slot.entry) || arrivals.has(slot.entry)
  if (!slots.some(stays)) return empty(tree, into, slots)
  const lastStaying = slots.findLast(stays)
  return slots.flatMap(slot => {
    const coming = arrivals.get(slot.entry)
    const leaves = leaving.has(slot.entry)
    if (leaves && !coming) return [takeOut(tree, slot)]
    // Nothing stays behind it: a comma there goes, or is that of the first newcomer.
    const isLast = slot === lastStaying && slots.at(-1)?.comma === undefined
    if (coming && !leaves) return putBehind(tree, into, slot, coming, isLast)
    const edits: TextEdit[] = []
    if (coming)
      edits.push({
        start: slot.start,
        end: slot.end,
        text: listed(tree, into, slot, coming).join(flowStyle(tree, into).comma),
      })
    if (isLast && slot.comma !== undefined) edits.push({ start: slot.comma, end: slot.comma + 1, text: '' })
    return edits
  })
}

/** The text of newcomers beside the entry of `slot`. */
function listed(
  tree: Tree,
  into: ObjectNode | ArrayNode,
  { start }: Slot,
  coming: readonly (readonly [string, Value])[],
): string[] {
  const style = flowStyle(tree, into)
  const indent = startsLine(tree.text, start) ? indentOf(tree.text, start) : undefined
  return coming.map(([key, value]) =>
    into.type === 'object' ? flowEntry(key, value, style, indent) : flowText(value, style, indent),
  )
}

/** Puts newcomers behind an entry: on lines of their own if it has one, else behind a comma. */
function putBehind(
  tree: Tree,
  into: ObjectNode | ArrayNode,
  slot: Slot,
  coming: readonly (readonly [string, Value])[],
  isLast: boolean,
): TextEdit[] {
  const { text } = tree
  const entries = listed(tree, into, slot, coming)
  const { comma: separator } = flowStyle(tree, into)
  if (!startsLine(text, slot.start)) {
    if (slot.comma === undefined || !isLast) return [insertion(slot.end, separator + entries.join(separator))]
    return [insertion(slot.comma + 1, separator.slice(1) + entries.join(separator))]
  }
  const newLine = lineBreak(text) + indentOf(text, slot.start)
  const lines = newLine + entries.join(`,${newLine}`)
  // A comment behind the entry stays there: the comma goes before it, the new line after it.
  if (slot.comma === undefined)
    return [insertion(slot.end, ','), insertion(behindComments(tree, slot.end), lines)]
  const behind = behindComments(tree, slot.comma + 1)
  if (isLast) return [insertion(behind, lines)]
  if (blanksAfter(text, behind) === lineEnd(text, behind)) return [insertion(behind, `${lines},`)]
  return [insertion(slot.end, `,${lines}`)]
}

/** Takes an entry out with its comma: with its whole line, and the comment on it, if it has one for itself. */
function takeOut(tree: Tree, slot: Slot): TextEdit {
  const { text } = tree
  const end = slot.comma === undefined ? slot.end : slot.comma + 1
  const behind = blanksAfter(text, behindComments(tree, end))
  const endsLine = behind === lineEnd(text, end)
  if (startsLine(text, slot.start) && endsLine)
    return { start: lineStart(text, slot.start), end: nextLine(text, end), text: '' }
  // The blanks on one side go too; a comment needs those before it.
  const next = blanksAfter(text, end)
  if (slot.comma === undefined || next === lineEnd(text, end))
    return { start: blanksBefore(text, slot.start), end, text: '' }
  return { start: slot.start, end: behind > next ? end : next, text: '' }
}

/** Takes all entries out; comments stay. */
function empty(tree: Tree, into: ObjectNode | ArrayNode, slots: readonly Slot[]): TextEdit[] {
  const edits = slots.map(slot => takeOut(tree, slot))
  let rest = ''
  let at = into.start + 1
  for (const edit of edits) {
    rest += tree.text.slice(at, edit.start)
    at = edit.end
  }
  rest += tree.text.slice(at, into.end - 1)
  return rest.trim() === '' ? [{ start: into.start + 1, end: into.end - 1, text: '' }] : edits
}

/** Fills a collection that has no entries, but may have comments. */
function fillEmpty(
  tree: Tree,
  into: ObjectNode | ArrayNode,
  coming: readonly (readonly [string, Value])[],
): TextEdit {
  const { text } = tree
  const holder = holderOf(into)
  const inside = text.slice(into.start + 1, into.end - 1)
  const spread = tree.format === 'json' && !(holder && !text.slice(holder.start, holder.end).includes('\n'))
  const style = flowStyle(tree, into)
  const close = into.end - 1
  const outer = indentOf(text, startsLine(text, close) ? close : into.start)
  const broken = spread || inside.includes('\n')
  const inner = broken ? outer + style.step : undefined
  const entries = coming.map(([key, value]) =>
    into.type === 'object' ? flowEntry(key, value, style, inner) : flowText(value, style, inner),
  )
  const pad = into.type === 'object' ? style.pad : ''
  const body = broken
    ? style.eol + inner + entries.join(`,${style.eol}${inner}`)
    : pad + entries.join(style.comma)
  if (inside.trim() === '')
    return { start: into.start + 1, end: into.end - 1, text: body + (broken ? style.eol + outer : pad) }
  const at = into.start + 1 + inside.trimEnd().length
  return { start: at, end: at, text: broken || pad ? body : ` ${body}` }
}

// --- `[key: value]` ------------------------------------------------------------------------------------------

/** Whether `node` is a pair in a YAML list that stands there without braces. */
function isBarePair(node: ObjectNode | ArrayNode): node is ObjectNode {
  return node.type === 'object' && node.flow === true && entriesOf(node)[0]?.start === node.start
}

function editBarePair(
  tree: Tree,
  into: ObjectNode,
  leaving: ReadonlySet<Range>,
  coming: readonly (readonly [string, Value])[],
): TextEdit[] {
  const { end, properties } = into
  const start = startOf(tree, into)
  const style = flowStyle(tree, into)
  const entries = coming.map(([key, value]) => flowEntry(key, value, style))
  const [only] = properties
  if (only && leaving.has(only))
    return [{ start, end, text: entries.length > 0 ? `{ ${entries.join(', ')} }` : '{}' }]
  return [
    { start, end: start, text: '{ ' },
    { start: end, end, text: `, ${entries.join(', ')} }` },
  ]
}
