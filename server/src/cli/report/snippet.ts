import { type Cell, cells, widthOf } from './terminal.ts'

/** A line of a file as it is shown, and carets for the line below it. */
export interface Snippet {
  source: string
  carets: string
}

const CUT: Cell = { text: '…', width: 1 }

/**
 * The line of a finding, with carets under the characters `from` to `to` (UTF-16 offsets, end exclusive; one caret at
 * least). A line longer than `width` is cut on both sides, around the finding.
 */
export function snippet(line: string, from: number, to: number, width: number): Snippet {
  // A line may be megabytes long: only what can be shown is looked at. A character has up to two units.
  const reach = 2 * width
  const start = Math.min(from, line.length)
  const end = Math.min(Math.max(to, start), line.length)
  const marked = fit(cells(line.slice(start, Math.min(end, start + reach))), width, end > start + reach)
  const before = cells(line.slice(Math.max(0, start - reach), start))
  const after = cells(line.slice(end, end + reach))
  const more = { before: start > reach, after: line.length > end + reach }

  // What one side does not need, the other may have.
  const room = Math.max(0, width - widthOf(marked))
  const forHead = Math.max(room - widthOf(after), Math.floor(room / 2))
  const head = fit(before.reverse(), forHead, more.before).reverse()
  const tail = marked.at(-1) === CUT ? [] : fit(after, room - widthOf(head), more.after)
  return {
    source: [...head, ...marked, ...tail]
      .map(cell => cell.text)
      .join('')
      .trimEnd(),
    carets: ' '.repeat(widthOf(head)) + '^'.repeat(Math.max(1, widthOf(marked))),
  }
}

/** As much of `line` as fits into `width`, from its beginning; the mark of a cut at the end if that is not all. */
function fit(line: readonly Cell[], width: number, more: boolean): Cell[] {
  if (!more && widthOf(line) <= width) return [...line]
  const kept: Cell[] = []
  let room = width - CUT.width
  for (const cell of line) {
    room -= cell.width
    if (room < 0) break
    kept.push(cell)
  }
  return [...kept, CUT]
}
