import type { Range } from '../node.ts'
import { quoteAt } from '../write/values.ts'
import { type Found, isSeparator, isSpace, quoted, type Scan, type Spot, skipTrivia } from './spot.ts'

/** The token before the one that is looked at. */
interface Before {
  kind: 'open' | 'comma' | 'colon' | 'value'
  end: number
}

/** Reads JSON, or a flow collection of YAML, from the bracket at `from` until it closes or the cursor is reached. */
export function scanFlow(scan: Scan, from: number): Found {
  const { text, format, offset } = scan
  let before: Before = { kind: 'open', end: from }
  const open: string[] = []
  for (let at = from; ; ) {
    const next = skipTrivia(scan, at)
    if (next === 'nothing') return 'nothing'
    // A document has one value.
    if (offset <= next && open.length === 0 && next < text.length) return 'nothing'
    if (offset <= next) return emptyWord(scan, before, open)
    at = next
    const character = text[at]
    if (character === undefined) return { end: at }
    if (character === '{' || character === '[') {
      open.push(character)
      before = { kind: 'open', end: ++at }
    } else if (character === '}' || character === ']') {
      before = { kind: 'value', end: ++at }
      open.pop()
      if (open.length === 0 && format === 'yaml') return { end: at }
    } else if (character === ',' || (character === ':' && isColon(scan, at, before))) {
      before = { kind: character === ',' ? 'comma' : 'colon', end: ++at }
    } else {
      const token = isQuote(scan, at) ? quoted(scan, at) : plain(scan, at)
      if (token.start < offset && (offset < token.end || (offset === token.end && !token.closed)))
        return { spot: spotOf(scan, token, before, open) }
      at = token.end
      before = { kind: 'value', end: at }
    }
    if (before.kind === 'value' && before.end === offset) return 'nothing'
  }
}

function isQuote({ text, format }: Scan, at: number): boolean {
  return format === 'json' ? text[at] === '"' : quoteAt(text, at) !== ''
}

/** Behind something in quotes or brackets, a colon needs no blank. */
function isColon({ text, format }: Scan, at: number, before: Before): boolean {
  return format === 'json' || before.end === at || isSeparator(text, at, true)
}

function plain({ text, format }: Scan, start: number) {
  const json = format === 'json'
  let end = start + 1
  for (let at = start; at < text.length; at++) {
    const character = text[at] ?? ''
    if (at > start && /[,[\]{}\n\r]/.test(character)) break
    if (at > start && (json ? /[:"\s/]/.test(character) : isSeparator(text, at, true))) break
    if (!json && character === '#' && isSpace(text[at - 1])) break
    if (!isSpace(character)) end = at + 1
  }
  return { start, end, closed: false }
}

function emptyWord(scan: Scan, before: Before, open: readonly string[]): Found {
  const { offset, text } = scan
  if (before.kind === 'value' && !isSpace(text[offset - 1])) return 'nothing'
  return { spot: spotOf(scan, { start: offset, end: offset }, before, open) }
}

function spotOf(scan: Scan, { start, end }: Range, before: Before, open: readonly string[]): Spot {
  const { text, format } = scan
  const next = skipTrivia({ ...scan, offset: -1 }, end)
  const follower = typeof next === 'number' ? text[next] : undefined
  const isNamed =
    follower === ':' && start < end && before.kind !== 'colon' && (format === 'json' || isNamedAt(scan, end))
  return {
    word: { start, end },
    quote: isQuote(scan, start) ? quoteAt(text, start) : '',
    flow: true,
    isName: open.at(-1) === '{' && before.kind !== 'colon',
    isValue: before.kind === 'colon',
    isNamed,
    isGlued: before.kind === 'colon' && before.end === start,
    commaAt: before.kind === 'value' ? before.end : undefined,
    needsComma: !isNamed && follower !== undefined && !',]}'.includes(follower),
  }
}

function isNamedAt({ text }: Scan, end: number): boolean {
  const colon = text.indexOf(':', end)
  return colon === end || isSeparator(text, colon, true)
}
