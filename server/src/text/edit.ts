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

/**
 * The one edit that makes `after` of `before`, without what both begin and end with: marks and cursors outside of it
 * stay where they are. Never cuts a character or a line break in two.
 */
export function difference(before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++
  if (isInsideCharacter(before, start) || isInsideCharacter(after, start)) start--
  let tail = 0
  const [a, b] = [before.length - 1, after.length - 1]
  while (tail < shorter - start && before.charCodeAt(a - tail) === after.charCodeAt(b - tail)) tail++
  if (isInsideCharacter(before, before.length - tail) || isInsideCharacter(after, after.length - tail)) tail--
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) }
}

function isInsideCharacter(text: string, at: number): boolean {
  const pair = text.slice(at - 1, at + 1)
  return at > 0 && (pair === '\r\n' || /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(pair))
}
