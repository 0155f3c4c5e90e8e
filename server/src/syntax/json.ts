import {
  advance,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  complain,
  END,
  FALSE,
  NULL,
  NUMBER,
  OPEN_BRACE,
  OPEN_BRACKET,
  STRING,
  stringAt,
  type Tokens,
  TRUE,
  tokens,
  UNKNOWN,
} from './json-tokens.ts'
import type { ArrayNode, Node, NullNode, ObjectNode, Property, Range, ScalarNode, Tree } from './node.ts'
import { duplicates, MAX_DEPTH, tooDeep } from './problems.ts'
import { isMasked, mask } from './template.ts'

/**
 * The tree of a JSON file. Comments are read over; a trailing comma, a duplicate key and everything else that
 * RFC 8259 forbids or leaves open is a problem, and the tree holds what could be read all the same.
 * Offsets are UTF-16 code units. Never throws.
 */
export function parseJson(text: string): Tree {
  let reading = read(text, text)
  if (reading.problems.length > 0 && text.includes('{{')) reading = read(text, mask(text))
  const { root, problems, templated } = reading
  if (templated) return { format: 'json', text, root, problems: [], templated, hidden: problems }
  return { format: 'json', text, root, problems: [...problems, ...duplicates(root)], templated }
}

/**
 * The object that `text` is, `depth` levels below the root of some file; undefined unless it is one, whole and without
 * a problem. Then the file it is cut from reads the same there, whatever stands around it.
 */
export function parseObject(text: string, depth: number): ObjectNode | undefined {
  const { root, problems, templated } = read(text, text, depth)
  const isSound = problems.length === 0 && !templated && duplicates(root).length === 0
  return isSound && root?.type === 'object' && root.start === 0 && root.end === text.length ? root : undefined
}

/** The tokens, and what is open around the current one. */
interface Reader extends Tokens {
  objects: number
  arrays: number
}

function read(text: string, masked: string, depth = 0): Pick<Tree, 'root' | 'problems' | 'templated'> {
  const r: Reader = { ...tokens(text, masked), objects: 0, arrays: depth }
  try {
    const root = readValue(r)
    if (!root)
      complain(r, text.trim() === '' ? 'The file is empty: expected a JSON value' : 'Expected a value')
    else if (r.kind !== END) complain(r, 'The JSON value ends before this: expected the end of the file')
    return { root, problems: r.problems, templated: r.templated }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { root: undefined, problems: [tooDeep(0)], templated: false }
  }
}

/** Reads the value at the current token and goes past it; undefined, and stays, where none starts. */
function readValue(r: Reader): Node | undefined {
  if (r.kind === OPEN_BRACE || r.kind === OPEN_BRACKET) {
    if (r.objects + r.arrays >= MAX_DEPTH) throw new RangeError('nested too deeply')
    return r.kind === OPEN_BRACE ? readObject(r) : readArray(r)
  }
  const scalar = scalarAt(r)
  if (scalar) advance(r)
  return scalar
}

function scalarAt(r: Reader): ScalarNode | undefined {
  const { start, end } = r
  const parent = undefined
  switch (r.kind) {
    case STRING:
      return { type: 'string', value: stringAt(r), start, end, parent }
    case NUMBER:
      return { type: 'number', value: Number(r.scanner.getTokenValue()), start, end, parent }
    case TRUE:
    case FALSE:
      return { type: 'boolean', value: r.kind === TRUE, start, end, parent }
    case NULL:
      return { type: 'null', value: null, start, end, parent }
    case UNKNOWN:
      return unknownAt(r)
    default:
      return undefined
  }
}

/** A template outside of strings, or a word that was meant as a value. */
function unknownAt(r: Reader): ScalarNode {
  const { start, end } = r
  if (isMasked(r.masked.slice(start, end))) {
    r.templated = true
    return { type: 'string', value: r.text.slice(start, end), start, end, parent: undefined }
  }
  complain(r, 'This is not JSON: expected a string in double quotes, a number, true, false or null')
  return { type: 'null', value: null, start, end, parent: undefined }
}

