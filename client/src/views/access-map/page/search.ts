import { matches } from '../matches.ts'
import { fill, type Words } from '../words.ts'

type Nodes = Parameters<typeof matches>[0]

/** What the search box finds, and which of that one has gone to. */
export interface Search {
  active(): boolean
  /** Finds again; `anew` forgets where one was. */
  find(nodes: Nodes, anew: boolean): string[]
  /** Goes on to the next or the previous one. */
  step(by: 1 | -1): string | undefined
  clear(): void
}

/** A search with what is in `input`; `output` says how much it finds. */
export function createSearch(input: HTMLInputElement, output: HTMLOutputElement, words: Words): Search {
  let hits: string[] = []
  let at = -1
  const active = () => input.value.trim() !== ''

  function tell(): void {
    if (!active()) output.value = ''
    else output.value = hits.length === 0 ? words.noMatch : fill(words.matches, at + 1, hits.length)
  }

  return {
    active,
    find(nodes, anew) {
      hits = matches(nodes, input.value)
      if (anew || at >= hits.length) at = -1
      tell()
      return hits
    },
    step(by) {
      if (hits.length === 0) return undefined
      at = at < 0 && by < 0 ? hits.length - 1 : (at + by + hits.length) % hits.length
      tell()
      return hits[at]
    },
    clear() {
      input.value = ''
    },
  }
}
