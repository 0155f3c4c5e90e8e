import type { Range } from '../node.ts'
import { blanksAfter, column, lineEnd, nextLine } from '../write/lines.ts'
import { quoteAt } from '../write/values.ts'
import { scanFlow } from './flow.ts'
import { type Found, isSeparator, isSpace, quoted, type Scan, type Spot } from './spot.ts'

/** Reads blocks of YAML line by line from `from` until the cursor is reached; undefined where nothing can be typed. */
export function scanBlocks(scan: Scan, from: number): Spot | undefined {
  const { text, offset } = scan
  /** Within a block scalar: its lines are indented by more than this. */
  let literal: number | undefined
  for (let start = from; start <= offset; ) {
    const end = lineEnd(text, start)
    const indent = blanksAfter(text, start) - start
    const isBlank = start + indent >= end
    if (literal !== undefined && (isBlank ? offset > end || offset - start > literal : indent > literal)) {
      if (offset <= end) return undefined
      start = nextLine(text, end)
      continue
    }
    const line = scanLine(scan, start)
    if (line === 'nothing') return undefined
    if ('spot' in line) return line.spot
    literal = isBlank ? literal : line.literal
    // Strings and brackets go on over lines.
    start = nextLine(text, line.end)
    if (line.end >= text.length) return undefined
  }
  return undefined
}

/** The header of a block scalar, whose lines are indented by more than `literal`. */
interface Literal {
  end: number
  literal: number
}

interface Token {
  end: number
  /** Of what follows. */
  role: Role
}

type Line = Exclude<Found, { end: number }> | { end: number; literal?: number }

/** Where in a line a token stands. */
interface Role {
  /** Of the last dash or key. */
  column: number
  isValue: boolean
  /** Nothing more can come but a comment. */
  isDone: boolean
}

/** Reads one line, and the further ones that a string or brackets in it go on over. */
function scanLine(scan: Scan, start: number): Line {
  const { text, offset } = scan
  let at = start + (/^(?:\uFEFF|---(?=[ \t\r\n]|$))/.exec(text.slice(start, start + 4))?.[0].length ?? 0)
  if (offset < at) return 'nothing'
  let role: Role = { column: -1, isValue: false, isDone: false }
  for (;;) {
    const before = at
    at = blanksAfter(text, at)
    const character = text[at]
    const isEnd = character === undefined || character === '\n' || character === '\r'
    const isComment = character === '#' && (at === start || isSpace(text[at - 1]))
    if (offset <= at) {
      const isFree = isEnd || (isComment && offset < at)
      if (role.isDone || !isFree) return 'nothing'
      return { spot: spotOf(scan, { start: offset, end: offset }, role, role.isValue && offset === before) }
    }
    if (isEnd) return { end: at }
    if (isComment) return offset <= lineEnd(text, at) ? 'nothing' : { end: lineEnd(text, at) }
    const found = scanToken(scan, at, role)
    if (found === 'nothing' || 'spot' in found || 'literal' in found) return found
    at = found.end
    role = found.role
  }
}

function scanToken(scan: Scan, at: number, role: Role): 'nothing' | { spot: Spot } | Literal | Token {
  const { text, offset } = scan
  const character = text[at] ?? ''
  const rest = lineEnd(text, at)
  if (/[-?]/.test(character) && !role.isValue && (at + 1 >= text.length || isSpace(text[at + 1])))
    return offset === at + 1 ? 'nothing' : { end: at + 1, role: { ...role, column: column(text, at) } }
  if (/[&*!]/.test(character)) {
    const end = at + (/^\S+/.exec(text.slice(at, rest))?.[0].length ?? 1)
    return offset <= end ? 'nothing' : { end, role: { ...role, isDone: character === '*' } }
  }
  if (character === '|' || character === '>')
    return offset <= rest ? 'nothing' : { end: rest, literal: role.column }
  if (character === '{' || character === '[') {
    const found = scanFlow(scan, at)
    return found === 'nothing' || 'spot' in found ? found : { ...found, role: { ...role, isDone: true } }
  }
  const token = quoteAt(text, at) === '' ? plain(text, at, role.isValue) : quoted(scan, at)
  const colon = blanksAfter(text, token.end)
  const isKey = isSeparator(text, colon, false) && !role.isValue
  if (offset < token.end || (offset === token.end && !token.closed))
    return { spot: spotOf(scan, token, role, false, isKey) }
  if (offset === token.end || (isKey && offset <= colon)) return 'nothing'
  if (!isKey) return { end: token.end, role: { ...role, isDone: true } }
  return { end: colon + 1, role: { column: column(text, at), isValue: true, isDone: false } }
}

/** A plain scalar, as far as it goes on this line. In a value, a colon at the end is half typed: `sts:`. */
function plain(text: string, start: number, isValue: boolean) {
  const limit = lineEnd(text, start)
  let end = start + 1
  for (let at = start; at < limit; at++) {
    if (at > start && !isValue && isSeparator(text, at, false)) break
    if (text[at] === '#' && isSpace(text[at - 1])) break
    if (!isSpace(text[at])) end = at + 1
  }
  return { start, end, closed: false }
}

function spotOf(
  { text }: Scan,
  { start, end }: Range,
  { isValue }: Role,
  isGlued: boolean,
  isNamed = false,
): Spot {
  const quote = start < end ? quoteAt(text, start) : ''
  return {
    word: { start, end },
    quote,
    flow: false,
    isName: false,
    isValue,
    isNamed,
    isGlued,
    commaAt: undefined,
    needsComma: false,
  }
}
