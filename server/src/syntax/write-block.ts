import type { TextEdit } from '../text/edit.ts'
import { type ArrayNode, type Node, type ObjectNode, type Range, type Tree, walk } from './node.ts'
import { blockScalar, headerComment, isBlockScalar, keepsLineBreaks } from './write-block-scalar.ts'
import { type Arrivals, flowValue } from './write-flow.ts'
import { columnOf, entriesOf, type Head, headOf, holderOf, startOf, startOfEntry } from './write-places.ts'
import { blockStyle, isBlock } from './write-style.ts'
import {
  type BlockStyle,
  behindComments,
  blanksBefore,
  blockEntry,
  blockLines,
  blockValue,
  column,
  insertion,
  isCollection,
  isFilled,
  lineBreak,
  lineEnd,
  lineStart,
  nextLine,
  quoteAt,
  scalarText,
  startsLine,
  type Value,
} from './write-text.ts'

/** `lines` below the line before them, at a column. */
function below(tree: Tree, lines: readonly string[], at: number): string {
  const newLine = lineBreak(tree.text) + ' '.repeat(at)
  return lines.map(line => newLine + line).join('')
}

// --- set ---------------------------------------------------------------------------------------------------

/** Puts `to` in the place of `node`, which is no part of a flow collection. */
export function setBlock(tree: Tree, node: Node, to: Value): TextEdit[] {
  const head = headOf(tree, node)
  const { start, end } = node
  if (head.at === undefined && node.parent?.type === 'property') return [addValue(tree, node, to)]
  // A flow collection stays one.
  if (isCollection(to) && !isBlock(tree, node) && isCollectionNode(node) && end - start > 2)
    return [...head.untag, { start, end, text: flowValue(tree, node, to) }]
  return isFilled(to) ? setBlockCollection(tree, node, head, to) : setScalar(tree, node, head, to)
}

function isCollectionNode({ type }: Node): boolean {
  return type === 'object' || type === 'array'
}

/** Gives a value to a key (`? key`) that has no colon yet. */
function addValue(tree: Tree, node: Node, to: Value): TextEdit {
  const holder = holderOf(node)
  const [behindColon, ...lines] = blockValue(to, blockStyle(tree))
  return insertion(
    lineEnd(tree.text, node.start),
    below(tree, [`:${behindColon}`, ...lines], holder ? columnOf(tree, holder) : 0),
  )
}

/** A scalar, or an empty collection, in the place of anything. */
function setScalar(tree: Tree, node: Node, head: Head, to: Value): TextEdit[] {
  const { text } = tree
  const { end } = node
  const start = startOf(tree, node)
  const value = scalarFor(tree, node, to)
  const gap = head.at === undefined ? '' : text.slice(head.at, start)
  if (!isBlock(tree, node) || !node.parent || head.at === undefined || !gap.includes('\n')) {
    const space = start > 0 && /\S/.test(text[start - 1] ?? '') ? ' ' : ''
    return [...head.untag, { start, end, text: space + value }]
  }
  // The block below its key goes, and comments between the two stay.
  return [
    insertion(head.at, ` ${value}`),
    ...head.untag,
    { start: head.at + gap.trimEnd().length, end, text: '' },
  ]
}

/** The text of a scalar in the style of `node`. */
function scalarFor(tree: Tree, node: Node, to: Value): string {
  if (isCollection(to)) return Array.isArray(to) ? '[]' : '{}'
  if (!isBlockScalar(tree, node)) return scalarText(to, quoteAt(tree.text, node.start), false)
  const comment = headerComment(tree, node)
  const block = typeof to === 'string' && blockScalar(tree, node, to)
  return block || scalarText(to, '', false) + comment
}

