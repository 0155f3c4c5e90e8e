/** What runs in the page of the access map: it draws what the extension sends, and says what was asked for. */
import type { AccessMapResult } from '../../../../server/src/lsp/access-map-protocol.ts'
import { html } from '../html.ts'
import { details } from './details.ts'
import { detailOf } from './draw.ts'
import type { Layout } from './layout.ts'
import { legend } from './legend.ts'
import type { FromPage, PageState, ToPage } from './messages.ts'
import { type Direction, matches, neighbour } from './neighbours.ts'
import { boxAt, createCanvas } from './page/canvas.ts'
import { createList } from './page/list.ts'
import { pictureOf } from './page/picture.ts'
import { type Shown, shown } from './shown.ts'
import { fill, type Words } from './words.ts'

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void
  getState(): PageState | undefined
  setState(state: PageState): void
}

const editor = acquireVsCodeApi()
const remembered = editor.getState()
let view: ReturnType<typeof createView> | undefined

addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  view ??= createView(data.words)
  view.show(data.map)
})
editor.postMessage({ ready: true })

/** The page around one map after the other; selection, zoom and what was opened stay. */
function createView(words: Words) {
  document.body.innerHTML = skeleton(words)
  const one = <E extends Element>(selector: string) => {
    const found = document.querySelector<E>(selector)
    if (!found) throw new Error(`The page has no ${selector}`)
    return found
  }
  const stage = one<HTMLElement>('.stage')
  const svg = one<SVGSVGElement>('.canvas')
  const listHome = one<HTMLElement>('.list')
  const panel = one<HTMLElement>('.details')
  const search = one<HTMLInputElement>('.search input')
  const count = one<HTMLOutputElement>('.search output')

  const toggled = new Set(remembered?.toggled)
  let map: AccessMapResult = { nodes: [], edges: [], omitted: 0 }
  let drawn: Shown = { boxes: [], frames: [], edges: [] }
  let layout: Layout | undefined
  let selected = remembered?.selected
  let asList = remembered?.asList === true
  let hits: string[] = []
  let hit = -1
  let restored = false

  const canvas = createCanvas(svg, remember)
  const list = createList(listHome, id => select(id, 'list'), open)
  one('.legend-home').innerHTML = legend(words, textWidth(svg)).markup

  function remember(): void {
    const zoom = layout && restored ? canvas.zoomed() : remembered?.zoom
    editor.setState({ selected, toggled: [...toggled], asList, zoom })
  }

  function show(next: AccessMapResult): void {
    map = next
    redraw()
    stage.classList.toggle('empty', map.nodes.length === 0)
    one('.omitted').textContent = map.omitted > 0 ? fill(words.omitted, map.omitted) : ''
    list.show(map, words)
    showAs(asList)
    if (!restored && map.nodes.length > 0) {
      restored = true
      if (remembered?.zoom) canvas.restore(remembered.zoom)
      else canvas.fit()
    }
    look(false)
  }

  function redraw(): void {
    const focused = svg.contains(document.activeElement)
    drawn = shown(map, toggled)
    const frames = new Map(drawn.frames.map(frame => [frame.id, frame]))
    layout = canvas.show(drawn, words, box => detailOf({ box }, frames.get(box.id), words))
    select(visibleOf(selected), undefined)
    if (focused && selected !== undefined) canvas.focus(selected)
  }

  /** The box that stands for a node: itself, or the closed frame it is in. */
  function visibleOf(id: string | undefined): string | undefined {
    if (id === undefined || drawn.boxes.some(box => box.id === id)) return id
    return drawn.frames.find(({ members }) => members.some(member => member.id === id))?.id
  }

  function select(id: string | undefined, from: 'picture' | 'list' | 'search' | undefined): void {
    if (id !== undefined && !drawn.boxes.some(box => box.id === id)) uncover(id)
    selected = id
    canvas.mark(id)
    const known = id !== undefined && drawn.boxes.some(box => box.id === id)
    panel.innerHTML = known ? details(id, map, drawn, words).markup : ''
    panel.hidden = !known
    if (id !== undefined && from === 'search') canvas.reveal(id)
    if (id !== undefined && from !== 'list' && asList) list.select(id)
    remember()
  }

  /** Opens the frame that hides a node. */
  function uncover(id: string): void {
    const frame = drawn.frames.find(({ members }) => members.some(member => member.id === id))
    if (frame && !frame.open) toggle(frame.id)
  }

  function toggle(id: string): void {
    const frame = drawn.frames.find(each => each.id === id)
    if (!frame || frame.members.length === 0) return
    if (!toggled.delete(id)) toggled.add(id)
    redraw()
    canvas.reveal(id)
    look(false)
  }

  function toggleAll(toOpen: boolean): void {
    for (const { id, open: isOpen, members } of drawn.frames)
      if (isOpen !== toOpen && members.length > 0 && !toggled.delete(id)) toggled.add(id)
    redraw()
    canvas.fit()
    look(false)
  }

  function open(id: string, finding?: number): void {
    editor.postMessage({ open: id, ...(finding !== undefined && { finding }) })
  }

  /** Finds again what is in the search box; `move` goes to the first match. */
  function look(move: boolean): void {
    hits = matches(map.nodes, search.value)
    const active = search.value.trim() !== ''
    const boxes = new Set(hits.flatMap(id => visibleOf(id) ?? []))
    canvas.found(active ? boxes : undefined)
    if (move) hit = -1
    if (hit >= hits.length) hit = -1
    count.value = !active
      ? ''
      : hits.length === 0
        ? words.noMatch
        : fill(words.matches, Math.max(0, hit) + (hit < 0 ? 0 : 1), hits.length)
    const [first] = boxes
    if (move && first !== undefined) canvas.reveal(first)
  }

  function nextHit(step: number): void {
    if (hits.length === 0) return
    hit = hit < 0 && step < 0 ? hits.length - 1 : (hit + step + hits.length) % hits.length
    select(hits[hit], 'search')
    look(false)
  }

  function showAs(nextAsList: boolean): void {
    asList = nextAsList
    stage.classList.toggle('as-list', asList)
    one('[data-act="list"]').setAttribute('aria-pressed', String(asList))
    if (asList && selected !== undefined) list.select(selected)
    remember()
  }

  const acts: Record<string, () => void> = {
    in: () => canvas.zoomBy(1.25),
    out: () => canvas.zoomBy(0.8),
    fit: () => canvas.fit(),
    expand: () => toggleAll(true),
    collapse: () => toggleAll(false),
    list: () => showAs(!asList),
    export() {
      if (!layout) return
      // What is selected is a matter of the moment, and no part of the picture.
      canvas.mark(undefined)
      canvas.found(undefined)
      editor.postMessage({ picture: pictureOf(svg, document.querySelector('.legend'), layout) })
      canvas.mark(selected)
      look(false)
    },
  }

  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('button') : null
    if (!button) return
    const { act, open: toOpen, select: toSelect, toggle: toToggle, finding } = button.dataset
    if (act) acts[act]?.()
    else if (toOpen) open(toOpen, finding === undefined ? undefined : Number(finding))
    else if (toToggle) toggle(toToggle)
    else if (toSelect) {
      select(toSelect, 'search')
      if (!asList) canvas.focus(toSelect)
    }
  })

  svg.addEventListener('click', event => {
    const id = boxAt(event.target)
    select(id, 'picture')
    if (id !== undefined) canvas.focus(id)
  })
  svg.addEventListener('dblclick', event => {
    const id = boxAt(event.target)
    if (id !== undefined) activate(id)
  })
  svg.addEventListener('focusin', event => {
    const id = boxAt(event.target)
    if (id !== undefined && id !== selected) select(id, 'picture')
  })

  /** Opens what a file describes, and of the others the frame. */
  function activate(id: string): void {
    const box = drawn.boxes.find(each => each.id === id)
    if (box?.node?.place) open(id)
    else toggle(id)
  }

  const ARROWS: Record<string, Direction> = {
    ArrowLeft: 'left',
    ArrowRight: 'right',
    ArrowUp: 'up',
    ArrowDown: 'down',
  }

  svg.addEventListener('keydown', event => {
    const id = boxAt(event.target)
    const direction = ARROWS[event.key]
    if (id === undefined || event.ctrlKey || event.altKey || event.metaKey) return
    if (direction && layout) {
      const next = neighbour(layout, id, direction)
      if (next !== undefined) canvas.focus(next)
    } else if (event.key === 'Enter') activate(id)
    else if (event.key === ' ') toggle(id)
    else return
    event.preventDefault()
  })

  search.addEventListener('input', () => look(true))
  search.addEventListener('keydown', event => {
    if (event.key === 'Enter') nextHit(event.shiftKey ? -1 : 1)
    else if (event.key === 'ArrowDown') {
      nextHit(1)
      if (selected !== undefined) canvas.focus(selected)
    } else return
    event.preventDefault()
  })

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const typing = event.target === search
    if (event.key === 'Escape') {
      if (search.value !== '') {
        search.value = ''
        look(true)
      } else select(undefined, undefined)
      if (typing) canvasOrList()
    } else if (typing) return
    else if (event.key === '/') search.select()
    else if (event.key === '+' || event.key === '=') acts.in?.()
    else if (event.key === '-') acts.out?.()
    else if (event.key === '0') acts.fit?.()
    else return
    event.preventDefault()
  })

  function canvasOrList(): void {
    if (asList) list.focus()
    else canvas.focus(selected ?? drawn.boxes[0]?.id ?? '')
  }

  return { show }
}

