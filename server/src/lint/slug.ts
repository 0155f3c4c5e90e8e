import { type Node, toValue } from '../syntax/node.ts'
import { filledIn } from '../wif/placeholder.ts'
import type { Report } from './rule.ts'

const MAX_LENGTH = 255

/** `text` as the name of an issuer or a rule: `a-z`, `0-9` and `-`; empty when nothing of it is left. */
export function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_LENGTH)
    .replace(/^-+|-+$/g, '')
}

/** Reports a name that the service refuses; one that is not there, or not there yet, is fine. */
export function checkSlug(given: Node | undefined, whose: string, report: Report): void {
  const name = filledIn(given)
  if (!name) return
  const text = name.type === 'object' || name.type === 'array' ? '' : String(toValue(name))
  if (name.type === 'string' && /^[a-z0-9-]{1,255}$/.test(text)) return
  const to = slug(text)
  const fixes = to === '' ? [] : [{ title: `Rename to "${to}"`, safe: true, edits: [{ set: name, to }] }]
  report(name, `${whose} must be a string of 1 to ${MAX_LENGTH} characters \`a-z\`, \`0-9\` and \`-\``, {
    fixes,
  })
}
