/** JSON's strings, and YAML's plain and quoted scalars: which character of the value comes from where. See `scalar.ts`. */

import { emit, type Units } from './units.ts'

const lineBreak = /[ \t]*(?:\r?\n[ \t]*)+/y
const escapes: Record<string, string> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
}

/** A plain or quoted scalar, whose inner text is from `start` to `end`. JSON's strings are a subset of YAML's. */
export function flowUnits(text: string, start: number, end: number, quote: '"' | "'" | ''): Units {
  const units: Units = { value: '', starts: [], ends: [] }
  for (let at = start; at < end; ) {
    lineBreak.lastIndex = at
    const broken = lineBreak.exec(text)?.[0]
    if (broken) at = fold(units, broken, at)
    else if (quote === '"' && text[at] === '\\') at = escaped(units, text, at)
    else if (quote === "'" && text[at] === "'") {
      emit(units, "'", at, at + 2)
      at += 2
    } else {
      emit(units, text[at] ?? '', at, at + 1)
      at++
    }
  }
  return units
}

/** One line break is a space; each blank line more is a line break of the value. */
function fold(units: Units, broken: string, at: number): number {
  const breaks = [...broken.matchAll(/\r?\n/g)]
  if (breaks.length === 1) emit(units, ' ', at, at + broken.length)
  for (const { 0: found, index } of breaks.slice(1)) emit(units, '\n', at + index, at + index + found.length)
  return at + broken.length
}

function escaped(units: Units, text: string, at: number): number {
  const code = /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(text.slice(at, at + 10))
  if (code) {
    const point = Number.parseInt(code[1] ?? code[2] ?? code[3] ?? '', 16)
    // A larger one is no character, so the parser has complained.
    if (point <= 0x10ffff) emit(units, String.fromCodePoint(point), at, at + code[0].length)
    return at + code[0].length
  }
  // An escaped line break is nothing, and the next line's indent neither.
  const joined = /^\\\r?\n[ \t]*/.exec(text.slice(at))
  if (joined) return at + joined[0].length
  const c = text[at + 1] ?? ''
  emit(units, escapes[c] ?? c, at, at + 2)
  return at + 2
}
