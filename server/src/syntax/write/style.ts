import { type ArrayNode, type Node, type ObjectNode, type Range, type Tree, walk } from '../node.ts'
import { indentOf, lineBreak, lineStart, startsLine } from './lines.ts'
import { columnOf, entriesOf, holderOf, isFlow } from './places.ts'
import {
  type BlockStyle,
  type FlowStyle,
  flowText,
  isCollection,
  type Quote,
  quoteAt,
  scalarText,
  type Value,
} from './values.ts'

/** Whether `node` is an object or array in lines of its own, without brackets. */
export function isBlock(tree: Tree, node: Node): node is ObjectNode | ArrayNode {
  return (node.type === 'object' || node.type === 'array') && !isFlow(tree, node)
}

/** How the blocks of a file are indented; by two columns, lists too, where it does not show. */
export function blockStyle(tree: Tree): BlockStyle {
  let step: number | undefined
  let indentLists: boolean | undefined
  for (const node of walk(tree.root)) {
    const holder = holderOf(node)
    if (holder?.type !== 'object' || !isBlock(tree, node) || node.alias) continue
    const deeper = columnOf(tree, node) - columnOf(tree, holder)
    if (node.type === 'array') indentLists ??= deeper > 0
    if (deeper > 0) step ??= deeper
    if (step !== undefined && indentLists !== undefined) break
  }
  return { step: step ?? 2, indentLists: indentLists ?? true }
}

/** How JSON and flow collections are written in a file, with the quotes that are used in `node` or at its key. */
export function flowStyle(tree: Tree, node: Node): FlowStyle {
  const { text, format } = tree
  const json = format === 'json'
  const tight = json && isTight(tree)
  return {
    quote: flowQuote(tree, node),
    keyQuote: json ? '"' : commonQuote(text, keys(node)),
    colon: tight ? ':' : ': ',
    comma: tight ? ',' : ', ',
    pad: isPadded(tree) ? ' ' : '',
    step: json ? stepOf(tree) : '  ',
    eol: lineBreak(text),
  }
}

function flowQuote({ text, format }: Tree, node: Node): Quote {
  return format === 'json' ? '"' : commonQuote(text, strings(node))
}

function strings(node: Node): Range[] {
  return [...walk(node)].filter(n => n.type === 'string' && !n.alias)
}

function keys(node: Node): Range[] {
  const within = [...walk(node)].flatMap(n => (n.type === 'object' && !n.alias ? entriesOf(n) : []))
  return within.length === 0 && node.parent?.type === 'property' ? [node.parent] : within
}

/** The quote that `places` have by choice: where one is plain, or in single quotes, the others need theirs. */
function commonQuote(text: string, places: readonly Range[]): Quote {
  const quotes = places.map(({ start }) => quoteAt(text, start))
  return quotes.length === 0 || quotes.includes('') ? '' : quotes.includes("'") ? "'" : '"'
}

/** Whether the first colon in a JSON file, or the first comma, has no blank behind it. */
function isTight({ text, root }: Tree): boolean {
  for (const node of walk(root)) {
    const { parent } = node
    if (parent?.type === 'property') return text[parent.value.start - 1] === ':'
    if (parent?.type === 'array' && parent.items[0] !== node) return text[node.start - 1] === ','
  }
  return false
}

/** Whether the first object on one line has blanks inside its braces, or would have. */
function isPadded(tree: Tree): boolean {
  const { text, format, root } = tree
  for (const node of walk(root)) {
    if (node.type !== 'object' || !isFlow(tree, node) || node.alias || entriesOf(node).length === 0) continue
    if (!text.slice(node.start, node.end).includes('\n')) return text[node.start + 1] === ' '
  }
  return format === 'yaml' || !isTight(tree)
}

/** One level of indentation in a JSON file. */
function stepOf({ text, root }: Tree): string {
  for (const node of walk(root)) {
    const first = node.type === 'object' || node.type === 'array' ? entriesOf(node)[0] : undefined
    if (!first || lineStart(text, first.start) <= node.start) continue
    const outer = indentOf(text, node.start)
    const inner = indentOf(text, first.start)
    if (inner.length > outer.length && inner.startsWith(outer)) return inner.slice(outer.length)
  }
  return '  '
}

/** The text of `to` in the place of `node`, within a flow collection or as one. */
export function flowValue(tree: Tree, node: Node, to: Value): string {
  // The rest of the style is found by a walk through the document, which many edits cannot each afford.
  if (!isCollection(to)) return scalarText(to, flowQuote(tree, node), true)
  return flowText(to, flowStyle(tree, node), indentFor(tree, node))
}

/** The indentation of the last line of a new value for `node`, or undefined when it belongs on one line. */
function indentFor({ text, format }: Tree, node: Node): string | undefined {
  const isOnOneLine = ({ start, end }: Range) => !text.slice(start, end).includes('\n')
  const hasEntries = (node.type === 'object' || node.type === 'array') && entriesOf(node).length > 0
  if (hasEntries && isOnOneLine(node)) return undefined
  // YAML has a say in where a bracket may stand: where the old one does.
  if (format === 'yaml')
    return hasEntries && startsLine(text, node.end - 1) ? indentOf(text, node.end - 1) : undefined
  const holder = holderOf(node)
  return holder && isOnOneLine(holder) ? undefined : indentOf(text, node.start)
}
