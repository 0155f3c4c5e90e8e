import { overlap, type TextEdit } from '../../text/edit.ts'

/** The text edits within one collection or for one value; undefined when they cannot be written. */
export interface Group {
  depth: number
  edits: TextEdit[] | undefined
}

/**
 * The edits of all groups, or undefined when they collide. Where blocks end at one place, what comes into the inner
 * one goes first; where what is taken away starts there, before that. Two may take away the blank between them.
 */
export function together(text: string, groups: readonly Group[]): TextEdit[] | undefined {
  const result: TextEdit[] = []
  for (const { edits } of groups.toSorted((a, b) => b.depth - a.depth)) {
    if (!edits) return undefined
    for (const edit of joined(edits)) {
      const others = result.filter(before => overlap(before, edit))
      const [other] = others
      if (!other) result.push(edit)
      else if (others.length === 1 && other.start === edit.start && isInsertion(edit, other)) {
        other.text = isInsertion(other) ? other.text + edit.text : edit.text + other.text
        other.end = Math.max(other.end, edit.end)
      } else if (others.length === 1 && shareBlanks(text, edit, other)) {
        other.start = Math.min(other.start, edit.start)
        other.end = Math.max(other.end, edit.end)
      } else return undefined
    }
  }
  return result.sort((a, b) => a.start - b.start)
}

/** Whether both only take away, and have nothing but blanks in common. */
function shareBlanks(text: string, a: TextEdit, b: TextEdit): boolean {
  const common = text.slice(Math.max(a.start, b.start), Math.min(a.end, b.end))
  return a.text === '' && b.text === '' && common.trim() === ''
}

/** Whether one of `edits` takes nothing away. */
function isInsertion(...edits: readonly TextEdit[]): boolean {
  return edits.some(({ start, end }) => start === end)
}

/** `edits` of one collection, those that touch made one. */
function joined(edits: readonly TextEdit[]): TextEdit[] {
  const result: TextEdit[] = []
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = result.at(-1)
    if (last && edit.start <= last.end) {
      last.end = Math.max(last.end, edit.end)
      last.text += edit.text
    } else result.push({ ...edit })
  }
  return result
}
