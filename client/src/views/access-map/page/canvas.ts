import { boxWidth, draw } from '../draw.ts'
import { type Layout, layout } from '../layout.ts'
import { connected } from '../neighbours.ts'
import type { Box, Shown } from '../shown.ts'
import type { Words } from '../words.ts'
import { createCamera, type View } from './camera.ts'
import { fitting, type MeasureText } from './measure.ts'

/** The picture, what is marked in it, and how one moves in it. */
export interface Canvas {
  show(shown: Shown, detail: (box: Box) => string): void
  /** Where everything is; undefined before something was shown. */
  layout(): Layout | undefined
  /** Marks a box and what it has to do with, or nothing. */
  mark(id: string | undefined): void
  /** Marks the boxes that were looked for; undefined when nothing is looked for. */
  found(ids: ReadonlySet<string> | undefined): void
  /** Puts the focus on a box, and moves it into view. */
  focus(id: string): void
  reveal(id: string): void
  zoomBy(factor: number): void
  /** Lays out anew in the room there is now, and shows all, or of a tall picture the upper part. */
  fit(): void
  /** What is in view; undefined while that is whatever fits. */
  view(): View | undefined
  restore(view: View): void
}

/** A canvas on `svg`; `moved` is called when the view has moved. */
export function createCanvas(
  svg: SVGSVGElement,
  words: Words,
  measure: MeasureText,
  moved: () => void,
): Canvas {
  const scene = document.createElementNS('http://www.w3.org/2000/svg', 'g')
  svg.append(scene)
  const camera = createCamera(svg, scene, moved)
  let content: { shown: Shown; detail: (box: Box) => string } | undefined
  let current: Layout | undefined
  /** What the layout is for: boxes stay where they are until it is asked to fit again. */
  let room = camera.room()
  let marked: string | undefined
  let looked: ReadonlySet<string> | undefined

  const boxes = () => scene.querySelectorAll<SVGGElement>('.box')
  const element = (id: string) => scene.querySelector<SVGGElement>(`[data-id="${CSS.escape(id)}"]`)

  function render(): void {
    if (!content) return
    const focused = boxAt(document.activeElement)
    const { shown, detail } = content
    const width = (box: Box) => {
      const title = measure(box.title, 'title')
      const all = Math.max(title, measure(detail(box), 'detail'))
      return { title: boxWidth(box, title), all: boxWidth(box, all) }
    }
    current = layout(shown, width, room)
    scene.innerHTML = draw(current, shown.frames, words, fitting(measure)).markup
    showMarked()
    showFound()
    if (focused !== undefined) element(focused)?.focus({ preventScroll: true })
  }

  function showMarked(): void {
    const known = current && marked !== undefined && current.boxes.has(marked)
    const near = current && known && marked !== undefined ? connected(current, marked) : undefined
    scene.classList.toggle('marked', near !== undefined)
    for (const box of boxes()) {
      const own = box.dataset.id ?? ''
      box.classList.toggle('near', near?.has(own) === true)
      box.classList.toggle('selected', own === marked)
      box.setAttribute('tabindex', own === marked ? '0' : '-1')
      box.setAttribute('aria-pressed', String(own === marked))
    }
    for (const edge of scene.querySelectorAll<SVGGElement>('.edge')) {
      const { from = '', to = '' } = edge.dataset
      edge.classList.toggle('near', near?.has(from) === true && near.has(to))
    }
    // Without a selection the tab key leads to the first box.
    if (!near) scene.querySelector('.box')?.setAttribute('tabindex', '0')
  }

  function showFound(): void {
    scene.classList.toggle('searched', looked !== undefined)
    for (const box of boxes()) box.classList.toggle('found', looked?.has(box.dataset.id ?? '') === true)
  }

  function reveal(id: string): void {
    const box = current?.boxes.get(id)
    if (box) camera.reveal(box)
  }

  function fit(): void {
    const next = camera.room()
    if (next.width <= 0) return
    const same = next.width === room.width && next.height === room.height
    room = next
    if (!same) render()
    if (current) camera.fit(current)
  }
  new ResizeObserver(() => {
    if (!camera.fitted()) return
    fit()
    if (marked !== undefined) reveal(marked)
  }).observe(svg)

  return {
    show(shown, detail) {
      content = { shown, detail }
      render()
    },
    layout: () => current,
    mark(id) {
      marked = id
      showMarked()
    },
    found(ids) {
      looked = ids
      showFound()
    },
    focus(id) {
      reveal(id)
      element(id)?.focus({ preventScroll: true })
    },
    reveal,
    zoomBy: camera.zoomBy,
    fit,
    view: () => (camera.fitted() ? undefined : camera.view()),
    restore: camera.restore,
  }
}

/** The box that an element of the picture belongs to. */
export function boxAt(target: EventTarget | null): string | undefined {
  const found = target instanceof Element ? target.closest<SVGGElement>('.box') : null
  return found?.dataset.id
}
