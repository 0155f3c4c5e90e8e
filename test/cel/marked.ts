/** Expressions with a range drawn into them: `claims.a «=» "b"`. */

export interface Marked {
  source: string
  start: number
  end: number
}

/** Reads the marks `«` and `»` out of `text`. */
export function marked(text: string): Marked {
  const [before, within, after] = text.split(/[«»]/)
  if (before === undefined || within === undefined || after === undefined)
    throw new Error(`no marks in ${text}`)
  return { source: before + within + after, start: before.length, end: before.length + within.length }
}

/** `source` with marks around a range. */
export function mark(source: string, { start, end }: { start: number; end: number }): string {
  return `${source.slice(0, start)}«${source.slice(start, end)}»${source.slice(end)}`
}
