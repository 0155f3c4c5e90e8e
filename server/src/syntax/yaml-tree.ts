import { type Alias, isAlias, isMap, isPair, isScalar, isSeq, Scalar, type YAMLMap, type YAMLSeq } from 'yaml'
import {
  type ArrayNode,
  type Node,
  type ObjectNode,
  type Problem,
  type Property,
  properties,
  type Range,
  type StringNode,
} from './node.ts'
import { MAX_DEPTH, MAX_PROBLEMS } from './problems.ts'
import { isUnquotedTemplate, place, readScalar, type Source } from './yaml-scalar.ts'

/** More values than this out of aliases are an alias bomb, not a configuration. */
const MAX_ALIASED = 10_000

/** What the nodes of one document gave. */
export interface Contents {
  root: Node | undefined
  /** About aliases; all else the parser has reported. */
  problems: Problem[]
  /** A template stands in a plain scalar: it may render to more than a value. */
  unquotedTemplate: boolean
}

/** The state of one reading. */
interface Reader extends Contents {
  source: Source
  /** The node of each anchor so far, the last one of its name; empty while that node is still being read. */
  anchors: Map<string, { node?: Node }>
  aliased: number
  depth: number
}

/**
 * Our tree of a document's `contents`; no root for an empty one.
 * @throws RangeError when it nests more than `MAX_DEPTH` deep
 */
export function readContents(contents: unknown, source: Source): Contents {
  const r: Reader = {
    source,
    root: undefined,
    problems: [],
    unquotedTemplate: false,
    anchors: new Map(),
    aliased: 0,
    depth: 0,
  }
  const root = read(r, contents, source.base)
  if (root.end > root.start) r.root = root
  return r
}

/** The node of `item`, which starts at `least` or behind it; a null of no width there where there is none. */
function read(r: Reader, item: unknown, least: number): Node {
  if (isAlias(item)) return readAlias(r, item, least)
  const holder: { node?: Node } = {}
  if (isAnchored(item)) r.anchors.set(item.anchor, holder)
  holder.node = readWritten(r, item, least)
  return holder.node
}

function readWritten(r: Reader, item: unknown, least: number): Node {
  const node = readUntagged(r, item, least)
  const tag = intrinsic(item)
  if (tag === undefined) return node
  const { start, end } = node
  return { type: 'string', value: `\${${tag}}`, start, end, parent: undefined, alias: true }
}

/** The functions of CloudFormation that a tag can call (CloudFormation, "Intrinsic function reference"). */
const INTRINSIC =
  /^!(?:Ref|Condition|GetAtt|If|Join|Sub|Select|Split|FindInMap|ImportValue|Base64|Cidr|GetAZs|Transform|And|Or|Not|Equals)$/

/**
 * The tag by which CloudFormation computes a value out of what is written, as `!Ref Name`: what it comes to is not known,
 * so it stands in our tree as a placeholder. Of a text, `!Sub` leaves what is no `${placeholder}` as it is.
 */
function intrinsic(item: unknown): string | undefined {
  const tag = typeof item === 'object' && item !== null && 'tag' in item ? item.tag : undefined
  if (typeof tag !== 'string' || !INTRINSIC.test(tag)) return undefined
  return tag === '!Sub' && isScalar(item) ? undefined : tag
}

function readUntagged(r: Reader, item: unknown, least: number): Node {
  if (isScalar(item)) {
    r.unquotedTemplate ||= isUnquotedTemplate(r.source, item)
    return readScalar(r.source, item, least)
  }
  if (!isMap(item) && !isSeq(item))
    return { type: 'null', value: null, start: least, end: least, parent: undefined }
  return nested(r, () => (isMap(item) ? readMap(r, item, least) : readSeq(r, item, least)))
}

function isAnchored(item: unknown): item is { anchor: string } {
  return typeof item === 'object' && item !== null && 'anchor' in item && typeof item.anchor === 'string'
}

function nested<T>(r: Reader, step: () => T): T {
  if (++r.depth > MAX_DEPTH) throw new RangeError('nested too deeply')
  const result = step()
  r.depth--
  return result
}

// --- collections -------------------------------------------------------------------------------------------

function readSeq(r: Reader, item: YAMLSeq, least: number): ArrayNode {
  const at = place(r.source, item.range, least)
  const array: ArrayNode = { type: 'array', ...at, items: [], ...(item.flow && { flow: true }) }
  let end = at.start
  for (const child of item.items) {
    // Some types of YAML 1.1 (`!!omap`) hold pairs.
    const node = read(r, isPair(child) ? child.value : child, end)
    end = node.end
    node.parent = array
    array.items.push(node)
  }
  embrace(array, array.items[0]?.start, end, item.flow)
  return array
}

