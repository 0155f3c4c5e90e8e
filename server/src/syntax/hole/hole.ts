import { parseJson } from '../json.ts'
import type { Node, NullNode, ObjectNode, Range, Tree } from '../node.ts'
import { walk } from '../node.ts'
import { mask } from '../template.ts'
import { lineEnd } from '../write/lines.ts'
import { parseYamlDocument } from '../yaml.ts'
import { scanBlocks } from './block.ts'
import { scanFlow } from './flow.ts'
import type { Scan, Spot } from './spot.ts'

/**
 * A place of a text where something can be typed, and what that would become. The text around may be half typed: the
 * word at the cursor is taken out, something sound is put in its place, and the parser says what it then is.
 * The trees are of texts of their own (their offsets are not those of the file), and the word is not in them.
 */
export interface Hole {
  spot: Spot
  format: 'json' | 'yaml'
  /** What is typed of the word before the cursor, without its quote. */
  typed: string
  /** As the name of a property. */
  key: KeyHole | undefined
  /** As a value. In lines of YAML a word can become either. */
  value: ValueHole | undefined
}

export interface KeyHole {
  tree: Tree
  /** The object that would have the property; empty where the property would make it one. */
  object: ObjectNode
  /** What the property has for a value already; of a new one it means nothing. */
  held: Node
}

export interface ValueHole {
  tree: Tree
  /** A null, or an empty object, in the place of the value. */
  node: Node
}

/** An ordinary character to JSON and YAML, which no real file holds. */
const WORD = '\uE002'

/**
 * What can be typed at `offset` of `text`.
 * @param document where the document around `offset` lies
 * @returns undefined in comments and block scalars, between the words of a sentence, and where whatever is typed
 * breaks the syntax more than it is broken
 */
export function holeAt(
  text: string,
  format: 'json' | 'yaml',
  document: Range,
  offset: number,
): Hole | undefined {
  const spot = spotAt(text, format, document, offset)
  if (!spot || text.slice(spot.word.start, spot.word.end).includes('{{')) return undefined
  const part = format === 'json' ? { ...document, head: '' } : partAround(text, document, offset)
  const typed = text.slice(spot.word.start + spot.quote.length, offset)
  const { key, value } = readingsOf(text, format, part, spot)
  return key || value ? { spot, format, typed, key, value } : undefined
}

/** The word at the cursor. */
function spotAt(text: string, format: 'json' | 'yaml', { start, end }: Range, offset: number) {
  const within = text.slice(0, end)
  const scan: Scan = { text: within.includes('{{') ? mask(within) : within, format, offset }
  if (format === 'yaml') return scanBlocks(scan, start)
  const found = scanFlow(scan, start + (text[start] === '\uFEFF' ? 1 : 0))
  return typeof found === 'object' && 'spot' in found ? found.spot : undefined
}

// --- what it would be --------------------------------------------------------------------------------------

type Readings = Pick<Hole, 'key' | 'value'>

const NEITHER: Readings = { key: undefined, value: undefined }

function readingsOf(text: string, format: Hole['format'], part: Part, spot: Spot): Readings {
  const parse = (word: string) => parsePart(text, format, part, spot, word)
  const before = () => parsePart(text, format, part, spot, undefined)
  const sound = (trees: Tree[]) => {
    const problems = problemsOf(trees)
    return problems === 0 || problems <= problemsOf(before()) ? trees : []
  }
  if (format === 'json')
    return takeOut(sound(parse(spot.isName && !spot.isNamed ? `"${WORD}": 0` : `"${WORD}"`)))
  if (spot.flow || spot.isValue) return takeOut(sound(parse(WORD)))
  const { key } = takeOut(sound(parse(spot.isNamed ? WORD : `${WORD}:`)), !spot.isNamed)
  // Where a name would be the only one of its object, a value can stand in the place of the object.
  const isAlone = key && !spot.isNamed && key.object.properties.length === 0
  return { key, value: isAlone ? { tree: key.tree, node: key.object } : undefined }
}

