import { type Filling, fillKey, fillObject, fillValue } from '../syntax/hole/fill.ts'
import { type Hole, holeAt, type KeyHole, type ValueHole } from '../syntax/hole/hole.ts'
import type { Node, Range, Tree } from '../syntax/node.ts'
import type { TextEdit } from '../text/edit.ts'
import type { WifFile } from '../wif/entity.ts'
import { documentsIn, MAX_DOCUMENT_LENGTH } from '../wif/file.ts'
import { isConfigName, mayMatter } from '../wif/relevance.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { celCursor } from './cel-cursor.ts'
import { type Candidate, type CandidateKind, takeStops } from './completion/candidate.ts'
import { commentCompletions } from './completion/comments.ts'
import { namesAt, wholeValues } from './completion/fields.ts'
import { type Snippet, snippets } from './completion/snippets.ts'
import { meantBy, placeKinds, type Surroundings, targetsOf } from './completion/target.ts'
import { valuesAt } from './completion/values.ts'
import { distinctBy } from './distinct.ts'

/** Something that may be written at the cursor. */
export interface Completion {
  kind: CandidateKind
  label: string
  /** A word or two beside it; may be empty. */
  detail: string
  /** Markdown; may be empty. */
  documentation: string
  /** What takes the place of `range`, on one line or more. */
  text: string
  range: Range
  /** Where in `text` somebody types, in this order; of no width where nothing is yet. */
  stops: readonly Range[]
  /** A comma that was missing before. */
  more: readonly TextEdit[]
  /** What an editor compares with what stands in `range` before the cursor. */
  filter: string
}

/** Why an editor asks: somebody wants it or types a word, or has typed a certain character. */
export type Asked = { by: 'person' } | { by: 'character'; character: string }

/**
 * What may be written at `offset`: in objects of federation, in the linter's configuration, in a comment that ignores
 * a finding; whole objects where a document is empty. Nothing in files that have nothing to do with it. In a
 * condition, `celCompletions` answers.
 */
export function completions(workspace: Workspace, uri: string, offset: number, asked: Asked): Completion[] {
  const file = workspace.file(uri)
  if (!file || celCursor(workspace, uri, offset)) return []
  const { text, format } = file
  const comment = commentCompletions(workspace, file, offset)
  if (comment) return comment.candidates.map(each => plainly(text, comment.range, offset, each))
  const range = documentsIn(text, format).findLast(({ start }) => start <= offset)
  if (!range || range.end - range.start > MAX_DOCUMENT_LENGTH) return []
  const document = text.slice(range.start, range.end)
  if (!isConfigName(uri) && !mayMatter(document) && !isBegun(document, text.slice(0, offset))) return []
  const hole = holeAt(text, format, range, offset)
  if (!hole) return []
  const around: Surroundings = { file, view: workspace.view(), document, hole }
  // A blank is typed in sentences and between all things. A list that comes up by itself takes the next Enter, so only
  // what nobody mistypes is in it.
  const isBlank = asked.by === 'character' && asked.character === ' '
  if (isBlank && !(hole.spot.isValue || !hole.key)) return []
  const [names, values] = [atKey(around, offset), atValue(around, offset, isBlank)]
  // A whole object, or a whole entry of a list, is rather wanted than its first name.
  return [...wholes(around, offset, asked), ...values, ...names]
}

/** Whether the document is short, so that little was said yet, or the word at the cursor says it first. */
function isBegun(document: string, before: string): boolean {
  return document.trim().length < 200 || /(?:ANT[A-Z_]*|sts:\w*|eks\.?\w*)$/.test(before.slice(-30))
}

// --- names and values --------------------------------------------------------------------------------------

function atKey(around: Surroundings, offset: number): Completion[] {
  const { file, hole } = around
  const { key, spot } = hole
  if (!key) return []
  const held = spot.isNamed ? key.held : undefined
  const found = targetsOf(around, key.tree, key.object).flatMap(target =>
    namesAt(target.kind, { ...around, ...target }, key.object, held),
  )
  // What is hardly begun may be of two kinds, which share some names.
  return distinctBy(found, ({ name }) => name).map(candidate => {
    const filling = fillKey(file.text, hole, key, candidate.name, candidate.value)
    return completion(file.text, hole, offset, filling, { kind: 'field', ...candidate }, candidate.name)
  })
}

