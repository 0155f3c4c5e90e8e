/** Reads the examples out of a rule's page. The page is for people; what is fenced in it is executed. */

export interface Example {
  kind: 'bad' | 'good' | 'fixed'
  format: 'json' | 'yaml'
  /** For `fixed`: the title of the fix that leads there; undefined for the first one offered. */
  title: string | undefined
  /** The line of the fence in the page, from 1. */
  line: number
  /** The text without its markers. */
  text: string
  expected: Expected[]
}

/** A marker: carets under the text, then `rule: message`, or `rule (severity): message`. */
export interface Expected {
  rule: string
  severity: string | undefined
  message: string
  start: number
  end: number
}

const FENCE = /^```(json|yaml) (bad|good|fixed)(?: (.+))?$/
// The mark of a comment is optional and only makes the page look natural: markers are gone before parsing.
const MARKER = /^(\s*(?:\/\/|#)?\s*)(\^+) ([a-z-]+\/[a-z0-9-]+)(?: \((\w+)\))?: (.+)$/

/** The examples of a page, in order. */
export function examples(page: string): Example[] {
  const found: Example[] = []
  const lines = page.split('\n')
  for (let i = 0; i < lines.length; i++) {
    const [, format, kind, title] = FENCE.exec(lines[i] ?? '') ?? []
    if (!format || !kind) continue
    const end = lines.indexOf('```', i)
    const body = read(lines.slice(i + 1, end))
    found.push({
      kind: kind as Example['kind'],
      format: format as Example['format'],
      title,
      line: i + 1,
      ...body,
    })
    i = end
  }
  return found
}

function read(lines: string[]): { text: string; expected: Expected[] } {
  const expected: Expected[] = []
  let text = ''
  let lineStart = 0
  for (const line of lines) {
    const marker = MARKER.exec(line)
    if (!marker) {
      lineStart = text.length
      text += `${line}\n`
      continue
    }
    const [, before = '', carets = '', rule = '', severity, message = ''] = marker
    const start = lineStart + before.length
    expected.push({ rule, severity, message, start, end: start + carets.length })
  }
  return { text, expected }
}

/** `text` with `findings` drawn under it, as a page would: what a failing test shows. */
export function draw(text: string, findings: readonly Expected[], mark: string): string {
  const out: string[] = []
  let offset = 0
  for (const line of text.split('\n').slice(0, -1)) {
    out.push(line)
    for (const f of findings) {
      if (f.start < offset || f.start > offset + line.length) continue
      const column = f.start - offset
      const carets = '^'.repeat(Math.max(1, Math.min(f.end, offset + line.length) - f.start))
      const lead = column >= mark.length ? mark + ' '.repeat(column - mark.length) : ' '.repeat(column)
      out.push(`${lead}${carets} ${f.rule}${f.severity ? ` (${f.severity})` : ''}: ${f.message}`)
    }
    offset += line.length + 1
  }
  return out.join('\n')
}
