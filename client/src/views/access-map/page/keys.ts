import type { Direction } from '../neighbours.ts'
import { boxAt } from './canvas.ts'
import type { Parts } from './skeleton.ts'

/** What keys do. */
export interface Deeds {
  /** Goes from a box to the next one. */
  move(id: string, direction: Direction): void
  activate(id: string): void
  toggle(id: string): void
  /** Goes on to what the search finds; `enter` puts the focus there. */
  searchStep(by: 1 | -1, enter: boolean): void
  searchAnew(): void
  /** Clears the search, or else the selection; `leave` puts the focus back on what is shown. */
  escape(leave: boolean): void
  /** What a button of this name does. */
  act(name: string): void
}

const ARROWS: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

/** Lets the keyboard do all that the pointer can do. */
export function listenToKeys({ svg, input }: Pick<Parts, 'svg' | 'input'>, deeds: Deeds): void {
  svg.addEventListener('keydown', event => {
    const id = boxAt(event.target)
    if (id === undefined || isShortcut(event)) return
    const direction = ARROWS[event.key]
    if (direction) deeds.move(id, direction)
    else if (event.key === 'Enter') deeds.activate(id)
    else if (event.key === ' ') deeds.toggle(id)
    else return
    event.preventDefault()
  })

  input.addEventListener('input', deeds.searchAnew)
  input.addEventListener('keydown', event => {
    if (event.key === 'Enter') deeds.searchStep(event.shiftKey ? -1 : 1, false)
    else if (event.key === 'ArrowDown') deeds.searchStep(1, true)
    else return
    event.preventDefault()
  })

  const anywhere: Record<string, () => void> = {
    '/': () => input.select(),
    '+': () => deeds.act('in'),
    '=': () => deeds.act('in'),
    '-': () => deeds.act('out'),
    0: () => deeds.act('fit'),
  }
  document.addEventListener('keydown', event => {
    if (isShortcut(event)) return
    const typing = event.target === input
    const act = event.key === 'Escape' ? () => deeds.escape(typing) : typing ? undefined : anywhere[event.key]
    if (!act) return
    act()
    event.preventDefault()
  })
}

/** Those are for the editor. */
function isShortcut({ ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  return ctrlKey || altKey || metaKey
}
