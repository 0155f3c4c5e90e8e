import { isAbsent, property } from '../syntax/node.ts'
import { type NodeEdit, put } from '../syntax/write.ts'
import type { FederationRule } from '../wif/rule.ts'

/** The edits that ask for more claims in the `claims` map; undefined where one is there, or the map is none. */
export function addClaims(
  { match, claims }: FederationRule,
  wanted: Record<string, string>,
): NodeEdit[] | undefined {
  if (!match) return undefined
  if (isAbsent(match, 'claims')) return [put(match, 'claims', wanted)]
  if (!claims || Object.keys(wanted).some(name => property(claims, name))) return undefined
  return Object.entries(wanted).map(([name, to]) => ({ insert: name, into: claims, to }))
}
