import { boxAt } from './canvas.ts'

/** What a press of a button or on the picture does. */
export interface Presses {
  /** A button of the page that is for no node. */
  act(name: string): void
  open(id: string, finding: number | undefined): void
  toggle(id: string): void
  /** A node that is named somewhere beside the picture. */
  goTo(id: string): void
  /** A box of the picture, or where there is none. */
  pick(id: string | undefined): void
  activate(id: string): void
}

/** Buttons say what they are for in `data-` attributes. */
export function listenToPointer(svg: SVGSVGElement, presses: Presses): void {
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('button') : null
    if (!button) return
    const { act, open, select, toggle, finding } = button.dataset
    if (act) presses.act(act)
    else if (open) presses.open(open, finding === undefined ? undefined : Number(finding))
    else if (toggle) presses.toggle(toggle)
    else if (select) presses.goTo(select)
  })
  svg.addEventListener('click', ({ target }) => presses.pick(boxAt(target)))
  svg.addEventListener('dblclick', ({ target }) => {
    const id = boxAt(target)
    if (id !== undefined) presses.activate(id)
  })
}
