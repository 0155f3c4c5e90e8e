import type { TextEdit } from '../text/edit.ts'
import {
  type ArrayNode,
  get,
  type Node,
  type ObjectNode,
  type Property,
  type Range,
  type Tree,
} from './node.ts'
import { setBlock } from './write/block.ts'
import { editBlock } from './write/block-entries.ts'
import { type Arrivals, editFlow } from './write/flow.ts'
import { insertion, skipTrivia } from './write/lines.ts'
import { entriesOf, headOf, holderOf, isFlow, startOf, startOfEntry } from './write/places.ts'
import { flowValue } from './write/style.ts'
import { type Group, together } from './write/together.ts'
import { isCollection, quoteAt, scalarText, type Value } from './write/values.ts'

export { documentLike, documentsBehind } from './write/document.ts'
export type { Value } from './write/values.ts'

/** What to do to a tree, in terms of its nodes. */
export type NodeEdit =
  | { set: Node; to: Value }
  | { rename: Property; to: string }
  | { remove: Property }
  /** Takes an item out of its list. */
  | { drop: Node }
  /** A new property of `into`, behind `after` or, without it, at the end. */
  | { insert: string; into: ObjectNode; to: Value; after?: Property }
  /** A new item, behind `after` or, without it, at the end. */
  | { append: Value; to: ArrayNode; after?: Node }

/** The edit that gives `into` the property `name` with the value `to`, in place of the value it has there. */
export function put(into: ObjectNode, name: string, to: Value): NodeEdit {
  const given = get(into, name)
  return given ? { set: given, to } : { insert: name, into, to }
}

/**
 * The text edits (UTF-16 offsets) that carry out `edit` in the file's own style: quotes, indentation and line ends
 * as they are around it, no other character touched; none when the value is there already. Undefined where the text
 * cannot say it in place: behind a YAML alias, or where the syntax is broken. Never throws.
 */
export function write(tree: Tree, edit: NodeEdit): TextEdit[] | undefined {
  return writeAll(tree, [edit])
}

/**
 * The text edits that carry out all of `edits`, as `write` does one: several properties may leave one object, and
 * several come in at one place, in the order given. Undefined when one cannot be written, or two of them collide.
 */
export function writeAll(tree: Tree, given: readonly NodeEdit[]): TextEdit[] | undefined {
  const edits = given.map(edit => filling(edit, given))
  if (edits.some(edit => isAliased(edit) || isBroken(tree, placeOf(edit)) || isGuessed(tree, edit)))
    return undefined
  if (edits.some(edit => 'drop' in edit && edit.drop.parent?.type !== 'array')) return undefined
  if (isContradictory(edits)) return undefined
  const groups: Group[] = []
  for (const [into, change] of changes(edits))
    groups.push({ depth: depthOf(into), edits: changeEntries(tree, into, change) })
  for (const edit of edits) {
    if ('set' in edit) groups.push({ depth: depthOf(edit.set), edits: setValue(tree, edit.set, edit.to) })
    if ('rename' in edit) groups.push({ depth: 0, edits: rename(tree, edit.rename, edit.to) })
  }
  return together(tree.text, groups)
}

/** A property that has no value yet is given one, instead of a second of the same name. */
function filling(edit: NodeEdit, all: readonly NodeEdit[]): NodeEdit {
  if (!('insert' in edit)) return edit
  const taken = takenBy(edit.insert, edit.into, all)
  return taken?.value.type === 'null' ? { set: taken.value, to: edit.to } : edit
}

/** The property of `into` that has the name `name` already, and keeps it. */
function takenBy(name: string, into: ObjectNode, all: readonly NodeEdit[]): Property | undefined {
  const leaving = all.flatMap(edit => ('remove' in edit ? edit.remove : 'rename' in edit ? edit.rename : []))
  return into.properties.findLast(p => p.key.value === name && !leaving.includes(p))
}

function depthOf(node: Node): number {
  let depth = 0
  for (let at = holderOf(node); at; at = holderOf(at)) depth++
  return depth
}

