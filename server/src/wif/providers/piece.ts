/**
 * The end of the piece of `text` that begins at `from`: the first of the characters in `stops`, else
 * the end of the text. A placeholder (`<ns>`, `${NS:-default}`, `{{ .Values.ns }}`, `$(NS)`) is stepped
 * over as one; without its closing bracket it runs to the end, because the bracket may still come.
 */
export function pieceEnd(text: string, from: number, stops: string): number {
  let at = from
  while (at < text.length) {
    const closing = closingBracket(text, at)
    if (closing !== undefined) {
      const end = text.indexOf(closing, at + 1)
      if (end < 0) return text.length
      at = end + closing.length
    } else if (stops.includes(text.charAt(at))) {
      return at
    } else {
      at += 1
    }
  }
  return text.length
}

/** How the placeholder that begins at `at` must end. */
function closingBracket(text: string, at: number): string | undefined {
  switch (text.charAt(at)) {
    case '<':
      return '>'
    case '{':
      return text.charAt(at + 1) === '{' ? '}}' : undefined
    case '$':
      if (text.charAt(at + 1) === '(') return ')'
      if (text.charAt(at + 1) !== '{') return undefined
      return text.charAt(at + 2) === '{' ? '}}' : '}'
    default:
      return undefined
  }
}
