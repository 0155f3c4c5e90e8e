import type { TextEdit } from '../../text/edit.ts'
import type { Node, Tree } from '../node.ts'
import { blockScalar, headerComment, isBlockScalar } from './block-scalar.ts'
import {
  behindComments,
  below,
  blanksAfter,
  blanksBefore,
  column,
  insertion,
  lineEnd,
  startsLine,
} from './lines.ts'
import { columnOf, entriesOf, type Head, headOf, holderOf, isFlow, startOf } from './places.ts'
import { blockStyle, flowValue, isBlock } from './style.ts'
import {
  type BlockStyle,
  blockLines,
  blockValue,
  isCollection,
  isFilled,
  quoteAt,
  scalarText,
  type Value,
} from './values.ts'

/** Puts `to` in the place of `node`, which is no part of a flow collection. */
export function setBlock(tree: Tree, node: Node, to: Value): TextEdit[] {
  const head = headOf(tree, node)
  const { start, end } = node
  if (head.at === undefined && node.parent?.type === 'property') return [addValue(tree, node, to)]
  // A flow collection stays one.
  if (isCollection(to) && isFilledFlow(tree, node))
    return [...head.untag, { start, end, text: flowValue(tree, node, to) }]
  return isFilled(to) ? setBlockCollection(tree, node, head, to) : setScalar(tree, node, head, to)
}

function isFilledFlow(tree: Tree, node: Node): boolean {
  return (node.type === 'object' || node.type === 'array') && isFlow(tree, node) && entriesOf(node).length > 0
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
  // Blanks at the end of a block scalar are part of it.
  const end = isBlockScalar(tree, node) ? blanksAfter(text, node.end) : node.end
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
    // On a line of its own, as it was, but not further left than may be.
    const tag = head.untag.find(edit => startsLine(text, edit.start) && edit.end === start)
    const from = tag?.start ?? start
    const old = column(text, from)
    const least = blockColumn(tree, node, to, { step: 1, indentLists: false })
    const at = old < least ? blockColumn(tree, node, to, style) : old
    const block = ' '.repeat(at - old) + below(tree, blockLines(to, style), at).trimStart()
    return [...head.untag.filter(edit => edit !== tag), { start: from, end, text: block }]
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
