import type { AccessMapResult } from '../../../../../server/src/lsp/access-map-protocol.ts'
import { type Row, rows, tree } from '../tree.ts'
import type { Words } from '../words.ts'

/** The map as a tree of rows, moved in as the pattern for trees says (ARIA Authoring Practices, Tree View). */
export interface List {
  show(map: AccessMapResult, words: Words): void
  /** Selects the first row of a node, and opens what it is in. */
  select(id: string): void
  toggleAll(toOpen: boolean): void
  focus(): void
}

/** A list in `home`; `chosen` is called with the node of the row that was moved to, `opened` with that to open. */
export function createList(
  home: HTMLElement,
  chosen: (id: string) => void,
  opened: (id: string) => void,
): List {
  const open = new Set<string>()
  let all: Row[] = []
  let words: Words | undefined
  let current: string | undefined

  const items = () => [...home.querySelectorAll<HTMLElement>('[role="treeitem"]')]
  const item = (key: string) => items().find(({ dataset }) => dataset.key === key)

  function render(focused: boolean): void {
    if (!words) return
    home.innerHTML = tree(all, open, words).markup
    const at = (current === undefined ? undefined : item(current)) ?? items()[0]
    if (!at) return
    at.tabIndex = 0
    at.setAttribute('aria-selected', 'true')
    if (focused) at.focus()
    at.scrollIntoView({ block: 'nearest' })
  }

  function moveTo(at: HTMLElement | undefined): void {
    if (!at) return
    current = at.dataset.key
    render(true)
    if (at.dataset.select) chosen(at.dataset.select)
  }

  function toggle(at: HTMLElement): void {
    const { key = '' } = at.dataset
    if (!open.delete(key)) open.add(key)
    current = key
    render(true)
  }

  const parentOf = (at: HTMLElement) =>
    at.parentElement?.closest<HTMLElement>('[role="treeitem"]') ?? undefined

  home.addEventListener('keydown', event => {
    const at = event.target instanceof HTMLElement ? event.target : undefined
    if (at?.role !== 'treeitem') return
    const list = items()
    const place = list.indexOf(at)
    const isOpen = at.getAttribute('aria-expanded')
    const keys: Record<string, () => void> = {
      ArrowDown: () => moveTo(list[place + 1]),
      ArrowUp: () => moveTo(list[place - 1]),
      Home: () => moveTo(list[0]),
      End: () => moveTo(list.at(-1)),
      ArrowRight: () => (isOpen === 'false' ? toggle(at) : isOpen ? moveTo(list[place + 1]) : undefined),
      ArrowLeft: () => (isOpen === 'true' ? toggle(at) : moveTo(parentOf(at))),
      ' ': () => isOpen && toggle(at),
      Enter: () => at.dataset.select && opened(at.dataset.select),
    }
    const act = keys[event.key]
    if (!act || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    act()
  })
  home.addEventListener('click', event => {
    const target = event.target instanceof Element ? event.target : undefined
    const at = target?.closest<HTMLElement>('[role="treeitem"]')
    if (!at) return
    if (target?.closest('.twist') && at.hasAttribute('aria-expanded')) toggle(at)
    else moveTo(at)
  })

  return {
    show(map, itsWords) {
      words = itsWords
      all = rows(map, itsWords)
      // Few rows can all be seen at once.
      if (open.size === 0 && map.nodes.length <= 30)
        for (const row of all) for (const each of [row, ...row.children]) open.add(each.key)
      render(home.contains(document.activeElement))
    },
    select(id) {
      const path = rowsTo(all, row => row.id === id)
      for (const row of path.slice(0, -1)) open.add(row.key)
      current = path.at(-1)?.key ?? current
      render(false)
    },
    toggleAll(toOpen) {
      open.clear()
      if (toOpen) for (const { key } of withChildren(all)) open.add(key)
      // What is in a closed row cannot be where somebody is.
      else current = rowsTo(all, ({ key }) => key === current)[0]?.key
      render(false)
    },
    focus: () => render(true),
  }
}

function withChildren(all: readonly Row[]): Row[] {
  return all.flatMap(row => (row.children.length > 0 ? [row, ...withChildren(row.children)] : []))
}

/** The rows down to the first that is wanted. */
function rowsTo(all: readonly Row[], isWanted: (row: Row) => boolean): Row[] {
  for (const row of all) {
    if (isWanted(row)) return [row]
    const below = rowsTo(row.children, isWanted)
    if (below.length > 0) return [row, ...below]
  }
  return []
}
