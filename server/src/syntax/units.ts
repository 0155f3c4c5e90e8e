/** A string's value unit by unit, with the places they come from. */

/** For each UTF-16 unit of a value the place it comes from; an escape gives one place for all of its units. */
export interface Offsets {
  starts: number[]
  ends: number[]
}

/** A value as it is read, and where from. */
export interface Units extends Offsets {
  value: string
}

/** Adds `part` of the value, read from `start` to `end`. */
export function emit(units: Units, part: string, start: number, end: number): void {
  units.value += part
  for (let i = 0; i < part.length; i++) {
    units.starts.push(start)
    units.ends.push(end)
  }
}
