import type { AccessMapResult } from '../../../../../server/src/lsp/access-map-protocol.ts'
import { details } from '../details.ts'
import { detailOf } from '../draw.ts'
import type { FromPage, PageState } from '../messages.ts'
import { neighbour } from '../neighbours.ts'
import { summary } from '../summary.ts'
import { fill, type Words } from '../words.ts'
import { boxAt, createCanvas } from './canvas.ts'
import { createFrames } from './frames.ts'
import { listenToKeys } from './keys.ts'
import { keepLegend } from './legend.ts'
import { createList } from './list.ts'
import { measuring } from './measure.ts'
import { pictureOf } from './picture.ts'
import { listenToPointer } from './pointer.ts'
import { createSearch } from './search.ts'
import { makePage } from './skeleton.ts'

/** What the page can ask of the editor. */
export interface Host {
  post(message: FromPage): void
  remember(state: PageState): void
}

/** The page around one map after the other; selection, zoom and what was opened stay. */
export function createView(words: Words, host: Host, remembered: PageState | undefined) {
  const parts = makePage(words)
  const { stage, svg, panel } = parts
  const measure = measuring(svg)
  const canvas = createCanvas(svg, words, measure, remember)
  const list = createList(parts.list, id => select(id, 'list'), open)
  const search = createSearch(parts.input, parts.output, words)

  const frames = createFrames(remembered?.toggled ?? [])
  let selected = remembered?.selected
  let asList = remembered?.asList === true
  let begun = false

  function remember(): void {
    const zoom = begun ? canvas.view() : remembered?.zoom
    host.remember({ selected, toggled: frames.toggled(), asList, zoom })
  }

  /** @param at the node that somebody has asked for, which is selected */
  function show(map: AccessMapResult, at: string | undefined): void {
    frames.set(map)
    stage.classList.toggle('empty', map.nodes.length === 0)
    panel.hidden = map.nodes.length === 0
    parts.omitted.textContent = map.omitted > 0 ? fill(words.omitted, map.omitted) : ''
    redraw()
    list.show(map, words)
    showAs(asList)
    if (!begun && map.nodes.length > 0) {
      begun = true
      if (remembered?.zoom) canvas.restore(remembered.zoom)
      else canvas.fit()
    }
    look(false)
    if (at !== undefined) goTo(at)
  }

  function redraw(): void {
    const drawn = frames.drawn()
    const byId = new Map(drawn.frames.map(frame => [frame.id, frame]))
    canvas.show(drawn, box => detailOf({ box }, byId.get(box.id), words))
    select(selected === undefined ? undefined : (frames.visibleOf(selected) ?? selected), undefined)
  }

  function select(id: string | undefined, from: 'list' | undefined): void {
    const closed = id === undefined ? undefined : frames.closedAround(id)
    if (closed) toggle(closed.id)
    selected = id
    canvas.mark(id)
    const isKnown = id !== undefined && frames.isDrawn(id)
    const [map, drawn] = [frames.map(), frames.drawn()]
    panel.innerHTML = (isKnown ? details(id, map, drawn, words) : summary(map, words)).markup
    if (id !== undefined && from !== 'list' && asList) list.select(id)
    remember()
  }

  /** Selects a node and moves to it. */
  function goTo(id: string): void {
    select(id, undefined)
    if (asList) list.focus()
    else canvas.focus(id)
  }

  function toggle(id: string): void {
    if (!frames.toggle(id)) return
    redraw()
    canvas.reveal(id)
    look(false)
  }

  function toggleAll(toOpen: boolean): void {
    if (asList) {
      list.toggleAll(toOpen)
      return
    }
    frames.toggleAll(toOpen)
    redraw()
    canvas.fit()
    look(false)
  }

  function open(id: string, finding?: number): void {
    host.post({ open: id, ...(finding !== undefined && { finding }) })
  }

  /** Opens what a file describes, and of the others the frame. */
  function activate(id: string): void {
    if (frames.drawn().boxes.find(box => box.id === id)?.node?.place) open(id)
    else toggle(id)
  }

  /** Finds again what is in the search box; `anew` goes to the first match. */
  function look(anew: boolean): void {
    const hits = search.find(frames.map().nodes, anew)
    if (anew && asList && hits[0] !== undefined) select(hits[0], undefined)
    const boxes = new Set(hits.flatMap(id => frames.visibleOf(id) ?? []))
    canvas.found(search.active() ? boxes : undefined)
    const [first] = boxes
    if (anew && first !== undefined) canvas.reveal(first)
  }

  function showAs(nextAsList: boolean): void {
    asList = nextAsList
    stage.classList.toggle('as-list', asList)
    parts.listButton.setAttribute('aria-pressed', String(asList))
    parts.keys.textContent = asList ? words.listKeys : words.keys
    if (asList && selected !== undefined) list.select(selected)
    remember()
  }

  function exportPicture(): void {
    const layout = canvas.layout()
    if (!layout) return
    // What is selected is a matter of the moment, and no part of the picture.
    canvas.mark(undefined)
    canvas.found(undefined)
    host.post({ picture: pictureOf(svg, parts.legend.querySelector('svg'), layout) })
    canvas.mark(selected)
    look(false)
  }

  const acts: Record<string, () => void> = {
    in: () => canvas.zoomBy(1.25),
    out: () => canvas.zoomBy(0.8),
    fit: canvas.fit,
    expand: () => toggleAll(true),
    collapse: () => toggleAll(false),
    list: () => showAs(!asList),
    export: exportPicture,
    clear() {
      select(undefined, undefined)
      panel.focus()
    },
  }

  const act = (name: string) => acts[name]?.()

  keepLegend(parts.legend, words, measure)
  listenToPointer(svg, {
    act,
    open,
    toggle,
    goTo,
    activate,
    pick(id) {
      select(id, undefined)
      if (id !== undefined) canvas.focus(id)
    },
  })
  svg.addEventListener('focusin', ({ target }) => {
    const id = boxAt(target)
    if (id !== undefined && id !== selected) select(id, undefined)
  })
  listenToKeys(parts, {
    move(id, direction) {
      const layout = canvas.layout()
      const next = layout && neighbour(layout, id, direction)
      if (next !== undefined) canvas.focus(next)
    },
    activate,
    toggle,
    searchAnew: () => look(true),
    searchStep(by, enter) {
      const id = search.step(by)
      if (id !== undefined) {
        select(id, undefined)
        canvas.reveal(id)
        look(false)
      }
      if (enter && selected !== undefined) canvas.focus(selected)
    },
    escape(leave) {
      if (parts.input.value === '') select(undefined, undefined)
      search.clear()
      look(true)
      if (!leave) return
      if (asList) list.focus()
      else canvas.focus(selected ?? frames.drawn().boxes[0]?.id ?? '')
    },
    act,
  })

  return { show }
}
