import { stringify } from 'yaml'
import type { TextEdit } from '../text/edit.ts'
import type { ArrayNode, Node, ObjectNode, Property, Tree } from './node.ts'

export type Value = string | number | boolean | null | Value[] | { [key: string]: Value }

/** What to do to a tree, in terms of its nodes. */
export type NodeEdit =
  | { set: Node; to: Value }
  | { rename: Property; to: string }
  | { remove: Property }
  /** A new property of `into`, behind `after` or, without it, at the end. */
  | { insert: string; into: ObjectNode; to: Value; after?: Property }
  /** A new last item. */
  | { append: Value; to: ArrayNode }

/**
 * The text edits that carry out `edit` in the file's own style: quotes, indentation and line ends as they are
 * around it, no other character touched. Undefined where the text cannot say it in place: behind a YAML alias, or
 * in a file whose syntax is broken right there.
 */
export function write(tree: Tree, edit: NodeEdit): TextEdit[] | undefined {
  if (reachedByAlias(edit)) return undefined
  if ('set' in edit) return set(tree, edit.set, edit.to)
  if ('rename' in edit) {
    const { start, end } = edit.rename.key
    return [{ start, end, text: scalarText(tree, start, edit.to) }]
  }
  if ('remove' in edit) return remove(tree, edit.remove)
  if ('insert' in edit) return insert(tree, edit.into, edit.insert, edit.to, edit.after)
  return append(tree, edit.to, edit.append)
}

function reachedByAlias(edit: NodeEdit): boolean {
  if ('set' in edit) return edit.set.alias === true
  if ('rename' in edit) return edit.rename.key.alias === true
  if ('remove' in edit) return edit.remove.key.alias === true || edit.remove.parent.alias === true
  if ('insert' in edit) return edit.into.alias === true || edit.after?.key.alias === true
  return edit.to.alias === true
}

// --- set ---------------------------------------------------------------------------------------------------

function set(tree: Tree, node: Node, to: Value): TextEdit[] {
  const { start, end } = node
  const scalar = typeof to !== 'object' || to === null
  if (tree.format === 'json' || inFlow(tree, node)) {
    const space = start === end ? ' ' : '' // a value that was not there yet, right behind its colon
    return [{ start, end, text: space + jsonText(tree, to, indentOfLine(tree.text, start)) }]
  }
  if (scalar) {
    const space = start === end && !/\s/.test(tree.text[start - 1] ?? ' ') ? ' ' : ''
    return [{ start, end, text: space + scalarText(tree, start, to) }]
  }
  if (node.parent?.type === 'property') {
    const from = node.parent.key.end + colonWidth(tree.text, node.parent.key.end)
    return [
      {
        start: from,
        end: Math.max(end, from),
        text: blockText(tree, to, columnOf(tree.text, node.parent.start)),
      },
    ]
  }
  return [{ start, end, text: blockLines(tree, to, columnOf(tree.text, start)).trimStart() }]
}

// --- insert ------------------------------------------------------------------------------------------------

function insert(
  tree: Tree,
  into: ObjectNode,
  key: string,
  to: Value,
  after: Property | undefined,
): TextEdit[] {
  const own = into.properties.filter(p => !p.key.alias)
  const previous = after ?? own.at(-1)
  if (tree.format === 'yaml' && !inFlow(tree, into) && tree.text[into.start] !== '{') {
    return insertBlock(tree, into, key, to, previous)
  }
  const name = tree.format === 'json' ? JSON.stringify(key) : scalarText(tree, into.start, key)
  return insertFlow(tree, into, previous, own[0], indent => `${name}: ${jsonText(tree, to, indent)}`)
}