/** A collection with something in it, as a block, in the place of anything but a flow collection. */
function setBlockCollection(tree: Tree, node: Node, head: Head, to: Value): TextEdit[] {
  const { text } = tree
  const { end } = node
  const start = startOf(tree, node)
  const gap = head.at === undefined ? '' : text.slice(head.at, start)
  const comment = isBlockScalar(tree, node) ? headerComment(tree, node) : ''
  const style = blockStyle(tree)
  if ((head.at === undefined || gap.includes('\n')) && comment === '') {
    // Only a list may stand right below its key.
    const least = blockColumn(tree, node, to, { step: 1, indentLists: false })
    const old = column(text, start)
    const at = old < least ? blockColumn(tree, node, to, style) : old
    const block = ' '.repeat(at - old) + below(tree, blockLines(to, style), at).trimStart()
    return [...head.untag, { start, end, text: block }]
  }
  const isItem = node.parent?.type === 'array' && text[(head.at ?? 0) - 1] === '-'
  if (isItem && /^ *$/.test(gap) && comment === '') {
    // Behind the dash.
    const space = gap === '' ? ' ' : ''
    const at = column(text, start) + space.length
    return [...head.untag, { start, end, text: space + below(tree, blockLines(to, style), at).trimStart() }]
  }
  const lines = below(tree, blockLines(to, style), blockColumn(tree, node, to, style))
  const from = blanksBefore(text, start)
  if (comment !== '') return [...head.untag, { start: from, end, text: comment + lines }]
  // A comment behind the old value stays with the key.
  return [...head.untag, { start: from, end, text: '' }, insertion(behindComments(tree, end), lines)]
}

/** The column at which a block below the line of its key, dash or `---` stands. */
function blockColumn(tree: Tree, node: Node, to: Value, { step, indentLists }: BlockStyle): number {
  const holder = holderOf(node)
  if (!holder) return 0
  if (holder.type === 'array') return columnOf(tree, holder) + 2
  return columnOf(tree, holder) + (Array.isArray(to) && !indentLists ? 0 : step)
}

// --- insert, append and remove ------------------------------------------------------------------------------

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
    const start = startOfEntry(tree, entry)
    if (lines && leaving.has(entry)) {
      edits.push({ start, end: entry.end, text: below(tree, lines, at).trimStart() })
    } else if (lines) {
      edits.push(insertion(endOfEntry(tree, into, entry), below(tree, lines, at)))
    } else if (isEmptied && i === 0) {
      edits.push({ start, end: entry.end, text: '{}' })
    } else if (leaving.has(entry)) {
      const removal = takeOut(tree, into, entry, above, entries.slice(i + 1).find(stays))
      if (!removal) return undefined
      edits.push(removal)
    }
    if (stays(entry) || isEmptied) above = entry
  }
  return edits
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
  return scalar && keepsLineBreaks(tree, scalar) ? behindBlankLines(text, last) : last
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
  const start = startOfEntry(tree, entry)
  const end = lineEnd(text, entry.end)
  if (above) {
    const scalar = lastBlockScalar(tree, into, above.end)
    const keeps = scalar && keepsLineBreaks(tree, scalar)
    const to = keeps ? behindBlankLines(text, end) : end
    // A deeper line below would become part of the block scalar above.
    if (scalar && column(text, start) < indentBelow(text, to)) return undefined
    return { start: lineEnd(text, lineStart(text, start) - 1), end: to, text: '' }
  }
  if (startsLine(text, start)) return { start: lineStart(text, start), end: nextLine(text, end), text: '' }
  // It stands behind a dash: the next one moves up, unless there are comments on the way.
  const onTheWay = next ? text.slice(end, startOfEntry(tree, next)) : ''
  return next && onTheWay.trim() === ''
    ? { start, end: startOfEntry(tree, next), text: '' }
    : { start: blanksBefore(text, start), end, text: '' }
}

/** How deep the line below `end` is indented. */
function indentBelow(text: string, end: number): number {
  const next = nextLine(text, end)
  return /^ */.exec(text.slice(next, lineEnd(text, next)))?.[0].length ?? 0
}
