/** `names` as code in a sentence: `a`, `b` and `c`. */
export function listed(names: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  const quoted = names.map(name => `\`${name}\``)
  const last = quoted.pop() ?? ''
  return quoted.length > 0 ? `${quoted.join(', ')} ${conjunction} ${last}` : last
}
