import { type Html, html } from '../html.ts'
import type { Layout, Placed, Point } from './layout.ts'
import type { Box, Frame, Severity } from './shown.ts'
import { fill, type Words } from './words.ts'

/** Cuts `text` to a width in pixels, in the size of titles or of the lines below them. */
export type Fit = (text: string, width: number, size: 'title' | 'detail') => string

/** Where the words of a box begin: behind its icon. */
const TEXT_START = 34
/** What is left free at the end of a box: for its badge, and where there is none. */
const BADGE = 34
const END = 12

/** How wide a box is around words of a width. */
export function boxWidth({ severity }: Box, words: number): number {
  return TEXT_START + words + (severity ? BADGE : END)
}

/** Icons of 16 by 16, one for each kind of node. */
const ICONS = {
  source: 'M8 1.5 14 5v6l-6 3.5L2 11V5zM2 5l6 3.5L14 5M8 8.5v6',
  issuer: 'M5.5 10.5a3.5 3.5 0 1 1 3.2-4.9H14.5v3H13v2h-2.5v-2H8.7a3.5 3.5 0 0 1-3.2 1.9zM5.5 7h.01',
  rule: 'M8 1.5 13.5 3.5v4c0 3.5-2.3 5.9-5.5 7-3.2-1.1-5.5-3.5-5.5-7v-4zM5.5 8l2 2 3.2-3.7',
  account: 'M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 14.5c.4-3 2.6-4.5 5.5-4.5s5.1 1.5 5.5 4.5',
  group: 'M1.5 3.5h5l1.5 2h6.5v8h-13z',
}

const SIGNS: Record<Severity, string> = { error: '!', warning: '!', info: 'i', hint: 'i' }

/** The picture as the content of an svg element: frames, then lines, then boxes, so that nothing hides a word. */
export function draw(layout: Layout, frames: readonly Frame[], words: Words, fit: Fit): Html {
  const frameOf = new Map(frames.map(frame => [frame.id, frame]))
  return html`<g class="columns">${layout.columns.map(
    ({ column, x }) => html`<text class="column" x="${x}" y="-16">${words.columns[column]}</text>`,
  )}</g><g class="frames">${[...layout.frames].map(
    ([id, { x, y, width, height }]) =>
      html`<rect class="frame" data-frame="${id}" x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/>`,
  )}</g><g class="edges">${layout.edges.map(
    ({ edge, from, to }) =>
      html`<g class="edge ${edge.how}" data-from="${edge.from}" data-to="${edge.to}"><path class="line" d="${curve(from, to)}"/><path class="head" d="${tip(to)}"/></g>`,
  )}</g><g class="boxes">${[...layout.boxes.values()].map(placed =>
    box(placed, frameOf.get(placed.box.id), words, fit),
  )}</g>`
}

/** From a box to one to its right, level at both ends. */
function curve({ x: x1, y: y1 }: Point, { x: x2, y: y2 }: Point): string {
  const bend = (x2 - x1) / 2
  return `M${round(x1)} ${round(y1)}C${round(x1 + bend)} ${round(y1)} ${round(x2 - bend)} ${round(y2)} ${round(x2 - 7)} ${round(y2)}`
}

function tip({ x, y }: Point): string {
  return `M${round(x)} ${round(y)}l-9 -4.5v9z`
}

function round(n: number): number {
  return Math.round(n * 10) / 10
}

function box(placed: Placed, frame: Frame | undefined, words: Words, fit: Fit): Html {
  const { box, x, y, width, height } = placed
  const { node, severity } = box
  const kind = node?.kind ?? 'group'
  const classes = [
    'box',
    kind,
    severity ?? 'fine',
    ...(box.idle ? ['idle'] : []),
    ...(node?.archived ? ['archived'] : []),
    ...(frame ? [frame.open && frame.members.length > 0 ? 'open' : 'closed'] : []),
  ]
  const room = width - boxWidth(placed.box, 0)
  const detail = detailOf(placed, frame, words)
  const titleY = detail === '' ? height / 2 + 4.5 : height / 2 - 3
  return html`<g class="${classes.join(' ')}" data-id="${box.id}" transform="translate(${round(x)} ${round(y)})" tabindex="-1" role="button" aria-label="${labelOf(placed, frame, words)}"><title>${[box.title, detail].filter(Boolean).join('\n')}</title><rect class="body" width="${width}" height="${height}" rx="${kind === 'account' ? height / 2 : 6}"/><path class="icon" transform="translate(11 ${height / 2 - 8})" d="${ICONS[kind]}"/><text class="title" x="${TEXT_START}" y="${titleY}">${fit(box.title, room, 'title')}</text>${
    detail !== '' &&
    html`<text class="detail" x="${TEXT_START}" y="${height / 2 + 13}">${fit(detail, room, 'detail')}</text>`
  }${severity && html`<g class="badge" transform="translate(${width - 18} ${height / 2})"><circle class="sign" r="8.5"/><text class="letter" y="4">${SIGNS[severity]}</text></g>`}</g>`
}

/** The second line of a box. */
export function detailOf({ box }: Pick<Placed, 'box'>, frame: Frame | undefined, words: Words): string {
  const parts = [
    ...(frame && (!frame.open || !box.node) ? [members(frame, words)] : []),
    ...(box.node?.detail ? [box.node.detail] : []),
  ]
  return parts.join(' · ')
}

function members({ column, members: { length } }: Frame, words: Words): string {
  return fill(words.members[column], length)
}

/** What a screen reader says of a box. */
function labelOf({ box }: Placed, frame: Frame | undefined, words: Words): string {
  const { node, severity, idle } = box
  const findings = [...(node ? [node] : []), ...(frame && !frame.open ? frame.members : [])].flatMap(
    ({ findings: own }) => own,
  ).length
  return [
    `${node ? words.kinds[node.kind] : words.group} ${box.title}`,
    ...(frame ? [members(frame, words), frame.open ? words.expanded : words.collapsed] : []),
    ...(severity ? [fill(words.findingCount, findings), words.severities[severity]] : []),
    ...(idle && node ? [words.idle[box.column]] : []),
    ...(node?.archived ? [words.archived] : []),
  ].join(', ')
}
