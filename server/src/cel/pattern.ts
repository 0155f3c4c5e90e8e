/** What an RE2 pattern lets through, as far as a linter can say: its anchors, and the texts it spells out. */

/** One place in a pattern: a character, a choice, or something that is not one text. */
type Item =
  | { kind: 'char'; char: string }
  | { kind: 'start' | 'end' }
  | { kind: 'choice'; sequences: Item[][] }
  /** `.*` and `.+`: any text. */
  | { kind: 'anything' }
  | { kind: 'other' }

export interface PatternShape {
  /**
   * What the pattern amounts to: `^a$` is `equals` "a", `^a.*` is `startsWith` "a", `a` is `contains` "a"; `matches`
   * is what cannot be said so.
   */
  kind: 'equals' | 'startsWith' | 'endsWith' | 'contains' | 'matches'
  /** For every kind but `matches`: the texts, of which any will do. For `matches`: what a match begins with, if known. */
  values: string[]
  /** Whether a match always begins, and ends, where the text does. */
  anchoredStart: boolean
  anchoredEnd: boolean
  /** Offsets of every `.` in the pattern that stands for one character and may be meant literally. */
  dots: number[]
}

/** The shape of `source`, a pattern that compiles. Never throws. */
export function shapeOf(source: string): PatternShape {
  const reader: Reader = { source, at: 0, dots: [], flags: '' }
  const shapes = shapesOf(choice(reader))
  const [first] = shapes
  // With the flag `m` an anchor also holds at a line's end; with `i` a letter is not one text.
  const lines = reader.flags.includes('m')
  const anchoredStart = !lines && shapes.every(s => s.anchoredStart)
  const anchoredEnd = !lines && shapes.every(s => s.anchoredEnd)
  const opaque = { kind: 'matches' as const, values: [], anchoredStart, anchoredEnd, dots: reader.dots }
  if (/[im]/.test(reader.flags) || !first || reader.at < source.length) return opaque
  if (!shapes.every(s => s.kind === first.kind && s.values.length > 0)) return opaque
  return { ...opaque, kind: first.kind, values: [...new Set(shapes.flatMap(s => s.values))] }
}

/** A shape for each alternative; `(^a$|^b$)` has the same as without parentheses. */
function shapesOf(sequences: Item[][]): Shape[] {
  return sequences.flatMap(items => {
    const [only, ...more] = items.filter(
      at => !(at.kind === 'choice' && at.sequences.every(s => s.length === 0)),
    )
    if (only?.kind === 'choice' && more.length === 0) return shapesOf(only.sequences)
    return [shapeOfSequence(only ? [only, ...more] : [])]
  })
}

interface Reader {
  source: string
  at: number
  dots: number[]
  /** All that are set anywhere. */
  flags: string
}

/** `a|b|c`, up to `)` or the end. */
function choice(reader: Reader): Item[][] {
  const sequences: Item[][] = [[]]
  while (reader.at < reader.source.length && reader.source[reader.at] !== ')') {
    if (reader.source[reader.at] === '|') {
      reader.at++
      sequences.push([])
      continue
    }
    sequences.at(-1)?.push(repeated(item(reader), reader))
  }
  return sequences
}

function item(reader: Reader): Item {
  const { source, at } = reader
  const c = source[at] ?? ''
  reader.at++
  if (c === '^') return { kind: 'start' }
  if (c === '$') return { kind: 'end' }
  if (c === '(') return group(reader)
  if (c === '[') return take(reader, at, /\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]/suy)
  if (c === '\\') return escaped(reader, at)
  if (c !== '.') return { kind: 'char', char: c }
  if (/^[*+]/.test(source.slice(reader.at))) {
    take(reader, reader.at, /[*+]\??/y)
    return { kind: 'anything' }
  }
  if (!/^[?{]/.test(source.slice(reader.at))) reader.dots.push(at)
  return { kind: 'other' }
}

