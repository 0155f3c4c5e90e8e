import { select } from 'd3-selection'
import { type ZoomTransform, zoom, zoomIdentity } from 'd3-zoom'
import type { Rect, Room } from '../layout.ts'

/** What of the picture is in view: where its origin is, and how large a pixel of it. */
export interface View {
  x: number
  y: number
  k: number
}

export interface Camera {
  /** What can be seen at once in the size in which words are the easiest to read. */
  room(): Room
  /** Shows all of a picture of this size, or of one that is too large its beginning. */
  fit(size: Room): void
  /** Whether all was to be seen, and nobody has moved the view since. */
  fitted(): boolean
  /** Moves no further than it takes to see a box. */
  reveal(box: Rect): void
  zoomBy(factor: number): void
  view(): View
  restore(view: View): void
}

/** Between the picture, or a box that is moved to, and the edge of the view. */
const MARGIN = 24
/** Above the picture, for the titles of its columns. */
const TITLES = 34
/** Smaller, a title of 13 pixels could hardly be read. */
const LEGIBLE = 10 / 13

/** Moves `scene` in `svg`, as the pointer and the wheel say too; `moved` is called after each time. */
export function createCamera(svg: SVGSVGElement, scene: SVGGElement, moved: () => void): Camera {
  const picture = select(svg)
  let transform: ZoomTransform = zoomIdentity
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

  const to = ({ x, y, k }: View) => behaviour.transform(picture, zoomIdentity.translate(x, y).scale(k))

  /** Moves without anybody having asked for another view. */
  function keepingFitted(move: () => void): void {
    const before = fitted
    move()
    fitted = before
    moved()
  }

  const room = () => ({
    width: svg.clientWidth - 2 * MARGIN,
    height: svg.clientHeight - 2 * MARGIN - TITLES,
  })

  return {
    room,
    fit(size) {
      const { width, height } = room()
      if (svg.clientWidth === 0) return
      const [wide, high] = [width / Math.max(1, size.width), height / Math.max(1, size.height)]
      // What is too high in any size that can be read need not be made smaller for its height.
      const k = Math.min(1, Math.max(LEGIBLE, high < LEGIBLE ? wide : Math.min(wide, high)))
      const x = Math.max(0, (width - size.width * k) / 2)
      const y = Math.max(0, (height - size.height * k) / 2)
      to({ x: MARGIN + x, y: MARGIN + TITLES + y, k })
      fitted = true
      moved()
    },
    fitted: () => fitted,
    reveal({ x, y, width, height }) {
      const [left, top] = transform.apply([x, y])
      const dx = shift(left, width * transform.k, svg.clientWidth)
      const dy = shift(top, height * transform.k, svg.clientHeight)
      if (dx === 0 && dy === 0) return
      keepingFitted(() => to({ x: transform.x + dx, y: transform.y + dy, k: transform.k }))
    },
    zoomBy: factor => behaviour.scaleBy(picture, factor),
    view: () => ({ x: transform.x, y: transform.y, k: transform.k }),
    restore: to,
  }
}

/** How far something must move to be in the room with some space around it. */
function shift(start: number, size: number, room: number): number {
  const [low, high] = [start - MARGIN, start + size + MARGIN]
  if (high - low > room) return room / 2 - (start + size / 2)
  return low < 0 ? -low : high > room ? room - high : 0
}