function readArray(r: Reader): ArrayNode {
  const array: ArrayNode = { type: 'array', start: r.start, end: r.end, parent: undefined, items: [] }
  r.arrays++
  array.end = readEntries(r, LIST, () => {
    const item = readValue(r)
    if (!item) return false
    item.parent = array
    array.items.push(item)
    return true
  })
  r.arrays--
  return array
}

function readObject(r: Reader): ObjectNode {
  const object: ObjectNode = { type: 'object', start: r.start, end: r.end, parent: undefined, properties: [] }
  r.objects++
  object.end = readEntries(r, OBJECT, () => {
    if (r.kind !== STRING) return false
    object.properties.push(readProperty(r, object))
    return true
  })
  r.objects--
  return object
}

interface Brackets {
  name: string
  close: number
  bracket: string
  expected: string
}

const LIST: Brackets = { name: 'a list', close: CLOSE_BRACKET, bracket: '"]"', expected: 'Expected a value' }
const OBJECT: Brackets = {
  name: 'an object',
  close: CLOSE_BRACE,
  bracket: '"}"',
  expected: 'Expected a property name in double quotes',
}

/** Reads what is between two brackets, entry by entry, and gives the end of it. */
function readEntries(r: Reader, { name, close, bracket, expected }: Brackets, entry: () => boolean): number {
  let comma: Range | undefined // one that no entry follows yet
  let needsComma = false
  advance(r)
  while (r.kind !== close) {
    if (r.kind === END) complain(r, `The file ends inside ${name}: expected ${bracket}`)
    if (closesOuter(r)) complain(r, `Expected ${bracket} before this`)
    if (r.kind === END || closesOuter(r)) return r.start
    if (r.kind === COMMA) {
      if (needsComma) comma = { start: r.start, end: r.end }
      else complain(r, expected)
      needsComma = r.lost = false
      advance(r)
      continue
    }
    if (needsComma) complain(r, 'Expected a comma before this')
    if (!entry()) skip(r, expected)
    needsComma = true
    comma = undefined
  }
  if (comma) complain(r, 'JSON allows no comma after the last entry', comma, { comma: true })
  r.lost = false
  const { end } = r
  advance(r)
  return end
}

/** Whether the current token, which does not close what is read now, closes something around it. */
function closesOuter({ kind, objects, arrays }: Reader): boolean {
  return (kind === CLOSE_BRACE && objects > 0) || (kind === CLOSE_BRACKET && arrays > 0)
}

/** Goes past something that has no place here, in one piece if it has brackets. */
function skip(r: Reader, expected: string): void {
  complain(r, expected)
  if (r.kind === COLON) {
    advance(r)
    readValue(r)
  } else if (!readValue(r)) advance(r)
}

function readProperty(r: Reader, parent: ObjectNode): Property {
  const key: Property['key'] = {
    type: 'string',
    value: stringAt(r),
    start: r.start,
    end: r.end,
    parent: undefined,
  }
  advance(r)
  const value = readAfterKey(r, key)
  const property: Property = { type: 'property', start: key.start, end: value.end, parent, key, value }
  key.parent = property
  value.parent = property
  return property
}

/** Reads colon and value. An absent value is a null of no width, right behind the colon. */
function readAfterKey(r: Reader, key: Range): Node {
  if (r.kind !== COLON) {
    complain(r, 'Expected a colon after the property name', key)
    // Behind a name without a colon, a string is rather the next name.
    return (r.kind !== STRING && readValue(r)) || absent(key.end)
  }
  const { end } = r
  advance(r)
  const value = startsNextProperty(r, end) ? undefined : readValue(r)
  if (!value) complain(r, 'Expected a value behind this', { start: key.start, end })
  return value ?? absent(end)
}

function absent(at: number): NullNode {
  return { type: 'null', value: null, start: at, end: at, parent: undefined }
}

/** Whether the string here, on a line below the colon that ends at `colon`, is a name: the value is still to come. */
function startsNextProperty({ kind, masked, start, end }: Reader, colon: number): boolean {
  if (kind !== STRING || !/[\r\n]/.test(masked.slice(colon, start))) return false
  return /^\s*:/.test(masked.slice(end))
}
