import { select } from 'd3-selection'
import { type ZoomTransform, zoom, zoomIdentity } from 'd3-zoom'
import { draw, type Fit, TEXT_END, TEXT_START } from '../draw.ts'
import { type Layout, layout } from '../layout.ts'
import { connected } from '../neighbours.ts'
import type { Box, Shown } from '../shown.ts'
import type { Words } from '../words.ts'

/** The picture and how one moves in it. */
export interface Canvas {
  show(shown: Shown, words: Words, detail: (box: Box) => string): Layout
  /** Marks a box and what it has to do with, or nothing. */
  mark(id: string | undefined): void
  /** Marks the boxes that were looked for; undefined when nothing is looked for. */
  found(ids: ReadonlySet<string> | undefined): void
  /** Puts the focus on a box, and moves it into view. */
  focus(id: string): void
  reveal(id: string): void
  zoomBy(factor: number): void
  /** Shows all of it, or of a tall one the upper part, still large enough to be read. */
  fit(): void
  zoomed(): { x: number; y: number; k: number }
  restore(to: { x: number; y: number; k: number }): void
}

const MARGIN = 28
/** Above the picture, for the titles of its columns. */
const TITLES = 30
/** Smaller, words cannot be read. */
const LEGIBLE = 0.62
/** Up to which a box is away from the edge of the view when it has the focus. */
const CLEAR = 48

/** A canvas on `svg`; `moved` is called when the view has moved. */
export function createCanvas(svg: SVGSVGElement, moved: () => void): Canvas {
  const scene = document.createElementNS('http://www.w3.org/2000/svg', 'g')
  svg.append(scene)
  const picture = select(svg)
  const measure = measuring(svg)
  let current: Layout | undefined
  let transform: ZoomTransform = zoomIdentity
  /** All was to be seen, and nobody has moved the view since. */
  let fitted = false

  const behaviour = zoom<SVGSVGElement, unknown>()
    .scaleExtent([0.08, 3])
    // Two fingers move, with Ctrl (as a pinch arrives) they zoom; a press on a box is for the box.
    .filter((event: Event) =>
      event instanceof WheelEvent
        ? event.ctrlKey || event.metaKey
        : !(event instanceof MouseEvent && event.button),
    )
    .on('zoom', (event: { transform: ZoomTransform }) => {
      transform = event.transform
      fitted = false
      scene.setAttribute('transform', transform.toString())
      moved()
    })
  picture.call(behaviour).on('dblclick.zoom', null)
  svg.addEventListener(
    'wheel',
    event => {
      if (event.ctrlKey || event.metaKey) return
      event.preventDefault()
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 24 : 1
      const [dx, dy] = event.shiftKey ? [event.deltaY, 0] : [event.deltaX, event.deltaY]
      behaviour.translateBy(picture, (-dx * unit) / transform.k, (-dy * unit) / transform.k)
    },
    { passive: false },
  )

  const to = (x: number, y: number, k: number) =>
    behaviour.transform(picture, zoomIdentity.translate(x, y).scale(k))
  const element = (id: string) => scene.querySelector<SVGGElement>(`[data-id="${CSS.escape(id)}"]`)

  function reveal(id: string): void {
    const box = current?.boxes.get(id)
    if (!box) return
    const { clientWidth, clientHeight } = svg
    const shift = (start: number, size: number, room: number) => {
      const [low, high] = [start - CLEAR, start + size + CLEAR]
      if (high - low > room) return room / 2 - (start + size / 2)
      return low < 0 ? -low : high > room ? room - high : 0
    }
    const [x, y] = transform.apply([box.x, box.y])
    const dx = shift(x, box.width * transform.k, clientWidth)
    const dy = shift(y, box.height * transform.k, clientHeight)
    if (dx === 0 && dy === 0) return
    const before = fitted
    to(transform.x + dx, transform.y + dy, transform.k)
    // Nobody has asked for another view of the whole.
    fitted = before
  }

  function fit(): void {
    if (!current || svg.clientWidth === 0) return
    const { clientWidth, clientHeight } = svg
    const wide = (clientWidth - 2 * MARGIN) / Math.max(1, current.width)
    const high = (clientHeight - 2 * MARGIN - TITLES) / Math.max(1, current.height)
    const k = Math.min(1.1, wide, Math.max(high, LEGIBLE))
    const free = clientHeight - (current.height + TITLES) * k
    to((clientWidth - current.width * k) / 2, Math.max(MARGIN, free / 2) + TITLES * k, k)
    fitted = true
  }
  new ResizeObserver(() => fitted && fit()).observe(svg)

  return {
    show(shown, words, detail) {
      current = layout(
        shown,
        box => Math.max(measure(box.title, 'title'), measure(detail(box), 'detail')) + TEXT_START + TEXT_END,
      )
      scene.innerHTML = draw(current, shown.frames, words, fitting(measure)).markup
      return current
    },
    mark(id) {
      const near = current && id !== undefined && current.boxes.has(id) ? connected(current, id) : undefined
      scene.classList.toggle('marked', near !== undefined)
      for (const box of scene.querySelectorAll<SVGGElement>('.box')) {
        const own = box.dataset.id ?? ''
        box.classList.toggle('near', near?.has(own) === true)
        box.classList.toggle('selected', own === id)
        box.setAttribute('tabindex', own === id ? '0' : '-1')
        box.setAttribute('aria-pressed', String(own === id))
      }
      for (const edge of scene.querySelectorAll<SVGGElement>('.edge')) {
        const { from = '', to: end = '' } = edge.dataset
        edge.classList.toggle('near', near?.has(from) === true && near.has(end))
      }
      // Without a selection the tab key leads to the first box.
      if (!near) scene.querySelector('.box')?.setAttribute('tabindex', '0')
    },
    found(ids) {
      scene.classList.toggle('searched', ids !== undefined)
      for (const box of scene.querySelectorAll<SVGGElement>('.box'))
        box.classList.toggle('found', ids?.has(box.dataset.id ?? '') === true)
    },
    focus(id) {
      reveal(id)
      element(id)?.focus({ preventScroll: true })
    },
    reveal,
    zoomBy: factor => behaviour.scaleBy(picture, factor),
    fit,
    zoomed: () => ({ x: transform.x, y: transform.y, k: transform.k }),
    restore: ({ x, y, k }) => to(x, y, k),
  }
}