function isAliased(edit: NodeEdit): boolean {
  if ('set' in edit) return edit.set.alias === true
  if ('rename' in edit) return edit.rename.key.alias === true
  if ('remove' in edit) return edit.remove.key.alias === true || edit.remove.parent.alias === true
  if ('drop' in edit) return holderOf(edit.drop)?.alias === true
  if ('insert' in edit) return edit.into.alias === true || edit.after?.key.alias === true
  return edit.to.alias === true
}

/**
 * Whether the parser has read more into the place of an edit than is written there: a value behind a line that only a
 * template fills, a key without a name (`: value`) or, in a block, one whose colon stands on another line without a `?`.
 */
function isGuessed(tree: Tree, edit: NodeEdit): boolean {
  if (tree.templated && 'set' in edit && headOf(tree, edit.set).strange) return true
  const holder = holderOfEdit(edit)
  if (holder?.type !== 'object') return false
  const block = !isFlow(tree, holder)
  return holder.properties.some(p => p.key.start === p.key.end || (block && hasStrayColon(tree, p)))
}

function hasStrayColon(tree: Tree, entry: Property): boolean {
  const { key } = entry
  const colon = skipTrivia(tree, key.end)
  const apart = !key.alias && tree.text[colon] === ':' && tree.text.slice(key.end, colon).includes('\n')
  return apart && tree.text[startOfEntry(tree, entry)] !== '?'
}

/** The collection in which the edit changes an entry. */
function holderOfEdit(edit: NodeEdit): ObjectNode | ArrayNode | undefined {
  if ('set' in edit) return holderOf(edit.set)
  if ('rename' in edit) return edit.rename.parent
  if ('remove' in edit) return edit.remove.parent
  if ('drop' in edit) return holderOf(edit.drop)
  return 'insert' in edit ? edit.into : edit.to
}

/** Whether a node is to have two values, an object two properties of one name, or something is to go behind what stands elsewhere. */
function isContradictory(edits: readonly NodeEdit[]): boolean {
  const set = edits.flatMap(edit => ('set' in edit ? [edit.set] : []))
  const strays = edits.some(
    edit =>
      ('insert' in edit && edit.after && edit.after.parent !== edit.into) ||
      ('append' in edit && edit.after && edit.after.parent !== edit.to),
  )
  const doubled = edits.some(
    edit =>
      ('insert' in edit && takenBy(edit.insert, edit.into, edits)) ||
      ('rename' in edit && takenBy(edit.to, edit.rename.parent, edits)),
  )
  return strays || doubled || new Set(set).size < set.length
}

/** What must be sound for an edit to be. */
function placeOf(edit: NodeEdit): Range {
  if ('set' in edit) return edit.set.parent?.type === 'property' ? edit.set.parent : edit.set
  if ('rename' in edit) return edit.rename
  if ('remove' in edit) return edit.remove.parent
  if ('drop' in edit) return holderOf(edit.drop) ?? edit.drop
  return 'insert' in edit ? edit.into : edit.to
}

function isBroken({ problems, hidden = [] }: Tree, { start, end }: Range): boolean {
  return [...problems, ...hidden].some(p => !p.duplicate && p.start <= end && start <= p.end)
}

// --- one value or key --------------------------------------------------------------------------------------

function setValue(tree: Tree, node: Node, to: Value): TextEdit[] | undefined {
  if (says(node, to)) return []
  const holder = holderOf(node)
  if (tree.format === 'yaml' && !(holder && isFlow(tree, holder))) return setBlock(tree, node, to)
  const { end, parent } = node
  const start = startOf(tree, node)
  const value = flowValue(tree, node, to)
  if (start < end) return [...headOf(tree, node).untag, { start, end, text: value }]
  // A value that is not there yet: behind its colon, or `{a}` without one.
  const { at, untag } = headOf(tree, node)
  const colon = at === undefined && parent?.type === 'property' ? ':' : ''
  // The parser passes over a tag or an anchor behind a key (`{"a"&x}`), which would be behind the value then.
  if (colon && !/[,\]}]/.test(tree.text[skipTrivia(tree, start)] ?? '')) return undefined
  return [...untag, insertion(start, `${colon} ${value}`)]
}