function skeleton(words: Words): string {
  const button = (act: string, text: string, label = text) =>
    html`<button data-act="${act}" aria-label="${label}" title="${label}">${text}</button>`
  return html`<header class="bar">
    <div class="search" role="search"><input type="search" placeholder="${words.search}" aria-label="${words.search}"><output></output></div>
    <div class="buttons">${button('out', '−', words.zoomOut)}${button('in', '+', words.zoomIn)}${button('fit', words.fit)}${button('expand', words.expandAll)}${button('collapse', words.collapseAll)}<button data-act="list" aria-pressed="false">${words.asList}</button>${button('export', words.export)}</div>
  </header>
  <main class="stage">
    <svg class="canvas" role="application" aria-label="${words.title}" aria-describedby="keys"></svg>
    <div class="list"></div>
    <div class="nothing"><h1>${words.empty}</h1><p>${words.emptyHint}</p></div>
    <div class="below"><span class="legend-home"></span><span class="omitted muted"></span></div>
  </main>
  <aside class="details" aria-label="${words.details}"></aside>
  <footer class="muted" id="keys">${words.keys}</footer>`.markup
}

/** Widths of the small text of the picture. */
function textWidth(svg: SVGSVGElement): (text: string) => number {
  const context = document.createElement('canvas').getContext('2d')
  if (context) context.font = `11.5px ${getComputedStyle(svg).fontFamily}`
  return text => context?.measureText(text).width ?? text.length * 7
}
