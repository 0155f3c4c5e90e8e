import type { AccessMapResult, LocatedNode } from '../../../../server/src/lsp/access-map-protocol.ts'
import { grouped } from '../../../../server/src/text/grouped.ts'
import { type Html, html } from '../html.ts'
import { fill, type Words } from './words.ts'

/** One row of the map as a tree: issuers, their rules, and whom each admits to what; then who gets nowhere. */
export interface Row {
  /** Where it is in the tree; a workload may be in several places. */
  key: string
  /** Of the node it stands for; undefined for a heading. */
  id: string | undefined
  label: string
  node: LocatedNode | undefined
  children: Row[]
}

/** The whole map as rows, for those who would rather read it than look at it. */
export function rows(map: AccessMapResult, words: Words): Row[] {
  const byId = new Map(map.nodes.map(node => [node.id, node]))
  const rulesOf = grouped(
    map.nodes.filter(({ kind }) => kind === 'rule'),
    rule => rule.issuer,
  )
  const ends = new Map<string, Row[]>()
  const admitted = new Set<string>()
  for (const { from, to, how } of map.edges) {
    const [rule, end] = how === 'gives' ? [from, byId.get(to)] : [to, byId.get(from)]
    if (!end) continue
    if (how === 'admitted' || how === 'possible') admitted.add(from)
    const label = `${words.how[how]}: ${end.title}`
    ends.set(rule, [...(ends.get(rule) ?? []), row(`${rule} ${end.id}`, end, label, [])])
  }
  const issuers = map.nodes
    .filter(({ kind }) => kind === 'issuer')
    .map(issuer =>
      row(
        issuer.id,
        issuer,
        `${words.kinds.issuer} ${issuer.title}`,
        (rulesOf.get(issuer.id) ?? []).map(rule =>
          row(rule.id, rule, `${words.kinds.rule} ${rule.title}`, ends.get(rule.id) ?? []),
        ),
      ),
    )
  const nowhere = map.nodes
    .filter(({ id, kind }) => kind === 'source' && !admitted.has(id))
    .map(source => row(`nowhere ${source.id}`, source, source.title, []))
  if (nowhere.length === 0) return issuers
  const heading = { key: 'nowhere', id: undefined, label: words.noAccess, node: undefined, children: nowhere }
  return [...issuers, heading]
}

function row(key: string, node: LocatedNode, label: string, children: Row[]): Row {
  return { key, id: node.id, label, node, children }
}

/** The rows as a tree of the accessibility kind; of closed ones the children are left out. */
export function tree(all: readonly Row[], open: ReadonlySet<string>, words: Words): Html {
  return html`<ul role="tree" aria-label="${words.title}">${items(all, open, words, 1)}</ul>`
}

function items(all: readonly Row[], open: ReadonlySet<string>, words: Words, level: number): Html[] {
  return all.map(({ key, id, label, node, children }, i) => {
    const isOpen = open.has(key)
    const severity = node?.severity
    const expanded = children.length > 0 && html` aria-expanded="${isOpen ? 'true' : 'false'}"`
    return html`<li role="treeitem" tabindex="-1" data-key="${key}" data-select="${id ?? ''}" aria-level="${level}" aria-posinset="${i + 1}" aria-setsize="${all.length}"${expanded}><span class="row"><span class="twist" aria-hidden="true">${children.length > 0 && (isOpen ? '▾' : '▸')}</span><span>${label}</span>${children.length > 0 && html` <span class="count">(${children.length})</span>`}${severity && html` <span class="mark ${severity}" role="img" aria-label="${fill(words.findingCount, node?.findings.length ?? 0)}, ${words.severities[severity]}"></span>`}${node?.detail && html` <span class="muted">${node.detail}</span>`}</span>${children.length > 0 && isOpen && html`<ul role="group">${items(children, open, words, level + 1)}</ul>`}</li>`
  })
}
