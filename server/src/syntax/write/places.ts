import type { TextEdit } from '../../text/edit.ts'
import type { ArrayNode, Node, ObjectNode, Range, Tree } from '../node.ts'
import { blanksAfter, blanksBefore, column, lineStart, nextLine, skipTrivia } from './lines.ts'

/** Whether `node` is written as in JSON: all of JSON is, and flow collections of YAML. */
export function isFlow(tree: Tree, node: Node): boolean {
  return tree.format === 'json' || ((node.type === 'object' || node.type === 'array') && node.flow === true)
}

/** The object or array that holds `node`. */
export function holderOf({ parent }: Node): ObjectNode | ArrayNode | undefined {
  return parent?.type === 'property' ? parent.parent : parent
}

/** The places of a collection's entries as they are written: no merged properties, but their merge keys. */
export function entriesOf(collection: ObjectNode | ArrayNode): Range[] {
  if (collection.type === 'array') return collection.items
  const own = collection.properties.filter(p => !p.key.alias)
  return [...own, ...(collection.merges ?? [])].sort((a, b) => a.start - b.start)
}

/** Where an entry of a block map starts: with its anchor, tag or `?`, where it has one. */
export function startOfEntry({ text }: Tree, { start }: Range): number {
  const before = text.slice(lineStart(text, start), start)
  return start - (/(?:\?[ \t]+)?(?:[&!]\S*[ \t]+)*$/.exec(before)?.[0].length ?? 0)
}

/** Where `node` starts: an object without braces does with its first entry. */
export function startOf(tree: Tree, node: Node): number {
  const first = node.type === 'object' ? entriesOf(node)[0] : undefined
  return first && (first.start === node.start || !isFlow(tree, node)) ? startOfEntry(tree, first) : node.start
}

/** The column at which the entries of a block collection stand. */
export function columnOf(tree: Tree, collection: ObjectNode | ArrayNode): number {
  return column(tree.text, startOf(tree, collection))
}

/** What stands before a value. */
export interface Head {
  /** Right behind its colon, dash, comma or `---`, and behind its anchor; undefined where it has none of these. */
  at: number | undefined
  /** Removes its tags, which say what type the value has. */
  untag: TextEdit[]
  /** Something else stands there as well: a template that leaves nothing for the parser to see. */
  strange: boolean
}

/** What stands before the value `node`. */
export function headOf(tree: Tree, node: Node): Head {
  const { text } = tree
  const start = startOf(tree, node)
  let at = node.parent ? indicatorEnd(tree, node) : undefined
  const untag: TextEdit[] = []
  let strange = false
  if (at === undefined && node.parent) return { at, untag, strange }
  for (let next = skipTrivia(tree, at ?? documentStart(text, start)); next < start; ) {
    const end = next + (/^\S+/.exec(text.slice(next, start))?.[0].length ?? 1)
    if (text[next] === '!') untag.push(removal(text, next, end))
    else {
      at = end
      strange ||= text[next] !== '&' && (node.parent !== undefined || !text.startsWith('---', next))
    }
    next = skipTrivia(tree, end)
  }
  return { at, untag, strange }
}

/** Where the document starts whose root stands at `root`: at its `---`, behind a `...`, or with the file. */
function documentStart(text: string, root: number): number {
  let at = lineStart(text, root)
  while (at > lineStart(text, 0) && !text.startsWith('---', at)) {
    if (text.startsWith('...', at)) return nextLine(text, at)
    at = lineStart(text, at - 1)
  }
  return at
}

function removal(text: string, start: number, end: number): TextEdit {
  const before = blanksBefore(text, start)
  return before === lineStart(text, start)
    ? { start, end: blanksAfter(text, end), text: '' }
    : { start: before, end, text: '' }
}

/** Where the dash of an item of a block list stands. */
export function dashOf(tree: Tree, item: Node): number | undefined {
  const behind = indicatorEnd(tree, item)
  return behind !== undefined && tree.text[behind - 1] === '-' ? behind - 1 : undefined
}

/** The end of the character that introduces `node`. */
function indicatorEnd(tree: Tree, node: Node): number | undefined {
  const { parent } = node
  if (!parent) return undefined
  const before = parent.type === 'array' ? parent.items[parent.items.indexOf(node) - 1] : parent.key
  const at = skipTrivia(tree, before ? before.end : parent.start)
  const indicators = parent.type === 'array' ? '-,[' : ':'
  return indicators.includes(tree.text[at] ?? ' ') ? at + 1 : undefined
}
