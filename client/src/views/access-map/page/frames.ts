import type { AccessMapResult } from '../../../../../server/src/lsp/access-map-protocol.ts'
import { type Frame, type Shown, shown } from '../shown.ts'

/** A map, and what of it is drawn: that depends on the frames that a person has opened and closed. */
export interface Frames {
  map(): AccessMapResult
  drawn(): Shown
  set(map: AccessMapResult): void
  isDrawn(id: string | undefined): boolean
  /** The box that stands for a node: itself, or the closed frame it is in. */
  visibleOf(id: string): string | undefined
  /** The frame that hides a node. */
  closedAround(id: string): Frame | undefined
  /** Opens or closes a frame; whether there is anything in it. */
  toggle(id: string): boolean
  toggleAll(open: boolean): void
  toggled(): string[]
}

/** No map yet; `toggled` is what was toggled before. */
export function createFrames(before: readonly string[]): Frames {
  const toggled = new Set(before)
  let map: AccessMapResult = { nodes: [], edges: [], omitted: 0 }
  let drawn = shown(map, toggled)

  const isDrawn = (id: string | undefined) => drawn.boxes.some(box => box.id === id)
  const around = (id: string) => drawn.frames.find(({ members }) => members.some(member => member.id === id))
  const swap = (id: string) => {
    if (!toggled.delete(id)) toggled.add(id)
  }

  return {
    map: () => map,
    drawn: () => drawn,
    set(next) {
      map = next
      drawn = shown(map, toggled)
    },
    isDrawn,
    visibleOf: id => (isDrawn(id) ? id : around(id)?.id),
    closedAround(id) {
      const frame = isDrawn(id) ? undefined : around(id)
      return frame?.open ? undefined : frame
    },
    toggle(id) {
      const frame = drawn.frames.find(each => each.id === id)
      if (!frame || frame.members.length === 0) return false
      swap(id)
      drawn = shown(map, toggled)
      return true
    },
    toggleAll(open) {
      for (const frame of drawn.frames) if (frame.open !== open && frame.members.length > 0) swap(frame.id)
      drawn = shown(map, toggled)
    },
    toggled: () => [...toggled],
  }
}
