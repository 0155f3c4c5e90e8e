/** Replaces `start` to `end` (UTF-16 offsets, end exclusive) by `text`. */
export interface TextEdit {
  start: number
  end: number
  text: string
}

/** Whether two edits touch the same characters; two insertions at one place do too, for their order is unclear. */
export function overlap(a: TextEdit, b: TextEdit): boolean {
  return a.start === b.start || (a.start < b.end && b.start < a.end)
}

/**
 * `text` after all `edits`, which may come in any order.
 * @throws RangeError when two edits `overlap` or one lies outside the text: applying half of them would corrupt a file
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end)
  let result = ''
  let at = 0
  let last: TextEdit | undefined
  for (const edit of sorted) {
    if (edit.start < at || edit.end < edit.start || edit.end > text.length || (last && overlap(last, edit))) {
      throw new RangeError(`edit ${edit.start}-${edit.end} overlaps another or lies outside the text`)
    }
    result += text.slice(at, edit.start) + edit.text
    at = edit.end
    last = edit
  }
  return result + text.slice(at)
}