function readMap(r: Reader, item: YAMLMap, least: number): ObjectNode {
  const at = place(r.source, item.range, least)
  const object: ObjectNode = { type: 'object', ...at, properties: [], ...(item.flow && { flow: true }) }
  const merged: Node[] = []
  const merges: Range[] = []
  let start: number | undefined
  let end = at.start
  for (const pair of item.items) {
    const key = readKey(r, pair.key, end)
    const value = read(r, pair.value, key.end)
    start ??= key.start
    end = Math.max(key.end, value.end)
    if (isMergeKey(pair.key)) {
      merged.push(value)
      merges.push({ start: key.start, end })
    } else object.properties.push(propertyOf(object, key, value))
  }
  embrace(object, start, end, item.flow)
  if (merges.length > 0) object.merges = merges
  merge(object, merged)
  return object
}

/** A block ends with its last entry, not with blank lines and comments; nothing ends before what it holds. */
function embrace(node: ObjectNode | ArrayNode, first: number | undefined, end: number, flow?: boolean): void {
  // In broken text, the parser may think otherwise.
  node.start = Math.min(node.start, first ?? node.start)
  node.end = flow ? Math.max(node.end, end) : end
}

function readKey(r: Reader, item: unknown, least: number): StringNode {
  const key = read(r, item, least)
  // A key that is no string goes by what is written there, as it would in JSON.
  const value = key.type === 'string' ? key.value : r.source.text.slice(key.start, key.end)
  return {
    type: 'string',
    value,
    start: key.start,
    end: key.end,
    parent: undefined,
    ...(key.alias && { alias: true }),
  }
}

function isMergeKey(key: unknown): boolean {
  if (!isScalar(key) || key.type !== Scalar.PLAIN) return false
  // With `%YAML 1.1` the parser gives a symbol.
  return key.value === '<<' || typeof key.value === 'symbol'
}

/** Merge keys give way to what the map says itself, and a later one to an earlier (YAML merge key type, 2005). */
function merge(object: ObjectNode, sources: readonly Node[]): void {
  const known = new Set(object.properties.map(p => p.key.value))
  for (const source of sources) {
    for (const { key, value } of propertiesOf(source)) {
      if (known.has(key.value)) continue
      known.add(key.value)
      object.properties.push(propertyOf(object, { ...key, alias: true }, value))
    }
  }
}

function propertiesOf(source: Node): Property[] {
  if (source.type === 'array') return source.items.flatMap(propertiesOf)
  return properties(source)
}

function propertyOf(parent: ObjectNode, key: StringNode, value: Node): Property {
  const end = Math.max(key.end, value.end)
  const property: Property = { type: 'property', start: key.start, end, parent, key, value }
  key.parent = property
  value.parent = property
  return property
}

// --- aliases -----------------------------------------------------------------------------------------------

function readAlias(r: Reader, item: Alias, least: number): Node {
  const at = place(r.source, item.range as Scalar['range'], least)
  const anchor = r.anchors.get(item.source)
  if (anchor?.node) return copy(r, anchor.node, at)
  const message = anchor
    ? `The alias "${item.source}" stands inside its own anchor`
    : `No anchor "${item.source}" comes before this alias`
  complain(r, at, message)
  return { type: 'null', value: null, ...at, alias: true }
}

/** What `node` holds, all of it at the place of an alias. */
function copy(r: Reader, node: Node, at: Range): Node {
  const base = { start: at.start, end: at.end, parent: undefined, alias: true } as const
  if (++r.aliased > MAX_ALIASED) {
    if (r.aliased === MAX_ALIASED + 1)
      complain(r, at, `Aliases stand for more than ${MAX_ALIASED} values; the rest is not read`)
    return { type: 'null', value: null, ...base }
  }
  if (node.type === 'array') return nested(r, () => copyArray(r, node, base))
  if (node.type === 'object') return nested(r, () => copyObject(r, node, base))
  return { ...node, ...base }
}

type Base = Range & { parent: undefined; alias: true }

function copyArray(r: Reader, { items }: ArrayNode, base: Base): ArrayNode {
  const array: ArrayNode = { type: 'array', ...base, items: [] }
  for (const item of items) {
    const node = copy(r, item, base)
    node.parent = array
    array.items.push(node)
  }
  return array
}

function copyObject(r: Reader, { properties }: ObjectNode, base: Base): ObjectNode {
  const object: ObjectNode = { type: 'object', ...base, properties: [] }
  for (const { key, value } of properties)
    object.properties.push(propertyOf(object, { ...key, ...base }, copy(r, value, base)))
  return object
}

function complain(r: Reader, { start, end }: Range, message: string): void {
  if (r.problems.length < MAX_PROBLEMS) r.problems.push({ start, end, message })
}
