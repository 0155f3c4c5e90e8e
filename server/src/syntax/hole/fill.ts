import type { TextEdit } from '../../text/edit.ts'
import type { Node, Tree } from '../node.ts'
import {
  below,
  blanksBefore,
  column,
  indentOf,
  insertion,
  lineBreak,
  lineStart,
  startsLine,
} from '../write/lines.ts'
import { blockStyle, flowStyle } from '../write/style.ts'
import {
  blockEntry,
  blockLines,
  blockValue,
  type FlowStyle,
  flowEntry,
  flowText,
  isFilled,
  scalarText,
  type Value,
} from '../write/values.ts'
import type { Hole, KeyHole, ValueHole } from './hole.ts'

/** What takes the place of the word at the cursor. */
export interface Filling extends TextEdit {
  /** Further insertions: a comma that was missing before. */
  more: TextEdit[]
}

/** A property in the hole of a text, in its style; where a colon follows already, only its name. */
export function fillKey(
  text: string,
  hole: Hole,
  { tree, object }: KeyHole,
  name: string,
  value: Value,
): Filling {
  const { spot } = hole
  const { word, quote, flow } = spot
  if (spot.isNamed) {
    const mark = hole.format === 'json' ? '"' : quote
    return { ...word, text: scalarText(name, mark, flow), more: [] }
  }
  if (!flow) {
    const [first = '', ...lines] = blockEntry(name, quote, value, blockStyle(tree))
    const at = column(text, word.start)
    return { ...word, text: first + below({ ...tree, text }, lines, at), more: [] }
  }
  const style = styleAt(text, hole, tree, object)
  const keyQuote = quote || style.keyQuote
  return inFlow(text, hole, flowEntry(name, value, { ...style, keyQuote }, lineIndent(text, hole)))
}

/** Properties in the hole that is the whole content of an object. */
export function fillObject(
  text: string,
  hole: Hole,
  { tree, object }: KeyHole,
  value: { [key: string]: Value },
): Filling {
  const { word, flow } = hole.spot
  if (!flow) {
    const lines = blockLines(value, blockStyle(tree))
    return { ...word, text: below({ ...tree, text }, lines, column(text, word.start)).trimStart(), more: [] }
  }
  const style = styleAt(text, hole, tree, object)
  return inLines(text, hole, style, indent =>
    Object.entries(value)
      .map(([key, item]) => flowEntry(key, item, style, indent))
      .join(`,${style.eol}${indent}`),
  )
}

/** What `write` writes at an indentation, on lines of its own: brackets that stand on one line open up. */
function inLines(
  text: string,
  hole: Hole,
  { step, eol }: FlowStyle,
  write: (indent: string) => string,
): Filling {
  const indent = lineIndent(text, hole)
  if (indent !== undefined) return inFlow(text, hole, write(indent))
  const outer = indentOf(text, hole.spot.word.start)
  return inFlow(text, hole, eol + outer + step + write(outer + step) + eol + outer)
}

/** A value in the hole of a text, in its style. */
export function fillValue(text: string, hole: Hole, { tree, node }: ValueHole, value: Value): Filling {
  const { word, quote, flow, isGlued, isValue } = hole.spot
  const space = isGlued ? ' ' : ''
  if (flow) {
    const style = styleAt(text, hole, tree, node)
    const quoted = { ...style, quote: quote || style.quote }
    // An object in a list of them has lines of its own.
    if (hole.format === 'json' && isFilled(value) && node.parent?.type === 'array')
      return inLines(text, hole, style, indent => flowText(value, quoted, indent))
    return inFlow(text, hole, space + flowText(value, quoted, lineIndent(text, hole)))
  }
  if (!isFilled(value)) {
    const scalar =
      typeof value === 'object' && value !== null ? flowText(value, FLOW) : scalarText(value, quote, false)
    return { ...word, text: space + scalar, more: [] }
  }
  const style = blockStyle(tree)
  if (!isValue) {
    const lines = below({ ...tree, text }, blockLines(value, style), column(text, word.start))
    return { ...word, text: lines.trimStart(), more: [] }
  }
  // Below the key, whose column is that of the first word of the line.
  const [, ...lines] = blockValue(value, style)
  const [indent = ''] = /^[ \uFEFF]*(?:- +)*/.exec(text.slice(lineStart(text, word.start), word.start)) ?? []
  return {
    start: blanksBefore(text, word.start),
    end: word.end,
    text: below({ ...tree, text }, lines, indent.length),
    more: [],
  }
}

const FLOW: FlowStyle = { quote: '', keyQuote: '', colon: ': ', comma: ', ', pad: ' ', step: '  ', eol: '\n' }

/** Found once for each place, however much may be written there. */
const styles = new WeakMap<Node, FlowStyle>()

function styleAt(text: string, { format }: Hole, tree: Tree, node: Node): FlowStyle {
  const style = styles.get(node) ?? flowStyle(tree, node)
  styles.set(node, style)
  return { ...style, eol: lineBreak(text), ...(format === 'json' && { quote: '"', keyQuote: '"' }) }
}

/** The indentation of the line of the word, if it or its key has the line to itself: then there is room below. */
function lineIndent(text: string, { spot: { word, isValue }, format }: Hole): string | undefined {
  if (format === 'yaml') return undefined
  const before = text.slice(lineStart(text, word.start), word.start)
  const isAlone = startsLine(text, word.start) || (isValue && /^\s*"[^"]*"\s*:\s*$/.test(before))
  return isAlone ? indentOf(text, word.start) : undefined
}

/** With the commas that are missing around it. */
function inFlow(text: string, { spot: { word, commaAt, needsComma } }: Hole, written: string): Filling {
  const behind = needsComma ? (/\s/.test(text[word.end] ?? ' ') ? ',' : ', ') : ''
  // Two edits at one place would have no order.
  if (commaAt === word.start) return { ...word, text: `, ${written}${behind}`, more: [] }
  return { ...word, text: written + behind, more: commaAt === undefined ? [] : [insertion(commaAt, ',')] }
}
