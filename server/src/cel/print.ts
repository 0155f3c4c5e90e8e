/** Writes pieces of CEL, for fixes and messages. */

const escapes: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', '\\': '\\\\' }

/** `value` as a CEL string literal in double quotes. */
export function quote(value: string): string {
  // Control characters may not stand in a string, and would be invisible if they did.
  const written = value.replace(
    /[\\"\p{Cc}]/gu,
    c => escapes[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `"${written}"`
}

// `claims.in` and `claims.true` do not parse: these four are keywords even after a dot.
const keywords = new Set(['in', 'true', 'false', 'null'])

/**
 * The claim at `path` as CEL: `['kubernetes.io', 'namespace']` is `claims["kubernetes.io"].namespace`.
 * @param path names of claims from the top, at least none (then `claims`)
 */
export function claim(path: string[]): string {
  const step = (name: string) =>
    /^[A-Za-z_]\w*$/.test(name) && !keywords.has(name) ? `.${name}` : `[${quote(name)}]`
  return `claims${path.map(step).join('')}`
}

/** `text` as the beginning of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