type MeasureText = (text: string, size: 'title' | 'detail') => number

/** Measures as the browser will draw, in the fonts of the page. */
function measuring(svg: SVGSVGElement): MeasureText {
  const context = document.createElement('canvas').getContext('2d')
  const family = getComputedStyle(svg).fontFamily
  const known = new Map<string, number>()
  return (text, size) => {
    const font = size === 'title' ? `600 13px ${family}` : `11.5px ${family}`
    const key = `${size} ${text}`
    const width = known.get(key) ?? (context ? widthIn(context, font, text) : text.length * 7)
    known.set(key, width)
    return width
  }
}

function widthIn(context: CanvasRenderingContext2D, font: string, text: string): number {
  context.font = font
  return context.measureText(text).width
}

/** Cuts a title at its end, and what stands below it in its middle: of subjects and URLs the end tells most. */
function fitting(measure: MeasureText): Fit {
  return (text, width, size) => {
    if (measure(text, size) <= width) return text
    const cut = (kept: number) => {
      const before = size === 'title' ? kept : Math.floor(kept / 2)
      return `${text.slice(0, before)}…${size === 'title' ? '' : text.slice(text.length - (kept - before))}`
    }
    let [low, high] = [0, text.length]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (measure(cut(middle), size) <= width) low = middle
      else high = middle - 1
    }
    return cut(low)
  }
}

/** What a pointer is on. */
export function boxAt(target: EventTarget | null): string | undefined {
  const found = target instanceof Element ? target.closest<SVGGElement>('.box') : null
  return found?.dataset.id
}
