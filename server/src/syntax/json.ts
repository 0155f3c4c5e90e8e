import { printParseErrorCode, visit } from 'jsonc-parser'
import type { ArrayNode, Node, NullNode, ObjectNode, Problem, Property, ScalarNode, Tree } from './node.ts'

/** Real files nest a dozen deep. The limit keeps every walk over the tree within the stack. */
export const MAX_DEPTH = 200

/**
 * The tree of a JSON file. Comments are read over; a trailing comma, a duplicate key and everything else that
 * RFC 8259 forbids or leaves open is a problem, and the tree holds what could be read all the same.
 * Never throws.
 */
export function parseJson(text: string): Tree {
  const problems: Problem[] = []
  let root: Node | undefined
  try {
    root = read(text, problems)
  } catch (error) {
    // From the limit above, or from the parser's own recursion.
    if (!(error instanceof RangeError)) throw error
    problems.length = 0
    problems.push({ start: 0, end: 1, message: 'Nested too deeply to be read' })
  }
  const templated = problems.length > 0 && text.includes('{{')
  return { format: 'json', text, root, problems, templated }
}

function read(text: string, problems: Problem[]): Node | undefined {
  let root: Node | undefined
  let container: ObjectNode | ArrayNode | undefined
  let open: Property | undefined // the property that waits for its value
  let depth = 0

  const place = (node: Node): void => {
    if (open) {
      node.parent = open
      open.value = node
      open.end = node.end
      open = undefined
    } else if (container?.type === 'array') {
      node.parent = container
      container.items.push(node)
    } else root ??= node
  }
  const enter = (node: ObjectNode | ArrayNode): void => {
    if (++depth > MAX_DEPTH) throw new RangeError('nested too deeply')
    place(node)
    container = node
  }
  const leave = (offset: number, length: number): void => {
    if (!container) return
    depth--
    container.end = offset + length
    const holder: Property | ArrayNode | undefined = container.parent
    if (holder?.type === 'property') holder.end = container.end
    container = holder?.type === 'property' ? holder.parent : holder
    open = undefined
  }

  visit(
    text,
    {
      onObjectBegin: start =>
        enter({ type: 'object', start, end: text.length, parent: undefined, properties: [] }),
      onArrayBegin: start => enter({ type: 'array', start, end: text.length, parent: undefined, items: [] }),
      onObjectEnd: leave,
      onArrayEnd: leave,
      onObjectProperty(name, start, length) {
        if (container?.type === 'object') open = startProperty(container, name, start, start + length)
      },
      onSeparator(character, offset) {
        // An absent value (`"a": ,`) is a null of no width, right after the colon.
        if (character !== ':' || !open) return
        open.value.start = open.value.end = open.end = offset + 1
      },
      onLiteralValue: (value, start, length) => place(scalar(value, start, start + length)),
      onError(code, start, length) {
        problems.push({
          start,
          end: start + Math.max(length, 0),
          message: sentence(printParseErrorCode(code), text),
        })
      },
    },
    { disallowComments: false, allowTrailingComma: false },
  )
  problems.push(...duplicates(root))
  return root
}

function startProperty(parent: ObjectNode, name: string, start: number, end: number): Property {
  const value: NullNode = { type: 'null', value: null, start: end, end, parent: undefined }
  const property: Property = {
    type: 'property',
    start,
    end,
    parent,
    key: { type: 'string', value: name, start, end, parent: undefined },
    value,
  }
  property.key.parent = property
  value.parent = property
  parent.properties.push(property)
  return property
}

function scalar(value: unknown, start: number, end: number): ScalarNode {
  const base = { start, end, parent: undefined }
  if (typeof value === 'string') return { type: 'string', value, ...base }
  if (typeof value === 'number') return { type: 'number', value, ...base }
  if (typeof value === 'boolean') return { type: 'boolean', value, ...base }
  return { type: 'null', value: null, ...base }
}

/** One problem for every key that an object has given before. */
export function duplicates(root: Node | undefined): Problem[] {
  const found: Problem[] = []
  const stack: Node[] = root ? [root] : []
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.type === 'array') stack.push(...node.items)
    if (node.type !== 'object') continue
    const seen = new Set<string>()
    for (const { key, value } of node.properties) {
      stack.push(value)
      if (key.alias) continue
      if (seen.has(key.value)) {
        found.push({
          start: key.start,
          end: key.end,
          message: `"${key.value}" is given twice; only the last one counts`,
        })
      }
      seen.add(key.value)
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

const SENTENCES: Record<string, string> = {
  InvalidSymbol: 'This is not JSON: expected a string in double quotes, a number, true, false or null',
  InvalidNumberFormat: 'This is not a number JSON knows',
  PropertyNameExpected:
    'Expected a property name in double quotes; JSON allows no comma after the last property',
  ValueExpected: 'Expected a value; JSON allows no comma after the last one',
  ColonExpected: 'Expected a colon after the property name',
  CommaExpected: 'Expected a comma before this',
  CloseBraceExpected: 'The file ends inside an object: expected "}"',
  CloseBracketExpected: 'The file ends inside a list: expected "]"',
  EndOfFileExpected: 'The JSON value ends before this: expected the end of the file',
  UnexpectedEndOfComment: 'This comment is never closed',
  UnexpectedEndOfString: 'This string is never closed',
  UnexpectedEndOfNumber: 'This number is not complete',
  InvalidUnicode: 'Expected four hexadecimal digits after \\u',
  InvalidEscapeCharacter: 'JSON knows no such escape; a backslash itself is written \\\\',
  InvalidCharacter: 'A control character must be written as an escape, such as \\n or \\t',
}

/** Our sentence for an error of the parser, by the name of its code. */
function sentence(code: string, text: string): string {
  if (text.trim() === '') return 'The file is empty: expected a JSON value'
  return SENTENCES[code] ?? 'This is not valid JSON'
}
