import { printable } from './printable.ts'

/**
 * What strangers wrote, as Markdown that says the same: none of it is a link, a picture, HTML, a new line, or calls
 * anybody where GitHub shows it.
 */

/** `text` as code. Not for tables, where a `|` ends the cell even in code. */
export function code(text: string): string {
  const shown = printable(text)
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(run => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = /^$|^[` ]|[` ]$/.test(shown) ? ' ' : ''
  return `${fence}${pad}${shown}${pad}${fence}`
}

/** `text` as code for the cell of a table, where HTML is shown. What `\|` means in code, renderers do not agree on. */
export function cellCode(text: string): string {
  if (!text.includes('|')) return code(text)
  const safe = printable(text).replace(/[^\p{L}\p{N}]/gu, character => `&#${character.codePointAt(0)};`)
  return `<code>${safe}</code>`
}

/** A sentence as the linter writes them: what it quotes, in double quotes or backticks, is code, all else is words. */
export function sentence(text: string): string {
  return text.replace(/"([^"]*)"|`([^`]+)`|[^"`]+|["`]/g, (part, quoted?: string, marked?: string) => {
    const value = quoted ?? marked
    return value ? code(value) : words(part)
  })
}

/** Behind these, GitHub makes links and calls people; something without a width comes between. */
const CALLS = /@|#(?=\d)|:(?=\/\/)|\bwww\.|\bGH-/gi

function words(text: string): string {
  return printable(text.replace(/\s+/g, ' '))
    .replace(/[\\`*_[\]<|~&$]|#(?!\d)/g, '\\$&')
    .replace(CALLS, '$&&#8203;')
}
