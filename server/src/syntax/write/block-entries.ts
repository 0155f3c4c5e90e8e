import type { TextEdit } from '../../text/edit.ts'
import { type ArrayNode, type Node, type ObjectNode, type Range, type Tree, walk } from '../node.ts'
import { isBlockScalar, keepsBlankLines } from './block-scalar.ts'
import type { Arrivals } from './flow.ts'
import { below, blanksBefore, column, insertion, lineEnd, lineStart, nextLine, startsLine } from './lines.ts'
import { columnOf, dashOf, entriesOf, holderOf, startOfEntry } from './places.ts'
import { blockStyle } from './style.ts'
import { blockEntry, blockLines, quoteAt, type Value } from './values.ts'

/** Takes `leaving` out of the block `into` and puts `arrivals` in. Undefined where a comment would become text. */
export function editBlock(
  tree: Tree,
  into: ObjectNode | ArrayNode,
  leaving: ReadonlySet<Range>,
  arrivals: Arrivals,
): TextEdit[] | undefined {
  const entries = entriesOf(into)
  const stays = (entry: Range) => !leaving.has(entry) || arrivals.has(entry)
  const isEmptied = !entries.some(stays)
  const at = columnOf(tree, into)
  const edits: TextEdit[] = []
  let above: Range | undefined // the last entry that stays, or the `{}` for all of them
  for (const [i, entry] of entries.entries()) {
    const coming = arrivals.get(entry)
    const lines = coming && linesOf(tree, into, entry, coming)
    const start = startIn(tree, into, entry)
    if (lines && leaving.has(entry)) {
      edits.push({ start, end: entry.end, text: below(tree, lines, at).trimStart() })
    } else if (lines) {
      edits.push(insertion(endOfEntry(tree, into, entry), below(tree, lines, at)))
    } else if (isEmptied && i === 0) {
      edits.push({ start, end: entry.end, text: emptied(tree, into) })
    } else if (leaving.has(entry)) {
      const removal = takeOut(tree, into, entry, above, entries.slice(i + 1).find(stays))
      if (!removal) return undefined
      edits.push(removal)
    }
    if (stays(entry) || isEmptied) above = entry
  }
  return edits
}

/** What stands for a block without entries; a list that is no deeper than its key must get there. */
function emptied(tree: Tree, into: ObjectNode | ArrayNode): string {
  if (into.type === 'object') return '{}'
  const holder = holderOf(into)
  return holder?.type === 'object' && columnOf(tree, holder) === columnOf(tree, into) ? '  []' : '[]'
}

/** Where an entry of `into` starts: an item of a list does with its dash. */
function startIn(tree: Tree, into: ObjectNode | ArrayNode, entry: Range): number {
  const item = into.type === 'array' ? into.items.find(each => each === entry) : undefined
  return (item && dashOf(tree, item)) ?? startOfEntry(tree, entry)
}

/** The lines of newcomers to `into`, with keys quoted like that of `entry`. */
function linesOf(
  tree: Tree,
  into: ObjectNode | ArrayNode,
  entry: Range,
  coming: readonly (readonly [string, Value])[],
): string[] {
  const style = blockStyle(tree)
  const quote = quoteAt(tree.text, entry.start)
  return coming.flatMap(([key, value]) =>
    into.type === 'array' ? blockLines([value], style) : blockEntry(key, quote, value, style),
  )
}

/** The end of the last line that belongs to `entry`. */
function endOfEntry(tree: Tree, into: Node, { end }: Range): number {
  const { text } = tree
  const last = lineEnd(text, end)
  const scalar = lastBlockScalar(tree, into, end)
  return scalar && keepsBlankLines(tree, scalar) ? behindBlankLines(text, last) : last
}

/** Where the blank lines below the line that ends at `end` end. */
function behindBlankLines(text: string, end: number): number {
  let at = end
  for (let next = nextLine(text, at); next > at && next < text.length; next = nextLine(text, at)) {
    const close = lineEnd(text, next)
    if (text.slice(next, close).trim() !== '') break
    at = close
  }
  return at
}

/** The block scalar that ends at `end`, if that is what an entry of `into` ends with. */
function lastBlockScalar(tree: Tree, into: Node, end: number): Node | undefined {
  for (const node of walk(into)) if (node.end === end && isBlockScalar(tree, node)) return node
  return undefined
}

/** Takes out `entry`, which stands below `above` and above `next`, as far as these stay. */
function takeOut(
  tree: Tree,
  into: ObjectNode | ArrayNode,
  entry: Range,
  above: Range | undefined,
  next: Range | undefined,
): TextEdit | undefined {
  const { text } = tree
  const start = startIn(tree, into, entry)
  const end = lineEnd(text, entry.end)
  if (above) {
    const scalar = lastBlockScalar(tree, into, above.end)
    const keeps = scalar && keepsBlankLines(tree, scalar)
    const to = keeps ? behindBlankLines(text, end) : end
    // A deeper line below would become part of the block scalar above.
    if (scalar && column(text, start) < indentBelow(text, to)) return undefined
    if (keeps) return { start: lineStart(text, start), end: nextLine(text, to), text: '' }
    return { start: lineEnd(text, lineStart(text, start) - 1), end: to, text: '' }
  }
  if (startsLine(text, start)) return { start: lineStart(text, start), end: nextLine(text, end), text: '' }
  // It stands behind a dash: the next one moves up, unless there are comments on the way.
  const below = next && startIn(tree, into, next)
  return below !== undefined && text.slice(end, below).trim() === ''
    ? { start, end: below, text: '' }
    : { start: blanksBefore(text, start), end, text: '' }
}

/** How deep the line below `end` is indented. */
function indentBelow(text: string, end: number): number {
  const next = nextLine(text, end)
  return /^ */.exec(text.slice(next, lineEnd(text, next)))?.[0].length ?? 0
}