/** Whether `node` has the value `to` already, in the same order. */
function says(node: Node, to: Value): boolean {
  if (node.type === 'array')
    return (
      Array.isArray(to) &&
      to.length === node.items.length &&
      node.items.every((n, i) => says(n, to[i] ?? null))
    )
  if (node.type !== 'object') return node.value === to
  if (!isCollection(to) || Array.isArray(to)) return false
  const entries = Object.entries(to)
  const { properties } = node
  return (
    entries.length === properties.length &&
    entries.every(([key, item], i) => {
      const own = properties[i]
      return own !== undefined && own.key.value === key && says(own.value, item)
    })
  )
}

function rename(tree: Tree, { key }: Property, to: string): TextEdit[] | undefined {
  const { text } = tree
  const { start, end } = key
  // A key that is a block (`? - a`) may stand where no name can.
  if (/^[-?:]\s/.test(text.slice(start, start + 2))) return undefined
  const holder = key.parent?.type === 'property' ? key.parent.parent : undefined
  const flow = holder !== undefined && isFlow(tree, holder)
  // Behind a key in quotes or brackets, a colon needs no blank (`{"a":1}`).
  const tight = flow && text[end] === ':' && /\S/.test(text[end + 1] ?? '')
  const quote = tree.format === 'json' ? '"' : quoteAt(text, start) || (tight ? '"' : '')
  return [{ start, end, text: scalarText(to, quote, flow) }]
}

// --- entries -----------------------------------------------------------------------------------------------

interface Change {
  leaving: Set<Range>
  arrivals: Arrivals
}

/** What leaves and what comes into each collection. */
function changes(edits: readonly NodeEdit[]): Map<ObjectNode | ArrayNode, Change> {
  const result = new Map<ObjectNode | ArrayNode, Change>()
  const of = (into: ObjectNode | ArrayNode) => {
    const change = result.get(into) ?? { leaving: new Set(), arrivals: new Map() }
    result.set(into, change)
    return change
  }
  const arrive = (into: ObjectNode | ArrayNode, key: string, value: Value, after: Range | undefined) => {
    const { arrivals } = of(into)
    const behind = after ?? entriesOf(into).at(-1)
    arrivals.set(behind, [...(arrivals.get(behind) ?? []), [key, value]])
  }
  for (const edit of edits) {
    if ('remove' in edit) of(edit.remove.parent).leaving.add(edit.remove)
    if ('drop' in edit && edit.drop.parent?.type === 'array') of(edit.drop.parent).leaving.add(edit.drop)
    if ('insert' in edit) arrive(edit.into, edit.insert, edit.to, edit.after)
    if ('append' in edit) arrive(edit.to, '', edit.append, edit.after)
  }
  return result
}

function changeEntries(tree: Tree, into: ObjectNode | ArrayNode, change: Change): TextEdit[] | undefined {
  const { leaving, arrivals } = change
  if (!isFlow(tree, into)) {
    const isEmptied = into.type === 'array' && into.items.every(item => leaving.has(item))
    return isEmptied && arrivals.size === 0 && !hasCommentsBetween(tree, into)
      ? setBlock(tree, into, [])
      : editBlock(tree, into, leaving, arrivals)
  }
  const coming = arrivals.get(undefined)
  const holder = holderOf(into)
  const onlyBrackets = tree.text.slice(into.start + 1, into.end - 1).trim() === ''
  // An empty `{}` among blocks becomes a block.
  if (coming && onlyBrackets && tree.format === 'yaml' && !(holder && isFlow(tree, holder))) {
    return setBlock(
      tree,
      into,
      into.type === 'array' ? coming.map(([, value]) => value) : Object.fromEntries(coming),
    )
  }
  return editFlow(tree, into, leaving, arrivals)
}

function hasCommentsBetween({ text }: Tree, { items }: ArrayNode): boolean {
  return items.some((item, i) => i > 0 && text.slice(items[i - 1]?.end, item.start).includes('#'))
}
