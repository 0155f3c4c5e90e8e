/** A place in a text, both counted from 0; `character` in UTF-16 code units, as LSP and SARIF count by default. */
export interface Position {
  line: number
  character: number
}

/** Where each line of a text starts: the only mapping between offsets and positions in the project. */
export interface LineIndex {
  /** The position of `offset`; offsets outside the text, and within a line break, are clamped. */
  positionAt(offset: number): Position
  /** The offset of `position`; a character past the end of its line is clamped to the end, line break excluded. */
  offsetAt(position: Position): number
  lineCount: number
}

/** Lines end with `\n`, `\r\n` or a lone `\r`, as the Language Server Protocol counts them (LSP 3.17, Text Documents). */
export function lineIndex(text: string): LineIndex {
  const starts = [0]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1)
  }

  /** Where the line that begins at `start` ends, its line break excluded. */
  function endOf(line: number, start: number): number {
    let end = starts[line + 1] ?? text.length
    while (end > start && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end--
    return end
  }

  return {
    lineCount: starts.length,
    positionAt(offset) {
      const at = Math.max(0, Math.min(offset, text.length))
      let low = 0
      let high = starts.length - 1
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if ((starts[middle] ?? 0) <= at) low = middle
        else high = middle - 1
      }
      // Between `\r` and `\n` there is no place that an editor could show.
      const start = starts[low] ?? 0
      return { line: low, character: Math.min(at, endOf(low, start)) - start }
    },
    offsetAt({ line, character }) {
      if (line < 0) return 0
      const start = starts[line]
      if (start === undefined) return text.length
      return Math.max(start, Math.min(start + character, endOf(line, start)))
    },
  }
}
