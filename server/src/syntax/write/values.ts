import { stringify } from 'yaml'

export type Value = string | number | boolean | null | Value[] | { [key: string]: Value }

// --- scalars -----------------------------------------------------------------------------------------------

/** How a string is quoted; '' when it is plain as far as that can be. */
export type Quote = '"' | "'" | ''

/** The quote at `offset`. */
export function quoteAt(text: string, offset: number): Quote {
  const character = text[offset]
  return character === '"' || character === "'" ? character : ''
}

/** Line breaks, control characters and halves of surrogate pairs, which only double quotes can hold. */
const UNPRINTABLE = /[\p{Cc}\p{Surrogate}\u2028\u2029\ufeff]/u
/** What ends a plain scalar within a flow collection. */
const FLOW_INDICATOR = /[,[\]{}]/

/** `value` on one line of YAML, or with double quotes of JSON; `flow` for the inside of a flow collection. */
export function scalarText(value: string | number | boolean | null, quote: Quote, flow: boolean): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  if (quote === '"' || UNPRINTABLE.test(value)) return JSON.stringify(value)
  if (quote === "'") return `'${value.replaceAll("'", "''")}'`
  const plain = stringify(value, PLAIN).slice(0, -1)
  // As a key of a map that YAML 1.1 reads, `<<` would merge.
  return plain !== value || (flow && FLOW_INDICATOR.test(value)) || value === '<<'
    ? JSON.stringify(value)
    : value
}

/** Quotes what YAML 1.1 reads otherwise too (`yes`, `0777`, `2e848593`): kubectl still speaks it. */
const PLAIN = { lineWidth: 0, compat: 'yaml-1.1' } as const

export function isCollection(value: Value): value is Value[] | { [key: string]: Value } {
  return typeof value === 'object' && value !== null
}

// --- collections -------------------------------------------------------------------------------------------

/** How JSON and YAML flow collections are written in a file. */
export interface FlowStyle {
  quote: Quote
  keyQuote: Quote
  colon: string
  comma: string
  /** Inside the braces of an object on one line. */
  pad: string
  /** One level of indentation. */
  step: string
  eol: string
}

/** `value` over several lines, all but the first indented by `indent`; on one line without it. */
export function flowText(value: Value, style: FlowStyle, indent?: string): string {
  if (!isCollection(value)) return scalarText(value, style.quote, true)
  const list = Array.isArray(value)
  const inner = indent === undefined ? undefined : indent + style.step
  const entries = list
    ? value.map(item => flowText(item, style, inner))
    : Object.entries(value).map(([key, item]) => flowEntry(key, item, style, inner))
  const [open, close] = list ? '[]' : '{}'
  if (entries.length === 0) return `${open}${close}`
  const pad = list ? '' : style.pad
  if (indent === undefined) return `${open}${pad}${entries.join(style.comma)}${pad}${close}`
  const lines = entries.join(`,${style.eol}${inner}`)
  return `${open}${style.eol}${inner}${lines}${style.eol}${indent}${close}`
}

/** A property as `flowText` writes it. */
export function flowEntry(key: string, value: Value, style: FlowStyle, indent?: string): string {
  return scalarText(key, style.keyQuote, true) + style.colon + flowText(value, style, indent)
}

/** How YAML block collections are written in a file. */
export interface BlockStyle {
  /** Columns of one level of indentation. */
  step: number
  /** Whether a list stands deeper than its key. */
  indentLists: boolean
}

/** The lines of `value` as a block, without the indentation they all share. */
export function blockLines(value: Value, style: BlockStyle): string[] {
  if (!isFilled(value)) return [leafText(value)]
  if (!Array.isArray(value))
    return Object.entries(value).flatMap(([key, item]) => blockEntry(key, '', item, style))
  return value.flatMap(item => blockLines(item, style).map((line, i) => (i === 0 ? '- ' : '  ') + line))
}

/** The lines of a property. */
export function blockEntry(key: string, quote: Quote, value: Value, style: BlockStyle): string[] {
  const [behindColon, ...below] = blockValue(value, style)
  return [`${scalarText(key, quote, false)}:${behindColon}`, ...below]
}

/** What follows the colon of a key, and the lines below it, indented as against the key. */
export function blockValue(value: Value, style: BlockStyle): [behindColon: string, ...below: string[]] {
  if (!isFilled(value)) return [` ${leafText(value)}`]
  const indent = ' '.repeat(Array.isArray(value) && !style.indentLists ? 0 : style.step)
  return ['', ...blockLines(value, style).map(line => indent + line)]
}

/** A collection with something in it: an empty one has no form as a block. */
export function isFilled(value: Value): value is Value[] | { [key: string]: Value } {
  return isCollection(value) && Object.keys(value).length > 0
}

function leafText(value: Value): string {
  if (isCollection(value)) return Array.isArray(value) ? '[]' : '{}'
  return scalarText(value, '', false)
}
