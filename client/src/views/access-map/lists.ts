import type { LocatedNode } from '../../../../server/src/lsp/access-map-protocol.ts'
import { type Html, html } from '../html.ts'
import { prose } from '../prose.ts'
import type { How } from './shown.ts'
import { fill, type Words } from './words.ts'

/** A node in a list, and how it is connected with what the list is about. */
export type Listed = LocatedNode & { how?: How; why?: string | undefined }

/** Nodes to select, below a title; nothing when there are none. Of more than `most` the rest is counted. */
export function nodeList(title: string, nodes: readonly Listed[], words: Words, most = 40): Html | false {
  if (nodes.length === 0) return false
  return html`<section>${heading(title, nodes.length)}<ul class="nodes">${nodes
    .slice(0, most)
    .map(
      node =>
        html`<li>${nodeLink(node)}${node.severity && html` <span class="mark ${node.severity}" role="img" aria-label="${words.severities[node.severity]}"></span>`}${node.how === 'possible' && html` <span class="muted">${words.how.possible}</span>`}${node.why && html`<p class="muted">${prose(node.why)}</p>`}</li>`,
    )}</ul>${rest(nodes.length, most, words)}</section>`
}

/** A finding of a node by its number there, and how many more are like it. */
export interface ListedFinding {
  node: LocatedNode
  number: number
  alike: number
}

/**
 * Findings to open, below a title; nothing when there are none.
 * @param named whether each says whose it is
 */
export function findingList(
  title: string,
  findings: readonly ListedFinding[],
  words: Words,
  { named, most = findings.length }: { named: boolean; most?: number },
): Html | false {
  if (findings.length === 0) return false
  const count = findings.reduce((sum, { alike }) => sum + 1 + alike, 0)
  return html`<section>${heading(title, count)}<ul class="findings">${findings
    .slice(0, most)
    .map(each => findingItem(each, words, named))}</ul>${rest(findings.length, most, words)}</section>`
}

function findingItem({ node, number, alike }: ListedFinding, words: Words, named: boolean): Html {
  const finding = node.findings[number]
  if (!finding) return html``
  const { rule, severity, message } = finding
  return html`<li class="${severity}"><span class="mark" role="img" aria-label="${words.severities[severity]}"></span><span>${named && html`${nodeLink(node)}: `}${prose(message)} <code class="muted">${rule}</code> <button class="link" data-open="${node.id}" data-finding="${number}" aria-label="${fill(words.show, message)}">${words.open}</button>${alike > 0 && html` <span class="muted">${fill(words.more, alike)}</span>`}</span></li>`
}

function heading(title: string, count: number): Html {
  return html`<h3>${title} <span class="count">${count}</span></h3>`
}

function nodeLink({ id, title }: LocatedNode): Html {
  return html`<button class="link" data-select="${id}">${title}</button>`
}

function rest(count: number, most: number, words: Words): Html | false {
  return count > most && html`<p class="muted">${fill(words.more, count - most)}</p>`
}
