/**
 * The one syntax tree of the project: what JSON and YAML have in common, with exact places.
 * Offsets are UTF-16 code units into the file's text, `end` exclusive.
 */

interface NodeBase {
  start: number
  end: number
  /** The property or array this node is the value of; undefined for the root of a document. */
  parent: Property | ArrayNode | undefined
  /**
   * True for a node that was reached through a YAML alias (`*a`) or merge key (`<<`): its range is that of
   * the alias, its value is the anchor's. True as well for what a function of CloudFormation computes (`!Ref a`), whose
   * value is a placeholder. Such a node cannot be edited in place.
   */
  alias?: true
}

export interface ObjectNode extends NodeBase {
  type: 'object'
  properties: Property[]
  /** Where merge keys (`<<: *base`) stand; what they bring in is among the properties. */
  merges?: Range[]
  /** A YAML flow collection, written as in JSON. */
  flow?: true
}

export interface ArrayNode extends NodeBase {
  type: 'array'
  items: Node[]
  /** A YAML flow collection, written as in JSON. */
  flow?: true
}

export interface StringNode extends NodeBase {
  type: 'string'
  value: string
}

export interface NumberNode extends NodeBase {
  type: 'number'
  value: number
}

export interface BooleanNode extends NodeBase {
  type: 'boolean'
  value: boolean
}

/** A `null`, or a value that is not there yet (`"a":` while typing): then it has no width. */
export interface NullNode extends NodeBase {
  type: 'null'
  value: null
}

export type ScalarNode = StringNode | NumberNode | BooleanNode | NullNode
export type Node = ObjectNode | ArrayNode | ScalarNode

export interface Property {
  type: 'property'
  start: number
  end: number
  key: StringNode
  value: Node
  parent: ObjectNode
}

/** A stretch of text, in UTF-16 offsets, `end` exclusive. */
export interface Range {
  start: number
  end: number
}

/** Something the parser could not read. */
export interface Problem extends Range {
  message: string
  /** A key given twice: the text is whole all the same, and edits in it are safe. */
  duplicate?: true
  /** A comma behind the last entry of a list or an object, as JSON with comments may have it. */
  comma?: true
  /** It can be read all the same, and as it was meant. */
  mild?: true
}

/** One document: a JSON file, or one document of a YAML stream. */
export interface Tree {
  format: 'json' | 'yaml'
  /** The text of the whole file, of which this document may be a part. */
  text: string
  /** Undefined when the document is empty or holds only comments. */
  root: Node | undefined
  problems: Problem[]
  /** Template expressions (`{{ }}`) were found: what is absent here may still come from the template. */
  templated: boolean
  /** What a template leaves behind may well not parse. That says nothing about what it renders to, but `write` minds. */
  hidden?: Problem[]
}

/** The property `name` of `node`, if `node` is an object that has it. The last wins, as in JSON.parse. */
export function property(node: Node | undefined, name: string): Property | undefined {
  if (node?.type !== 'object') return undefined
  return node.properties.findLast(p => p.key.value === name)
}

/** The value at `path` below `node`, or undefined when a step is missing or of another type. */
export function get(node: Node | undefined, ...path: (string | number)[]): Node | undefined {
  let at = node
  for (const step of path) {
    if (typeof step === 'number') at = at?.type === 'array' ? at.items[step] : undefined
    else at = property(at, step)?.value
    if (!at) return undefined
  }
  return at
}

/** `node` if it is a string, else undefined. */
export function asString(node: Node | undefined): StringNode | undefined {
  return node?.type === 'string' ? node : undefined
}

/** `node` if it is a number, else undefined. */
export function asNumber(node: Node | undefined): NumberNode | undefined {
  return node?.type === 'number' ? node : undefined
}

/** `node` if it is true or false, else undefined. */
export function asBoolean(node: Node | undefined): BooleanNode | undefined {
  return node?.type === 'boolean' ? node : undefined
}

/** Whether nothing is at `path` below `node`; null is the same as nothing. */
export function isAbsent(node: Node | undefined, ...path: (string | number)[]): boolean {
  return (get(node, ...path)?.type ?? 'null') === 'null'
}

/** The text at `path` below `node`, if a string is there. */
export function textAt(node: Node | undefined, ...path: (string | number)[]): string | undefined {
  return asString(get(node, ...path))?.value
}

/** `node` if it is an object, else undefined. */
export function asObject(node: Node | undefined): ObjectNode | undefined {
  return node?.type === 'object' ? node : undefined
}

/** The properties of `node` if it is an object, else none. */
export function properties(node: Node | undefined): Property[] {
  return node?.type === 'object' ? node.properties : []
}

/** The items of `node` if it is an array, else none. */
export function items(node: Node | undefined): Node[] {
  return node?.type === 'array' ? node.items : []
}

/** The children of `node` in text order, without property keys. */
export function children(node: Node): Node[] {
  if (node.type === 'object') return node.properties.map(p => p.value)
  return node.type === 'array' ? node.items : []
}

/** Every node of the tree below and including `node`, parents first, in text order. */
export function* walk(node: Node | undefined): Generator<Node> {
  const stack = node ? [node] : []
  for (let next = stack.pop(); next; next = stack.pop()) {
    yield next
    for (const child of children(next).toReversed()) stack.push(child)
  }
}

/** The steps from the root to `node`: property names and array positions. */
export function path(node: Node): (string | number)[] {
  const steps: (string | number)[] = []
  let at = node
  while (at.parent) {
    if (at.parent.type === 'property') {
      steps.unshift(at.parent.key.value)
      at = at.parent.parent
    } else {
      steps.unshift(at.parent.items.indexOf(at))
      at = at.parent
    }
  }
  return steps
}

/** The JSON Pointer of `node` (RFC 6901). */
export function pointer(node: Node): string {
  return path(node)
    .map(step => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('')
}

/** The plain JavaScript value of `node`; duplicate keys keep the last. */
export function toValue(node: Node | undefined): unknown {
  if (!node) return undefined
  if (node.type === 'array') return node.items.map(toValue)
  if (node.type !== 'object') return node.value
  // A null prototype keeps a hostile `__proto__` key an ordinary key.
  const value: Record<string, unknown> = Object.create(null)
  for (const p of node.properties) value[p.key.value] = toValue(p.value)
  return value
}

/** The words to underline for a finding on `node`: a scalar itself, but only the name of an object or a list. */
export function label(node: Node): Range {
  if (node.type !== 'object' && node.type !== 'array') return node
  if (node.parent?.type === 'property') return node.parent.key
  const first = node.type === 'object' ? node.properties[0]?.key : node.items[0]
  return first ? label(first) : node
}

/**
 * The deepest node whose range contains `offset` (its end included), or undefined outside the root. An alias is as
 * deep as it goes: what it stands for is written elsewhere.
 */
export function nodeAt(root: Node | undefined, offset: number): Node | undefined {
  if (!root || offset < root.start || offset > root.end) return undefined
  if (root.alias) return root
  for (const child of children(root)) {
    // What a merge key (`<<`) brings in shares the range of its alias, so none of it is there.
    if (child.parent?.type === 'property' && child.parent.key.alias && child.alias) continue
    const found = nodeAt(child, offset)
    if (found) return found
  }
  return root
}