/** Skips what `form` finds at `at`. */
function take(reader: Reader, at: number, form: RegExp): Item {
  form.lastIndex = at
  reader.at = at + (form.exec(reader.source)?.[0].length ?? 1)
  return { kind: 'other' }
}

function escaped(reader: Reader, at: number): Item {
  const c = reader.source[at + 1] ?? ''
  reader.at = at + 2
  if (c === 'A') return { kind: 'start' }
  if (c === 'z') return { kind: 'end' }
  if (!/\w/.test(c)) return { kind: 'char', char: c }
  // `\Q…\E` is literal text, but too rare to follow.
  if (c === 'Q') return take(reader, at, /\\Q.*?(?:\\E|$)/sy)
  return take(reader, at, /\\(?:[pP](?:\{[^}]*\}|.)|x(?:\{[^}]*\}|..)|.)/sy)
}

function group(reader: Reader): Item {
  const opened = /^\?(?:P?<\w+>|([a-zA-Z-]*)([:)]))/.exec(reader.source.slice(reader.at, reader.at + 80))
  if (opened) {
    reader.at += opened[0].length
    reader.flags += opened[1] ?? ''
    if (opened[2] === ')') return { kind: 'choice', sequences: [[]] }
  }
  const sequences = choice(reader)
  reader.at++
  return { kind: 'choice', sequences }
}

/** What follows an item to repeat it makes it no longer one text. */
function repeated(found: Item, reader: Reader): Item {
  const before = reader.at
  take(reader, before, /(?:[*+?]|\{\d+(?:,\d*)?\})\??/y)
  const c = reader.source[before] ?? ''
  if (/[*+?]/.test(c) || /^\{\d/.test(reader.source.slice(before, before + 2))) return { kind: 'other' }
  reader.at = before
  return found
}

type Shape = Omit<PatternShape, 'dots'>

function shapeOfSequence(items: Item[]): Shape {
  const anchored = { start: items[0]?.kind === 'start', end: items.at(-1)?.kind === 'end' }
  let middle = items.slice(anchored.start ? 1 : 0, anchored.end ? -1 : undefined)
  // `^.*a` finds `a` anywhere, just as `a` does.
  const open = { start: middle[0]?.kind === 'anything', end: middle.at(-1)?.kind === 'anything' }
  const anchoredStart = anchored.start && !open.start
  const anchoredEnd = anchored.end && !open.end
  middle = middle.slice(open.start ? 1 : 0, open.end && middle.length > 1 ? -1 : undefined)
  const texts = textsOf(middle)
  if (!texts)
    return { kind: 'matches', values: anchoredStart ? prefixes(middle) : [], anchoredStart, anchoredEnd }
  const kind = anchoredStart ? (anchoredEnd ? 'equals' : 'startsWith') : anchoredEnd ? 'endsWith' : 'contains'
  return { kind, values: texts, anchoredStart, anchoredEnd }
}

const mostTexts = 50

/** All texts that `items` spell, undefined if they are not so, or too many. */
function textsOf(items: Item[]): string[] | undefined {
  let texts = ['']
  for (const at of items) {
    const ends =
      at.kind === 'char' ? [at.char] : at.kind === 'choice' ? textsOfChoice(at.sequences) : undefined
    if (!ends || ends.length * texts.length > mostTexts) return undefined
    texts = texts.flatMap(text => ends.map(end => text + end))
  }
  return texts
}

function textsOfChoice(sequences: Item[][]): string[] | undefined {
  const texts = sequences.map(textsOf)
  return texts.every(t => t !== undefined) ? texts.flat() : undefined
}

/** What every match begins with: the texts of the items up to the first that is not one. */
function prefixes(items: Item[]): string[] {
  let length = items.findIndex(at => textsOf([at]) === undefined)
  if (length < 0) length = items.length
  const texts = textsOf(items.slice(0, length))
  return texts?.every(text => text !== '') ? texts : []
}
