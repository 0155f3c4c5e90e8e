import type { TextEdit } from '../../text/edit.ts'
import type { Tree } from '../node.ts'

/** Puts `text` at `at`. */
export function insertion(at: number, text: string): TextEdit {
  return { start: at, end: at, text }
}

/** Where the line of `offset` starts, behind a byte order mark. */
export function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start
}

/** Where the line of `offset` ends, its line break excluded. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset)
  if (at === -1) return text.length
  return text[at - 1] === '\r' ? at - 1 : at
}

/** Where the line below that of `offset` starts, or the end of the text. */
export function nextLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset)
  return at === -1 ? text.length : at + 1
}

/** How many characters stand before `offset` in its line. */
export function column(text: string, offset: number): number {
  return offset - lineStart(text, offset)
}

/** The blanks that `offset`'s line starts with. */
export function indentOf(text: string, offset: number): string {
  const start = lineStart(text, offset)
  return text.slice(start, Math.min(blanksAfter(text, start), offset))
}

/** Where the blanks right before `offset` start. */
export function blanksBefore(text: string, offset: number): number {
  let at = offset
  while (text[at - 1] === ' ' || text[at - 1] === '\t') at--
  return at
}

/** Where the blanks right behind `offset` end. */
export function blanksAfter(text: string, offset: number): number {
  let at = offset
  while (text[at] === ' ' || text[at] === '\t') at++
  return at
}

/** Whether nothing but blanks stands before `offset` in its line. */
export function startsLine(text: string, offset: number): boolean {
  return blanksBefore(text, offset) === lineStart(text, offset)
}

/** The end of the comment that starts at `at`, or `at` when none does. */
function commentEnd({ text, format }: Tree, at: number): number {
  if (text.startsWith(format === 'json' ? '//' : '#', at)) return lineEnd(text, at)
  if (format === 'yaml' || !text.startsWith('/*', at)) return at
  const close = text.indexOf('*/', at + 2)
  return close === -1 ? text.length : close + 2
}

/** The first place from `offset` on that is neither blank, line break nor comment. */
export function skipTrivia(tree: Tree, offset: number): number {
  let at = offset
  for (;;) {
    while (/[ \t\r\n]/.test(tree.text[at] ?? '')) at++
    const end = commentEnd(tree, at)
    if (end === at) return at
    at = end
  }
}

/** The end of the comments behind `offset` in its line, or `offset` when there are none. */
export function behindComments(tree: Tree, offset: number): number {
  let at = offset
  for (;;) {
    const start = blanksAfter(tree.text, at)
    const end = commentEnd(tree, start)
    if (end === start || tree.text.slice(start, end).includes('\n')) return at
    at = end
  }
}

/** How the lines of `text` end: as the first of them does. */
export function lineBreak(text: string): string {
  const at = text.indexOf('\n')
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n'
}

/** `lines` below the line before them, at a column. */
export function below(tree: Tree, lines: readonly string[], at: number): string {
  const newLine = lineBreak(tree.text) + ' '.repeat(at)
  return lines.map(line => newLine + line).join('')
}
