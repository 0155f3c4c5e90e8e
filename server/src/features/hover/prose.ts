import type { Place } from '../references.ts'

/** Markdown in pieces: what leads somewhere is left to the shell, which knows how places and pages are called. */
export type Prose = readonly Piece[]

export type Piece = string | { title: string; place: Place } | { title: string; rule: string }

/** More places than this are no help in a hover. */
const MAX_PLACES = 5

/** A list of things, each leading to its place; those beyond the first few are only counted. */
export function list<T>(
  all: readonly T[],
  show: (each: T) => { title: string; place: Place; note?: string },
): Piece[] {
  const shown = all.slice(0, MAX_PLACES).flatMap((each): Piece[] => {
    const { title, place, note = '' } = show(each)
    return ['\n- ', { title, place }, note]
  })
  const more = all.length - MAX_PLACES
  return more > 0 ? [...shown, `\n- and ${more} more`] : shown
}
