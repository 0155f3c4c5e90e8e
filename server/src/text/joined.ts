/** `parts` as in a sentence: a, b and c. */
export function joined(parts: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  const last = parts.at(-1) ?? ''
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} ${conjunction} ${last}`
}

/** `names` as code in a sentence: `a`, `b` and `c`. */
export function listed(names: readonly unknown[], conjunction: 'and' | 'or' = 'and'): string {
  return joined(
    names.map(name => `\`${name}\``),
    conjunction,
  )
}
