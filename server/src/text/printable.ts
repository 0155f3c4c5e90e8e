/** What is obeyed or hidden instead of shown: controls, direction marks, zero widths, halves of characters. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** `text` in one line, each hidden character as its escape: file names and values come from strangers. */
export function printable(text: string): string {
  return text.replace(HIDDEN, escapeOf)
}

/** `value` as a JSON document for people, in which hidden characters are written as their escapes. */
export function printableJson(value: unknown): string {
  const json = JSON.stringify(value, null, 2).replace(HIDDEN, hidden =>
    hidden === '\n'
      ? hidden
      : Array.from({ length: hidden.length }, (_, i) => unicodeEscape(hidden.charCodeAt(i))).join(''),
  )
  return `${json}\n`
}

function escapeOf(character: string): string {
  if (character === '\n') return '\\n'
  if (character === '\r') return '\\r'
  if (character === '\t') return '\\t'
  const code = character.codePointAt(0) ?? 0
  if (code <= 0xff) return `\\x${hex(code, 2)}`
  return code <= 0xffff ? unicodeEscape(code) : `\\u{${hex(code, 5)}}`
}

function unicodeEscape(code: number): string {
  return `\\u${hex(code, 4)}`
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0')
}