function atValue(around: Surroundings, offset: number, isBlank: boolean): Completion[] {
  const { file, hole } = around
  const { value, key } = hole
  if (!value) return []
  return targetsOf(around, value.tree, value.node).flatMap(target => {
    const context = { ...around, ...target }
    const scalars = valuesAt(target.kind, context)
    const all = isBlank || key ? scalars : [...scalars, ...wholeValues(target.kind, context)]
    return (isBlank ? all.filter(isUnmistakable) : all).map(candidate => {
      const filling = fillValue(file.text, hole, value, candidate.value)
      const label = candidate.label ?? String(candidate.value)
      return completion(file.text, hole, offset, filling, { kind: 'value', ...candidate }, label)
    })
  })
}

function isUnmistakable({ closed, value }: Candidate): boolean {
  return closed === true || (typeof value === 'string' && /^(?:fdis|fdrl|svac|wrkspc)_\w+$/.test(value))
}

function completion(
  text: string,
  { spot }: Hole,
  offset: number,
  { start, end, more, text: written }: Filling,
  { kind = 'value', detail = '', documentation = '', words = '' }: Candidate,
  label: string,
): Completion {
  // An editor compares from the start of the range on, quote and blanks included.
  const before = text.slice(start, spot.word.start)
  const quote = offset > spot.word.start ? spot.quote : ''
  const filter = before + quote + [label, words].filter(part => part !== '').join(' ')
  return { kind, label, detail, documentation, ...takeStops(written), range: { start, end }, more, filter }
}

function plainly(text: string, range: Range, offset: number, candidate: Candidate): Completion {
  const written = String(candidate.value)
  const { detail = '', documentation = '' } = candidate
  const rest = { detail, documentation, text: written, range, stops: [], more: [] }
  return { kind: 'value', label: written, ...rest, filter: text.slice(range.start, offset) && written }
}

// --- whole objects -----------------------------------------------------------------------------------------

function wholes(around: Surroundings, offset: number, asked: Asked): Completion[] {
  const { file, view, hole } = around
  const place = emptyPlace(hole)
  if (!place) return []
  const kinds = wantedKinds(around, place.tree, place.node, asked)
  return snippets(view)
    .filter(({ kind }) => kinds.includes(kind))
    .map(snippet => {
      const { value, label, documentation } = snippet
      const filling = place.key
        ? fillObject(file.text, hole, place.key, value)
        : fillValue(file.text, hole, place.value, value)
      return completion(file.text, hole, offset, filling, { kind: 'snippet', value, documentation }, label)
    })
}

type EmptyPlace = { tree: Tree; node: Node } & (
  | { key: KeyHole; value?: undefined }
  | { key?: undefined; value: ValueHole }
)

/** Where an object may come to be: an empty document or item, or an object with nothing in it. */
function emptyPlace({ key, value, spot }: Hole): EmptyPlace | undefined {
  if (spot.isNamed || spot.isValue || spot.quote !== '') return undefined
  if (key) return key.object.properties.length === 0 ? { tree: key.tree, node: key.object, key } : undefined
  return value && { tree: value.tree, node: value.node, value }
}

function wantedKinds(around: Surroundings, tree: Tree, node: Node, asked: Asked): Snippet['kind'][] {
  const { file, hole } = around
  if (isConfigName(file.uri)) return []
  if (node.parent) return placeKinds(around, tree, node)
  if (tree.root !== node) return []
  const meant = meantBy(file.uri)
  const isAsked = asked.by === 'person' && hole.typed === ''
  const isNamed = /^wif/i.test(hole.typed)
  const all: Snippet['kind'][] = ['rule', 'issuer', 'pod', 'policy']
  if (meant.length === 1 && !isNamed) return meant
  return meant.length > 0 || isAsked || isNamed || hasEntities(file) ? all : []
}

function hasEntities({ issuers, rules, workloads }: WifFile): boolean {
  return issuers.length > 0 || rules.length > 0 || workloads.length > 0
}
