import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseAllDocuments,
  Scalar,
  type YAMLError,
} from 'yaml'
import { duplicates, MAX_DEPTH } from './json.ts'
import type { ArrayNode, Node, ObjectNode, Problem, Property, Range, ScalarNode, Tree } from './node.ts'
import { isMasked, mask, unmask } from './template.ts'

/** More than this many values out of aliases is an alias bomb, not a configuration. */
const MAX_ALIASED = 10_000

/** The trees of a YAML stream, one for each document. Never throws. */
export function parseYaml(text: string): Tree[] {
  return splitDocuments(text).flatMap(range => parseYamlDocument(text, range))
}

/**
 * Where the documents of a stream lie. A line that starts with `---` ends whatever came before it (YAML 1.2.2,
 * section 9.1.2: no scalar may contain one at the start of a line), so this needs no parser. A stream with
 * directives (`%`) stays whole, for they belong to the document after their marker.
 */
export function splitDocuments(text: string): Range[] {
  if (/^%/m.test(text)) return [{ start: 0, end: text.length }]
  const starts = [0]
  for (const { index } of text.matchAll(/^---(?=\s|$)/gm)) if (index > 0) starts.push(index)
  return starts.map((start, i) => ({ start, end: starts[i + 1] ?? text.length }))
}

/** The trees of the part `range` of `text`: one, or more where `...` separates documents within it. Never throws. */
export function parseYamlDocument(text: string, range: Range): Tree[] {
  const source = text.slice(range.start, range.end)
  const masked = source.includes('{{') ? mask(source) : source
  try {
    const documents = parseAllDocuments(masked, {
      prettyErrors: false,
      uniqueKeys: false, // quadratic there; see duplicates()
      logLevel: 'silent',
      strict: true,
    })
    if (!Array.isArray(documents)) return []
    return documents.map(document => convert(document, { text, source, masked, base: range.start }))
  } catch (error) {
    // From the limit below, or from the parser's own recursion.
    if (!(error instanceof RangeError)) throw error
    const problem = { start: range.start, end: range.start + 1, message: 'Nested too deeply to be read' }
    return [{ format: 'yaml', text, root: undefined, problems: [problem], templated: false }]
  }
}

interface Source {
  /** The whole file. */
  text: string
  /** This part of it, as written and with its templates masked. */
  source: string
  masked: string
  /** Where this part starts in the file. */
  base: number
}