function problemsOf(trees: readonly Tree[]): number {
  return trees.reduce((sum, { problems, hidden = [] }) => sum + problems.length + hidden.length, 0)
}

/** The trees of a part of the text, with `word` in the place of the one at the cursor; undefined leaves that. */
function parsePart(
  text: string,
  format: Hole['format'],
  { head, start, end }: Part,
  { word, commaAt, needsComma, isGlued }: Spot,
  instead: string | undefined,
): Tree[] {
  const put =
    instead === undefined
      ? text.slice(word.start, word.end)
      : (isGlued ? ' ' : '') + instead + (needsComma ? ',' : '')
  const comma = commaAt === undefined || instead === undefined ? word.start : commaAt
  const written = [
    head,
    text.slice(start, comma),
    comma < word.start ? ',' : '',
    text.slice(comma, word.start),
    put,
    text.slice(word.end, end),
  ].join('')
  return format === 'json'
    ? [parseJson(written)]
    : parseYamlDocument(written, { start: 0, end: written.length })
}

/** Takes the word out of the tree that has it, and says where it was. */
function takeOut(trees: readonly Tree[], isBlock = false): Readings {
  for (const tree of trees) {
    for (const node of walk(tree.root)) {
      if (node.alias) continue
      if (node.type === 'string' && node.value === WORD) return { key: undefined, value: asNull(tree, node) }
      if (node.type !== 'object') continue
      const property = node.properties.find(({ key }) => key.value === WORD && !key.alias)
      if (!property) continue
      // With lines below that would be its value, it is no new name.
      if (isBlock && property.value.type !== 'null') return NEITHER
      node.properties = node.properties.filter(p => p !== property)
      return { key: { tree, object: node, held: property.value }, value: undefined }
    }
  }
  return NEITHER
}

function asNull(tree: Tree, { start, parent }: Node): ValueHole {
  const node: NullNode = { type: 'null', value: null, start, end: start, parent }
  if (parent?.type === 'property') parent.value = node
  else if (parent)
    parent.items = parent.items.map(item => (item.type === 'string' && item.value === WORD ? node : item))
  else tree.root = node
  return { tree, node }
}

// --- as little as is needed --------------------------------------------------------------------------------

/** A part of a document, and what is to stand before it to be read as it is there. */
interface Part extends Range {
  head: string
}

/** A list of objects; what is known of it so far. */
interface List {
  head: string
  column: number | undefined
  /** Where the last item starts. */
  from: number | undefined
}

/** Keys below which a document may list many objects. */
const LISTS = /^(?:issuers|rules|federation_issuers|federation_rules|data|items)[ \t]*:[ \t]*(?:#.*)?$/

/** A document shorter than this is read at once. */
const SHORT = 4_000

/** Of a document that is a long list of objects in lines, the object around `offset`. */
function partAround(text: string, { start, end }: Range, offset: number): Part {
  const whole = { start, end, head: '' }
  if (end - start < SHORT) return whole
  /** The key of the list, and where its items stand; undefined outside of such a list. */
  let list: List | undefined = { head: '', column: undefined, from: undefined }
  for (let at = start; at < end; at = text.indexOf('\n', at) + 1 || end) {
    const line = text.slice(at, Math.min(lineEnd(text, at), end))
    const indent = /^ */.exec(line)?.[0].length ?? 0
    if (/^[ \t]*(?:#|---|$)/.test(line)) continue
    if (at > offset) {
      if (list?.from === undefined) return whole
      if (indent <= (list.column ?? 0)) return { start: list.from, end: at, head: list.head }
    } else if (list && /^ *-(?: |$)/.test(line) && (list.column ?? indent) === indent) {
      list.column = indent
      list.from = at
    } else if (indent === 0) {
      list = LISTS.test(line) ? { head: `${line}\n`, column: undefined, from: undefined } : undefined
    }
  }
  return list?.from === undefined ? whole : { start: list.from, end, head: list.head }
}
