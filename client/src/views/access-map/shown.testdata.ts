import type { AccessMapResult, LocatedNode } from '../../../../server/src/lsp/access-map-protocol.ts'

/** A node of a map, with what a test does not care about left empty. */
export function node(id: string, kind: LocatedNode['kind'], more: Partial<LocatedNode> = {}): LocatedNode {
  const place = {
    uri: 'file:///a.yaml',
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  }
  return {
    id,
    kind,
    title: id,
    detail: '',
    group: undefined,
    issuer: undefined,
    facts: [],
    findings: [],
    severity: undefined,
    place,
    archived: false,
    ...more,
  }
}

export const edge = (
  from: string,
  to: string,
  how: AccessMapResult['edges'][number]['how'] = 'admitted',
  why?: string,
) => ({ from, to, how, why })

/** So many workloads in 5 namespaces, rules under 3 issuers and accounts that these give. */
export function mapOf(sources: number, rules: number, accounts: number): AccessMapResult {
  const range = (count: number) => Array.from({ length: count }, (_, i) => i)
  return {
    nodes: [
      ...range(sources).map(i => node(`s${i}`, 'source', { group: `ns${i % 5}` })),
      ...range(3).map(i => node(`i${i}`, 'issuer')),
      ...range(rules).map(i => node(`r${i}`, 'rule', { issuer: `i${i % 3}` })),
      ...range(accounts).map(i => node(`a${i}`, 'account')),
    ],
    edges: [
      ...(rules > 0 ? range(sources).map(i => edge(`s${i}`, `r${(i * 7) % rules}`)) : []),
      ...(accounts > 0 ? range(rules).map(i => edge(`r${i}`, `a${i % accounts}`, 'gives')) : []),
    ],
    omitted: 0,
  }
}
