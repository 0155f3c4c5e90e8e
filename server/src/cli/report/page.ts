import type { Colors } from 'picocolors/types'
import { SEVERITIES, type Severity } from '../../lint/rule.ts'
import { printable } from '../../text/printable.ts'
import { cells, widthOf } from './terminal.ts'
import { painter } from './text.ts'

/** How to print. */
interface Style {
  colors: Colors
  /** Of the rule with this id. */
  severityOf: (rule: string) => Severity
}

const FENCE = /^```(\w+) ?(\w*) ?(.*)\n([\s\S]*?)^```$/gm
/** Code and what stands in it stay as they are; a link, an address, strong words, a stressed one. */
const INLINE =
  /(?<code>`[^`]*`)|\[(?<text>[^\]]*)\]\((?<url>[^)]*)\)|<(?<address>https?:[^>]*)>|\*\*(?<strong>[^*]+)\*\*|\*(?<stressed>[^*]+)\*/g
/** Carets under the line before, then the rule and the message of what is found there. */
const MARKER =
  /^(?<lead>\s*(?:\/\/|#)?\s*)(?<carets>\^+) (?<rule>[a-z-]+\/[a-z0-9-]+)(?: \((?<severity>\w+)\))?: /

/** A rule's page for a person: the prose wrapped as it is, the examples with their carets. */
export function pageText(page: string, severityOf: Style['severityOf'], colors: Colors): string {
  const style = { colors, severityOf }
  const text = page.replaceAll('\r\n', '\n')
  let out = ''
  let end = 0
  for (const fence of text.matchAll(FENCE)) {
    const [whole, format = '', kind = '', title = '', body = ''] = fence
    out += prose(text.slice(end, fence.index), style)
    out += example({ format, kind, title }, body, style)
    end = fence.index + whole.length
  }
  return out + prose(text.slice(end), style)
}

function prose(text: string, { colors }: Style): string {
  const inline = text.replace(INLINE, (...match) => {
    const { code, text, url, address, strong, stressed } = match.at(-1)
    if (code !== undefined) return code
    if (text !== undefined) return /^https?:/.test(url) ? `${text} (${url})` : text
    return address ?? (strong === undefined ? colors.italic(stressed) : colors.bold(strong))
  })
  return inline
    .replace(/^#+ (.*)$/gm, (_, heading) => colors.bold(heading))
    .replace(/^_(.*)_$/gm, (_, line) => colors.italic(line))
}

/** What is fenced in a page, set in, under a word on what it is. */
function example({ format, kind, title }: Record<string, string>, body: string, style: Style): string {
  const { colors } = style
  const paint = kind === 'bad' ? colors.red : kind ? colors.green : colors.dim
  const head = [paint([kind, `(${format})`].join(' ').trim()), title && `: ${printable(title)}`].join('')
  let source = ''
  const lines = body.split('\n').slice(0, -1)
  const shown = lines.map(line => {
    const marker = MARKER.exec(line)
    if (marker) return underline(marker, line, source, style)
    source = line
    return shownLine(line)
  })
  return [head, ...shown.map(line => line && `    ${line}`)].join('\n')
}

/** A line of carets, moved to where the characters above are on a terminal: not each of them is one column wide. */
function underline(marker: RegExpExecArray, line: string, source: string, style: Style): string {
  const { lead = '', carets = '', rule = '', severity } = marker.groups ?? {}
  const from = lead.length
  const to = from + carets.length
  const before = ' '.repeat(Math.max(0, widthOf(cells(source.slice(0, from))) - from))
  const paint = painter(SEVERITIES.find(each => each === severity) ?? style.severityOf(rule), style.colors)
  const under = '^'.repeat(Math.max(1, widthOf(cells(source.slice(from, to)))))
  return `${lead}${before}${paint(under)}${printable(line.slice(to))}`
}

function shownLine(line: string): string {
  return cells(line)
    .map(cell => cell.text)
    .join('')
}