function convert(document: Document.Parsed, { text, source, masked, base }: Source): Tree {
  const problems: Problem[] = document.errors.map(error => problemOf(error, base, text))
  const anchors = new Map<string, unknown>()
  const resolving = new Set<unknown>()
  let aliased = 0
  let depth = 0
  let templated = masked !== source && blankedLines(source, masked)

  /** `within` is the alias that led here: its range stands for everything the anchor holds. */
  function node(item: unknown, fallback: number, within: Range | undefined): Node {
    if (depth >= MAX_DEPTH) throw new RangeError('nested too deeply')
    depth++
    const result = read(item, fallback, within)
    depth--
    return result
  }

  function read(item: unknown, fallback: number, within: Range | undefined): Node {
    if (within && ++aliased > MAX_ALIASED) {
      if (aliased === MAX_ALIASED + 1) {
        problems.push({
          ...span(within),
          message: `Aliases stand for more than ${MAX_ALIASED} values; the rest is not read`,
        })
      }
      return nothing(fallback, within)
    }
    if (isAlias(item)) return alias(item, within)
    if (isMap(item)) return map(item, within)
    if (isSeq(item)) {
      remember(item)
      const array: ArrayNode = { type: 'array', items: [], ...place(item.range, within) }
      for (const child of item.items)
        add(array, node(isPair(child) ? child.value : child, array.start, within))
      if (!item.flow) shrink(array, array.items.at(-1))
      return array
    }
    if (isScalar(item)) return scalar(item, within)
    return nothing(fallback, within)
  }

  function alias(item: { source: string; range?: unknown }, within: Range | undefined): Node {
    const range = within ?? place(item.range as Scalar['range'], undefined)
    const target = anchors.get(item.source)
    if (target === undefined)
      problems.push({ ...span(range), message: `No anchor "${item.source}" comes before this alias` })
    if (target === undefined || resolving.has(target)) return nothing(range.start, range)
    resolving.add(target)
    const result = node(target, range.start, range)
    resolving.delete(target)
    return result
  }

  function map(
    item: { items: unknown[]; flow?: boolean; range?: Scalar['range'] | null },
    within: Range | undefined,
  ): Node {
    remember(item)
    const object: ObjectNode = { type: 'object', properties: [], ...place(item.range, within) }
    const merged: Property[] = []
    for (const pair of item.items) {
      if (!isPair(pair)) continue
      const key = keyOf(pair.key, object, within)
      const value = node(pair.value, key.end, within)
      if (isScalar(pair.key) && pair.key.value === '<<' && pair.key.type === 'PLAIN')
        merged.push(...mergedFrom(value))
      else object.properties.push(propertyOf(object, key, value))
    }
    // Merge keys give way to what the map says itself, and an earlier one to none (YAML merge key type, 2005).
    const own = new Set(object.properties.map(p => p.key.value))
    for (const { key, value } of merged) {
      if (own.has(key.value)) continue
      own.add(key.value)
      object.properties.push(propertyOf(object, { ...key, alias: true }, value))
    }
    if (!item.flow)
      shrink(object, item.items.length > 0 ? object.properties.findLast(p => !p.key.alias)?.value : undefined)
    return object
  }

  function keyOf(
    item: unknown,
    object: ObjectNode,
    within: Range | undefined,
  ): ScalarNode & { type: 'string' } {
    const key = isAlias(item)
      ? alias(item, within)
      : isScalar(item)
        ? scalar(item, within)
        : nothing(object.start, within)
    const { start, end } = key
    const value = key.type === 'string' ? key.value : text.slice(start, end)
    return { type: 'string', value, start, end, parent: undefined, ...(key.alias && { alias: true }) }
  }

  function scalar(item: Scalar, within: Range | undefined): ScalarNode {
    remember(item)
    const at = place(item.range, within)
    const { value } = item
    if (typeof value === 'boolean') return { type: 'boolean', value, ...at }
    if (value === null) return { type: 'null', value, ...at }
    // `2e848593` overflows to Infinity here and is a string to kubectl: keep what was written.
    if (typeof value === 'number' && Number.isFinite(value)) return { type: 'number', value, ...at }
    const range = item.range ?? [0, 0, 0]
    if (typeof value === 'string' && isMasked(value)) {
      if (item.type === Scalar.PLAIN) templated = true
      const slice = [range[0], range[1]] as const
      return { type: 'string', value: unmask(value, masked.slice(...slice), source.slice(...slice)), ...at }
    }
    return {
      type: 'string',
      value: typeof value === 'string' ? value : source.slice(range[0], range[1]),
      ...at,
    }
  }

  function remember(item: object): void {
    if ('anchor' in item && typeof item.anchor === 'string' && !resolving.size) anchors.set(item.anchor, item)
  }

  function place(range: Scalar['range'] | undefined | null, within: Range | undefined) {
    if (within) return { start: within.start, end: within.end, parent: undefined, alias: true as const }
    const [start, valueEnd] = range ?? [0, 0]
    let end = valueEnd
    // A block scalar ends where the next line starts; its last visible character is what people would underline.
    while (end > start && /\s/.test(masked[end - 1] ?? '')) end--
    return { start: base + start, end: base + Math.max(end, start), parent: undefined }
  }

  const contents = document.contents
  const root = contents ? node(contents, base, undefined) : undefined
  if (!templated) problems.push(...duplicates(root))
  // What a template leaves behind may well not parse, and says nothing about what it renders to.
  return { format: 'yaml', text, root, problems: templated ? [] : problems, templated }
}

function blankedLines(source: string, masked: string): boolean {
  return source.replace(/\s/g, '').length !== masked.replace(/\s/g, '').length
}

function nothing(offset: number, within: Range | undefined): ScalarNode {
  if (within)
    return { type: 'null', value: null, start: within.start, end: within.end, parent: undefined, alias: true }
  return { type: 'null', value: null, start: offset, end: offset, parent: undefined }
}

function propertyOf(parent: ObjectNode, key: Property['key'], value: Node): Property {
  const property: Property = {
    type: 'property',
    start: key.start,
    end: Math.max(key.end, value.end),
    parent,
    key,
    value,
  }
  key.parent = property
  value.parent = property
  return property
}

function mergedFrom(value: Node): Property[] {
  if (value.type === 'array') return value.items.flatMap(mergedFrom)
  return value.type === 'object' ? value.properties : []
}

function add(array: ArrayNode, item: Node): void {
  item.parent = array
  array.items.push(item)
}

/** A block collection ends with its last child, not with the blank lines and comments after it. */
function shrink(collection: ObjectNode | ArrayNode, last: Node | undefined): void {
  if (last && !collection.alias) collection.end = Math.max(collection.start, last.end)
}

function span({ start, end }: Range): Range {
  return { start, end }
}

function problemOf(error: YAMLError, base: number, text: string): Problem {
  const start = Math.min(base + error.pos[0], text.length)
  const end = Math.min(Math.max(base + error.pos[1], start), text.length)
  return { start, end, message: sentence(error) }
}

function sentence(error: YAMLError): string {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return 'YAML is indented with spaces; this is a tab'
    case 'MULTILINE_IMPLICIT_KEY':
      return 'A key must stand on one line; is a colon or an indent missing above?'
    default:
      return error.message.startsWith('Maximum call stack') ? 'Nested too deeply to be read' : error.message
  }
}
