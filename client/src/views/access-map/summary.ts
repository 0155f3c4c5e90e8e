import { SEVERITIES } from '../../../../server/src/lint/rule.ts'
import type { AccessMapResult } from '../../../../server/src/lsp/access-map-protocol.ts'
import { type Html, html } from '../html.ts'
import { findingList, type ListedFinding, nodeList } from './lists.ts'
import { idleNodes } from './shown.ts'
import type { Words } from './words.ts'

/** Of each list the rest is counted: the search finds it. */
const MOST = 8
const KINDS = ['source', 'rule', 'issuer', 'account'] as const

/** What the whole map comes to, for the panel beside it while nothing is selected. */
export function summary(map: AccessMapResult, words: Words): Html {
  const of = (kind: (typeof KINDS)[number]) => map.nodes.filter(node => node.kind === kind)
  const idle = idleNodes(map)
  const unused = (kind: 'source' | 'rule') => of(kind).filter(({ id }) => idle.has(id))
  const findings = worstFirst(map)
  return html`<h2>${words.overview}</h2>
    <dl class="counts">${KINDS.map(kind => html`<dt>${words.plurals[kind]}</dt><dd>${of(kind).length}</dd>`)}</dl>
    ${findingList(words.findings, findings, words, { named: true, most: MOST })}
    ${findings.length === 0 && html`<p class="note muted">${words.noFindings}</p>`}
    ${nodeList(words.unusedRules, unused('rule'), words, MOST)}
    ${nodeList(words.noAccess, unused('source'), words, MOST)}`
}

/** One finding of each lint rule, the worst first. */
function worstFirst({ nodes }: AccessMapResult): ListedFinding[] {
  const byRule = new Map<string, ListedFinding & { rank: number }>()
  for (const node of nodes)
    for (const [number, { rule, severity }] of node.findings.entries()) {
      const rank = SEVERITIES.indexOf(severity)
      const known = byRule.get(rule)
      const alike = known ? known.alike + 1 : 0
      byRule.set(rule, known && known.rank <= rank ? { ...known, alike } : { node, number, alike, rank })
    }
  return [...byRule.values()].sort((a, b) => a.rank - b.rank)
}
