/**
 * Template expressions (`{{ .Values.x }}` of Helm and its kin) in text that is otherwise YAML.
 * They are blanked out at the same length, so the rest parses and every offset stays true.
 */

const TEMPLATE = /\{\{[^]*?\}\}/g
/** A private-use character: no real file holds it, and it is an ordinary character to YAML. */
const FILL = '\uE000'
const RUN = /\uE000+/g

/**
 * `text` with its template expressions masked. One that fills a line of its own (`{{- if .Values.x }}`) becomes
 * blanks; one inside a value becomes filler that `unmask` turns back.
 */
export function mask(text: string): string {
  return text.replace(TEMPLATE, (match, offset: number) => {
    const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset)
    const lineEnd = text.indexOf('\n', offset + match.length)
    const after = text.slice(offset + match.length, lineEnd === -1 ? undefined : lineEnd)
    const alone = /^(?:\s|\{\{[^{}]*\}\})*$/.test(before) && /^(?:\s|\{\{[^{}]*\}\})*(?:#.*)?$/.test(after)
    return alone ? match.replace(/[^\r\n]/g, ' ') : FILL.repeat(match.length)
  })
}

/** Whether `text`, from a masked document, holds a masked expression. */
export function isMasked(text: string): boolean {
  return text.includes(FILL)
}

/** `value`, read from `masked`, with its expressions as `source`, the same stretch before masking, has them. */
export function unmask(value: string, masked: string, source: string): string {
  const written = [...masked.matchAll(RUN)].map(run => source.slice(run.index, run.index + run[0].length))
  let next = 0
  return value.replace(RUN, run => written[next++] ?? run)
}
