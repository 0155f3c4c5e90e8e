import { property } from '../syntax/node.ts'
import type { NodeEdit } from '../syntax/write.ts'
import type { FederationRule } from '../wif/rule.ts'

/** The edits that ask for more claims in the `claims` map; undefined where one is there, or the map is none. */
export function addClaims(
  { match, claims }: FederationRule,
  wanted: Record<string, string>,
): NodeEdit[] | undefined {
  if (!match) return undefined
  const given = property(match, 'claims')
  if (!given) return [{ insert: 'claims', into: match, to: wanted }]
  if (given.value.type === 'null') return [{ set: given.value, to: wanted }]
  if (!claims || Object.keys(wanted).some(name => property(claims, name))) return undefined
  return Object.entries(wanted).map(([name, to]) => ({ insert: name, into: claims, to }))
}
