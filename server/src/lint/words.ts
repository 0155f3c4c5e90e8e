import { joined } from '../text/joined.ts'

/** `names` as code in a sentence: `a`, `b` and `c`. */
export function listed(names: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  return joined(
    names.map(name => `\`${name}\``),
    conjunction,
  )
}
