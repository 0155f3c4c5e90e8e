import type { Value } from '../../syntax/write/values.ts'
import { distinctBy } from '../distinct.ts'

/** A value that may be written at the cursor, or a name with the value it is written with. */
export interface Candidate {
  value: Value
  /** What the list shows; the value itself where nothing else is said. */
  label?: string
  /** A word or two beside it. */
  detail?: string | undefined
  /** Markdown. */
  documentation?: string | undefined
  kind?: CandidateKind
  /** Further words that find it. */
  words?: string
  /** One of a few that can stand there: nobody types something else that looks alike. */
  closed?: true
}

/** `reference`: the name of something in the workspace. */
export type CandidateKind = 'field' | 'value' | 'reference' | 'snippet'

/** A property that may be written at the cursor. */
export interface NamedCandidate extends Omit<Candidate, 'label'> {
  name: string
}

/** Of equal values the first. */
export function distinct<T extends Candidate>(candidates: readonly T[]): T[] {
  return distinctBy(candidates, ({ value }) => JSON.stringify(value))
}

// --- places to type in -------------------------------------------------------------------------------------

/** Within a value: nothing yet, the cursor is to be here. An ordinary character that no real file holds. */
export const STOP = '\uE001'

/** In the place of a whole value, or of the only entry of an object: the cursor, without quotes or name. */
const ANYTHING = '\uE003'

/** An object, and a list, with nothing in it but the cursor. */
export const OPEN_OBJECT: Value = { [ANYTHING]: ANYTHING }
export const OPEN_LIST: Value = [ANYTHING]

const ANY = new RegExp(`"?${ANYTHING}"?(?:: ?"?${ANYTHING}"?)?`, 'g')

/** What people fill in: `<account>`, `fdis_...`; and the marks above. */
const STOPS = new RegExp(`${STOP}|<[A-Za-z][^<>"'\\n]*>|\\b[a-z]+_\\.\\.\\.`, 'g')

/** `written` without its marks, and where in it somebody types: of no width where nothing is yet. */
export function takeStops(written: string): { text: string; stops: { start: number; end: number }[] } {
  const source = written.replace(ANY, STOP)
  const stops: { start: number; end: number }[] = []
  let text = ''
  let done = 0
  for (const { 0: found, index } of source.matchAll(STOPS)) {
    text += source.slice(done, index)
    const stands = found === STOP ? '' : found
    stops.push({ start: text.length, end: text.length + stands.length })
    text += stands
    done = index + found.length
  }
  return { text: text + source.slice(done), stops }
}
