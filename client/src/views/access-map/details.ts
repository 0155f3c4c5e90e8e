import type { AccessMapResult, LocatedNode } from '../../../../server/src/lsp/access-map-protocol.ts'
import { type Html, html } from '../html.ts'
import { findingList, type Listed, type ListedFinding, nodeList } from './lists.ts'
import type { Frame, How, Shown } from './shown.ts'
import type { Words } from './words.ts'

/** What is known of a box, for the panel beside the picture. Its buttons say what they are for in `data-` attributes. */
export function details(id: string, map: AccessMapResult, { boxes, frames }: Shown, words: Words): Html {
  const box = boxes.find(each => each.id === id)
  const frame = frames.find(each => each.id === id)
  const node = box?.node
  if (!box) return html``
  const around = frames.find(each => each.id !== id && each.id === box.frame)
  return html`<p><button class="link" data-act="clear">‹ ${words.overview}</button></p>
    <h2>${box.title}</h2>
    <p class="muted">${[node ? words.kinds[node.kind] : words.group, ...(node?.archived ? [words.archived] : [])].join(', ')}</p>
    ${box.idle && node && html`<p class="note">${words.idle[box.column]}</p>`}
    <p class="buttons">${node?.place && html`<button class="primary" data-open="${id}">${words.open}</button>`}${toggle(frame, words)}${around && !around.id.startsWith('issuer') && toggle(around, words)}</p>
    ${node && facts(node, words)}
    ${node && findingList(words.findings, findings(node), words, { named: false })}
    ${node && relations(node, map, words)}
    ${frame && nodeList(words.contains, frame.members, words)}`
}

function toggle(frame: Frame | undefined, words: Words): Html | undefined {
  if (!frame || frame.members.length === 0) return undefined
  return html`<button data-toggle="${frame.id}">${frame.open ? words.collapse : words.expand}</button>`
}

function facts({ facts: all }: LocatedNode, words: Words): Html | false {
  if (all.length === 0) return false
  const value = (name: string, text: string) =>
    name === 'workspace' && text === '*' ? words.everyWorkspace : text
  return html`<dl>${all.map(
    ({ name, value: text }) => html`<dt>${words.facts[name]}</dt><dd><code>${value(name, text)}</code></dd>`,
  )}</dl>`
}

function findings(node: LocatedNode): ListedFinding[] {
  return node.findings.map((_, number) => ({ node, number, alike: 0 }))
}

function relations(node: LocatedNode, map: AccessMapResult, words: Words): Html[] {
  const byId = new Map(map.nodes.map(each => [each.id, each]))
  const to = (how: How[], side: 'from' | 'to') => {
    const other = side === 'from' ? 'to' : 'from'
    const found = map.edges.filter(edge => how.includes(edge.how) && edge[side] === node.id)
    return found.flatMap(edge => {
      const end = byId.get(edge[other])
      return end ? [{ node: end, how: edge.how, why: edge.why }] : []
    })
  }
  const plain = (ends: readonly End[]): Listed[] =>
    ends.map(({ node: end, how, why }) => ({ ...end, how, why }))
  const open: How[] = ['admitted', 'possible']
  const issuer = node.issuer === undefined ? undefined : byId.get(node.issuer)
  const lists: Record<LocatedNode['kind'], () => (Html | false)[]> = {
    source: () => [
      nodeList(words.admittedBy, plain(to(open, 'from')), words),
      nodeList(words.deniedBy, plain(to(['denied'], 'from')), words),
    ],
    issuer: () => [],
    rule: () => [
      issuer !== undefined && nodeList(words.issuer, [issuer], words),
      nodeList(words.admits, plain(to(open, 'to')), words),
      nodeList(words.denies, plain(to(['denied'], 'to')), words),
      nodeList(words.gives, plain(to(['gives'], 'from')), words),
    ],
    account: () => {
      const rules = to(['gives'], 'to').map(({ node: rule }) => rule)
      const ids = new Set(rules.map(({ id }) => id))
      const sources = map.edges.flatMap(edge => (ids.has(edge.to) ? (byId.get(edge.from) ?? []) : []))
      return [nodeList(words.givenBy, rules, words), nodeList(words.reachedBy, [...new Set(sources)], words)]
    },
  }
  return lists[node.kind]().flatMap(each => each || [])
}

interface End {
  node: LocatedNode
  how: How
  why: string | undefined
}