function append(tree: Tree, array: ArrayNode, value: Value): TextEdit[] {
  const last = array.items.at(-1)
  if (tree.format === 'yaml' && !inFlow(tree, array) && tree.text[array.start] !== '[') {
    const eol = lineBreak(tree.text)
    const column = columnOf(tree.text, array.start)
    const item = blockLines(tree, [value], column).trimEnd()
    return [
      {
        start: endOfLine(tree.text, last?.end ?? array.end),
        end: endOfLine(tree.text, last?.end ?? array.end),
        text: eol + item,
      },
    ]
  }
  return insertFlow(tree, array, last, array.items[0], indent => jsonText(tree, value, indent))
}

function insertBlock(
  tree: Tree,
  into: ObjectNode,
  key: string,
  to: Value,
  previous: Property | undefined,
): TextEdit[] {
  const eol = lineBreak(tree.text)
  const column = columnOf(tree.text, into.start)
  const line = ' '.repeat(column) + scalarText(tree, into.start, key) + colonAndValue(tree, to, column)
  const at = endOfLine(tree.text, previous?.end ?? into.end)
  return [{ start: at, end: at, text: eol + line }]
}

/** Between braces or brackets: on a line of its own if the first entry has one, else behind a comma. */
function insertFlow(
  tree: Tree,
  into: ObjectNode | ArrayNode,
  previous: Property | Node | undefined,
  first: Property | Node | undefined,
  entry: (indent: string) => string,
): TextEdit[] {
  const { text } = tree
  const eol = lineBreak(text)
  const outer = indentOfLine(text, into.start)
  if (!previous || !first) {
    const inner = outer + indentStep(tree)
    const body = tree.format === 'json' ? `${eol}${inner}${entry(inner)}${eol}${outer}` : ` ${entry(outer)} `
    return [{ start: into.start + 1, end: Math.max(into.start + 1, into.end - 1), text: body }]
  }
  const ownLine = text.slice(into.start, first.start).includes('\n')
  if (!ownLine) return [{ start: previous.end, end: previous.end, text: `, ${entry(outer)}` }]
  const indent = indentOfLine(text, first.start)
  const isLast = !/^[^\S\n]*,/.test(text.slice(previous.end))
  // A comment may follow on the line: the comma goes before it, the new line after it.
  const comma = text.indexOf(',', previous.end)
  const at = endOfLine(text, isLast ? previous.end : comma + 1)
  const rest = text.slice(previous.end, at)
  if (isLast && rest.trim() === '')
    return [{ start: previous.end, end: previous.end, text: `,${eol}${indent}${entry(indent)}` }]
  if (isLast && !/^\s*(\/\/|\/\*|#)/.test(rest))
    return [{ start: previous.end, end: previous.end, text: `, ${entry(indent)}` }]
  if (isLast) {
    return [
      { start: previous.end, end: previous.end, text: ',' },
      { start: at, end: at, text: `${eol}${indent}${entry(indent)}` },
    ]
  }
  return [{ start: comma + 1, end: comma + 1, text: `${eol}${indent}${entry(indent)},` }]
}

// --- remove ------------------------------------------------------------------------------------------------

function remove(tree: Tree, property: Property): TextEdit[] {
  const { text } = tree
  const siblings = property.parent.properties.filter(p => !p.key.alias)
  const index = siblings.indexOf(property)
  const next = siblings[index + 1]
  const previous = siblings[index - 1]
  const flow = tree.format === 'json' || text[property.parent.start] === '{'
  if (!flow && siblings.length === 1) return [{ start: property.start, end: property.end, text: '{}' }]
  if (!flow && previous) {
    // Whole lines, with a comment behind the value; comments above belong to whoever wrote them.
    return [
      { start: startOfLine(text, property.start) - 1, end: endOfLine(text, property.end), text: '' },
    ].map(edit => (text[edit.start - 1] === '\r' ? { ...edit, start: edit.start - 1 } : edit))
  }
  // The first property of a list item shares its line with the dash: the next one moves up to its place.
  if (next) return [{ start: property.start, end: next.start, text: '' }]
  if (previous) return [{ start: previous.end, end: property.end, text: '' }]
  return [
    {
      start: property.parent.start + 1,
      end: Math.max(property.parent.start + 1, property.parent.end - 1),
      text: '',
    },
  ]
}

// --- text of values ----------------------------------------------------------------------------------------

/** A scalar as YAML or JSON, quoted like the text that stands at `at` now. */
function scalarText(tree: Tree, at: number, value: string | number | boolean | null): string {
  if (tree.format === 'json' || tree.text[at] === '"')
    return typeof value === 'string' || tree.format === 'json' ? JSON.stringify(value) : String(value)
  if (typeof value !== 'string') return String(value)
  if (tree.text[at] === "'" && !/[\n\r\t]/.test(value)) return `'${value.replaceAll("'", "''")}'`
  const plain = stringify(value, { lineWidth: 0, blockQuote: false }).trimEnd()
  // In a flow collection these would end the scalar; as a key, so would a colon.
  return /^["']/.test(plain) || !/[,[\]{}]/.test(plain) ? plain : JSON.stringify(value)
}

function jsonText(tree: Tree, value: Value, indent: string): string {
  const step = indentStep(tree)
  const oneLine = tree.format === 'yaml' || typeof value !== 'object' || value === null
  if (oneLine) return typeof value === 'object' && value !== null ? flowText(value) : JSON.stringify(value)
  return JSON.stringify(value, null, step).replaceAll('\n', lineBreak(tree.text) + indent)
}

/** JSON on one line, with the spaces people put there. It is YAML too. */
function flowText(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{ ${Object.entries(value)
    .map(([k, v]) => `${JSON.stringify(k)}: ${flowText(v)}`)
    .join(', ')} }`
}

function colonAndValue(tree: Tree, value: Value, column: number): string {
  if (typeof value !== 'object' || value === null) return `: ${scalarText(tree, -1, value)}`
  return `:${blockText(tree, value, column)}`
}

/** What follows the colon of a key at `column`: the value as a block on lines of its own. */
function blockText(tree: Tree, value: Value, column: number): string {
  if (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
    return Array.isArray(value) ? ' []' : ' {}'
  return lineBreak(tree.text) + blockLines(tree, value, column + indentStep(tree).length)
}

function blockLines(tree: Tree, value: Value, column: number): string {
  const pad = ' '.repeat(column)
  const lines = stringify(value, { lineWidth: 0, indent: indentStep(tree).length })
    .trimEnd()
    .split('\n')
  return lines.map(line => pad + line).join(lineBreak(tree.text))
}

// --- the style around a place -------------------------------------------------------------------------------

function inFlow(tree: Tree, node: Node): boolean {
  let at: Node | undefined = node
  while (at) {
    const holder: Property | ArrayNode | undefined = at.parent
    at = holder?.type === 'property' ? holder.parent : holder
    if (at && (tree.text[at.start] === '{' || tree.text[at.start] === '[')) return true
  }
  return false
}

function indentStep(tree: Tree): string {
  const root = tree.root
  const first =
    root?.type === 'object' ? root.properties[0] : root?.type === 'array' ? root.items[0] : undefined
  if (tree.format === 'json' && first && root && tree.text.slice(root.start, first.start).includes('\n')) {
    const outer = indentOfLine(tree.text, root.start)
    const inner = indentOfLine(tree.text, first.start)
    if (inner.startsWith(outer) && inner.length > outer.length) return inner.slice(outer.length)
  }
  return '  '
}

function lineBreak(text: string): string {
  const at = text.indexOf('\n')
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n'
}

function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

function endOfLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset)
  if (at === -1) return text.length
  return at > offset && text[at - 1] === '\r' ? at - 1 : at
}

function columnOf(text: string, offset: number): number {
  return offset - startOfLine(text, offset)
}

function indentOfLine(text: string, offset: number): string {
  return /^[^\S\n]*/.exec(text.slice(startOfLine(text, offset), offset))?.[0] ?? ''
}

function colonWidth(text: string, offset: number): number {
  return /^[^\S\n]*:/.exec(text.slice(offset))?.[0].length ?? 0
}
