import { SEVERITIES } from '../../../../server/src/lint/rule.ts'
import type { AccessMapResult, LocatedNode } from '../../../../server/src/lsp/access-map-protocol.ts'

export type Severity = NonNullable<LocatedNode['severity']>
export type Column = 'source' | 'rule' | 'account'
export type How = AccessMapResult['edges'][number]['how']

/** What is drawn of a map: boxes in three columns, some of them in frames. */
export interface Shown {
  boxes: Box[]
  frames: Frame[]
  edges: ShownEdge[]
}

/** One node, or the head of a frame. */
export interface Box {
  id: string
  /** Undefined for the head of a frame that is no node itself: a namespace. */
  node: LocatedNode | undefined
  column: Column
  title: string
  severity: Severity | undefined
  /** The frame it is in; a head is in its own. */
  frame: string | undefined
  /** Of a source that no rule admits, of a rule that admits nobody, of an account that nobody reaches. */
  idle: boolean
}

/** Boxes that belong together: the rules of an issuer, the workloads of a namespace. Its id is that of its head. */
export interface Frame {
  id: string
  column: Column
  title: string
  /** The nodes in it, also when it is closed. */
  members: LocatedNode[]
  open: boolean
}

/** Between boxes that are drawn; several connections of the nodes behind them are one, the strongest. */
export interface ShownEdge {
  from: string
  to: string
  how: How
}

/** With more nodes than this, those that are alike are drawn as one. */
const MANY = 150
/** Then kinds are closed one after the other until no more boxes than this are left. */
const ENOUGH = 60
/** A frame for fewer nodes would be no gain. */
const WORTH_A_FRAME = 3

/**
 * What to draw of `map`.
 * @param toggled ids of frames that a person has opened or closed, against what would be done otherwise
 */
export function shown(map: AccessMapResult, toggled: ReadonlySet<string>): Shown {
  const frameOf = framesOf(map)
  const closed = closedFrames(map, frameOf, toggled)
  const visible = (id: string) => {
    const frame = frameOf.get(id)
    return frame && closed.has(frame.id) ? frame.id : id
  }
  const idle = idleNodes(map)
  const frames = [...new Set(frameOf.values())].map(({ id, column, title, members }) => ({
    id,
    column,
    title,
    members,
    open: !closed.has(id),
  }))
  const byId = new Map(map.nodes.map(node => [node.id, node]))
  const heads = frames.map(({ id, column, title, members, open }): Box => {
    const node = byId.get(id)
    const severity = worst([...(node ? [node] : []), ...(open ? [] : members)])
    return { id, node, column, title, severity, frame: id, idle: members.every(each => idle.has(each.id)) }
  })
  const singles = map.nodes.flatMap((node): Box[] => {
    if (node.kind === 'issuer' || visible(node.id) !== node.id) return []
    const { id, kind, title, severity } = node
    return [{ id, node, column: kind, title, severity, frame: frameOf.get(id)?.id, idle: idle.has(id) }]
  })
  return { boxes: [...heads, ...singles], frames, edges: merged(map, visible) }
}

interface Group {
  id: string
  column: Column
  title: string
  members: LocatedNode[]
}

/** The frame of each node that is in one. */
function framesOf(map: AccessMapResult): Map<string, Group> {
  const groups = new Map<string, Group>()
  const add = (id: string, column: Column, title: string, node?: LocatedNode) => {
    const group = groups.get(id) ?? { id, column, title, members: [] }
    groups.set(id, group)
    if (node) group.members.push(node)
  }
  for (const node of map.nodes) if (node.kind === 'issuer') add(node.id, 'rule', node.title)
  for (const node of map.nodes) if (node.kind === 'rule') add(node.issuer ?? '', 'rule', '', node)
  if (map.nodes.length > MANY) {
    const givers = issuersOfAccounts(map)
    for (const node of map.nodes) {
      const { id, kind, group } = node
      if (kind === 'source' && group) add(`namespace:${group}`, 'source', group, node)
      const issuers = givers.get(id)
      if (issuers)
        add(`accounts:${[...issuers.keys()].join()}`, 'account', [...issuers.values()].join(', '), node)
    }
  }
  const kept = [...groups.values()].filter(
    ({ column, members }) => column === 'rule' || members.length >= WORTH_A_FRAME,
  )
  const frames = new Map(kept.flatMap(group => group.members.map(node => [node.id, group] as const)))
  for (const group of kept) if (group.column === 'rule') frames.set(group.id, group)
  return frames
}

/** The issuers under which each account is given, with their titles, in the order of the map. */
function issuersOfAccounts({ nodes, edges }: AccessMapResult): Map<string, Map<string, string>> {
  const byId = new Map(nodes.map(node => [node.id, node]))
  const found = new Map<string, Set<string>>()
  for (const { from, to, how } of edges)
    if (how === 'gives') found.set(to, (found.get(to) ?? new Set()).add(byId.get(from)?.issuer ?? ''))
  const issuers = nodes.filter(({ kind }) => kind === 'issuer')
  const titled = (ids: Set<string>) =>
    new Map(issuers.flatMap(({ id, title }) => (ids.has(id) ? [[id, title] as const] : [])))
  return new Map([...found].map(([account, ids]) => [account, titled(ids)]))
}

function closedFrames(
  map: AccessMapResult,
  frameOf: Map<string, Group>,
  toggled: ReadonlySet<string>,
): Set<string> {
  const frames = [...new Set(frameOf.values())]
  const closed = new Set<string>()
  let left = map.nodes.length > MANY ? map.nodes.length : 0
  for (const column of ['source', 'account', 'rule'] as const) {
    if (left <= ENOUGH) break
    for (const { id, members } of frames.filter(frame => frame.column === column)) {
      if (members.length < WORTH_A_FRAME) continue
      closed.add(id)
      left -= members.length - 1
    }
  }
  for (const id of toggled) if (!closed.delete(id) && frames.some(frame => frame.id === id)) closed.add(id)
  return closed
}

/** Sources that no rule admits, rules that admit nobody, accounts that nobody reaches. */
export function idleNodes({ nodes, edges }: AccessMapResult): Set<string> {
  const reached = new Set<string>()
  for (const { from, to, how } of edges) {
    if (how === 'admitted' || how === 'possible') reached.add(from).add(to)
  }
  for (const { from, to, how } of edges) if (how === 'gives' && reached.has(from)) reached.add(to)
  return new Set(nodes.filter(({ id, kind }) => kind !== 'issuer' && !reached.has(id)).map(({ id }) => id))
}

const STRONGEST: readonly How[] = ['gives', 'admitted', 'possible', 'denied']

function merged({ edges }: AccessMapResult, visible: (id: string) => string): ShownEdge[] {
  const found = new Map<string, ShownEdge>()
  for (const edge of edges) {
    const [from, to] = [visible(edge.from), visible(edge.to)]
    const key = JSON.stringify([from, to])
    const known = found.get(key)
    if (!known || STRONGEST.indexOf(edge.how) < STRONGEST.indexOf(known.how))
      found.set(key, { from, to, how: edge.how })
  }
  return [...found.values()]
}

/** The worst severity that any of `of` has. */
export function worst(of: readonly { severity: Severity | undefined }[]): Severity | undefined {
  return SEVERITIES.find(severity => of.some(each => each.severity === severity))
}
