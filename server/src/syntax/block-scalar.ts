/** YAML's block scalars, `|` and `>`: which character of the value comes from where. See `scalar.ts`. */

import { emit, type Units } from './units.ts'

export type Block = '|' | '>'

interface Line {
  /** Where its text starts, where it ends, and where the line break after it does. */
  start: number
  end: number
  next: number
  /** Spaces before its first other character; all of it if there is none. */
  indent: number
  blank: boolean
}

/**
 * Every way to read the block scalar that starts with `style` at `start`; `end` is behind its last visible
 * character. More than one when its header counts its indent from a parent's that is not known here.
 */
export function* blockUnits(text: string, start: number, end: number, style: Block): Generator<Units> {
  const header = /^.([-+]?)([1-9]?)([-+]?)[ \t]*(?:#[^\r\n]*)?(?:\r?\n|$)/.exec(
    text.slice(start, start + 1000),
  )
  if (!header) return
  const chomp = header[1] || header[3] || ''
  const lines = [...linesOf(text, start + header[0].length, end)]
  const first = lines.find(line => !line.blank)
  const deepest = first?.indent ?? Math.max(0, ...lines.map(line => line.indent))
  // Spaces that a stated indent leaves over are part of the value.
  for (let indent = deepest; indent >= (header[2] ? 0 : deepest); indent--) {
    // At the end, a line of more spaces than the indent is text by the specification; the parser wavers.
    const visible = lines.findLastIndex(line => !line.blank)
    const filled = lines.findLastIndex(line => line.start + indent < line.end)
    for (let last = filled; last >= Math.max(visible, filled - 8); last--)
      yield read(text, lines, last, indent, chomp, style)
  }
}

/** The lines from `start` on up to the one that `end` is in, and the blank ones after it. */
function* linesOf(text: string, start: number, end: number): Generator<Line> {
  for (let at = start; at < text.length; ) {
    const newline = text.indexOf('\n', at)
    const next = newline < 0 ? text.length : newline + 1
    const stop = newline < 0 ? text.length : text[newline - 1] === '\r' ? newline - 1 : newline
    const content = text.slice(at, Math.max(at, stop))
    const indent = /^ */.exec(content)?.[0].length ?? 0
    const line = { start: at, end: Math.max(at, stop), next, indent, blank: indent === content.length }
    if (at >= end && !line.blank) return
    yield line
    at = next
  }
}

function read(text: string, lines: Line[], last: number, indent: number, chomp: string, style: Block): Units {
  const units: Units = { value: '', starts: [], ends: [] }
  let breaks: Line[] = []
  /** What the text before the line breaks was: none yet, a plain line, or one that is indented more. */
  let before: 'none' | 'plain' | 'indented' = 'none'
  for (const line of lines.slice(0, last + 1)) {
    const from = Math.min(line.start + indent, line.end)
    if (from < line.end) {
      const indented = text[from] === ' ' || text[from] === '\t'
      separate(units, breaks, style === '>' && before === 'plain' && !indented)
      for (let at = from; at < line.end; at++) emit(units, text[at] ?? '', at, at + 1)
      before = indented ? 'indented' : 'plain'
      breaks = []
    }
    breaks.push(line)
  }
  if (chomp === '+') keep(units, [...breaks, ...lines.slice(last + 1)])
  else if (chomp === '' && before !== 'none') separate(units, breaks, false)
  return units
}

/** The line breaks between two lines of text. Folded, the first of them is only a space, or nothing before others. */
function separate(units: Units, breaks: Line[], folded: boolean): void {
  if (folded && breaks.length === 1) {
    for (const line of breaks) emit(units, ' ', line.end, line.next)
    return
  }
  for (const line of folded ? breaks.slice(1) : breaks) emit(units, '\n', line.end, line.next)
}

/** All line breaks at the end. */
function keep(units: Units, lines: Line[]): void {
  for (const line of lines) {
    // The last line of a file may lack its break, and has one in the value all the same.
    if (line.next > line.end || units.value.at(-1) !== '\n') emit(units, '\n', line.end, line.next)
  }
}
