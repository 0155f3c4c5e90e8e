import type { Range } from './node.ts'

/**
 * Template expressions (`{{ .Values.x }}` of Helm and its kin) in text that is otherwise YAML or JSON.
 * They are masked at the same length, so the rest parses and every offset stays true.
 */

/** A private-use character: no real file holds it, and it is an ordinary character to YAML. */
const FILL = '\uE000'
/** `{{"a": 1}}` is JSON with a brace too many. */
const OBJECT = /^\{\{\s*"[^"]*"\s*:/
const RUN = /\uE000+/g
/** As `envsubst` and Flux know them. */
const VARIABLE = /\$\{\w[^{}\s]*\}/g

/**
 * `text` with its template expressions masked. Those that fill their line (`{{- if .Values.x }}`) become blanks;
 * one inside a value becomes filler that `unmask` turns back. Same length, linear time.
 */
export function mask(text: string): string {
  let masked = ''
  let done = 0
  for (const run of runs(text, expressions(text))) {
    const alone = fillsLine(text, run)
    for (const { start, end } of run) {
      const blank = alone ? text.slice(start, end).replace(/[^\r\n]/g, ' ') : FILL.repeat(end - start)
      masked += text.slice(done, start) + blank
      done = end
    }
  }
  return masked + text.slice(done)
}

/** `text` with variables that a shell fills in (`${NAME}`) masked: in a list or map in brackets, YAML cannot read them. */
export function maskVariables(text: string): string {
  return text.replace(VARIABLE, variable => FILL.repeat(variable.length))
}

/** Whether `value`, from a masked text, holds a masked expression. */
export function isMasked(value: string): boolean {
  return value.includes(FILL)
}

/** Whether `mask` turned something in `source` into blanks: what is absent from the rest may come from there. */
export function isBlanked(source: string, masked: string): boolean {
  for (let at = source.indexOf('{{'); at !== -1; at = source.indexOf('{{', at + 2)) {
    if (masked[at] === ' ') return true
  }
  return false
}

/**
 * Whether `text` is a template of another kind, which YAML and JSON cannot be: lines begin with `{% if %}` of Jinja or
 * `<% if %>` of ERB.
 */
export function isForeignTemplate(text: string): boolean {
  return /^[ \t]*(?:\{%|<%)/m.test(text)
}

/** `value`, read from `masked`, with its expressions as `source`, the same stretch before masking, has them. */
export function unmask(value: string, masked: string, source: string): string {
  const written = [...masked.matchAll(RUN)].map(run => source.slice(run.index, run.index + run[0].length))
  let next = 0
  return value.replace(RUN, run => written[next++] ?? run)
}

/** Where the expressions of `text` lie. One that is never closed, or not before the next one opens, is none. */
function expressions(text: string): Range[] {
  const found: Range[] = []
  let heedQuotes = true
  for (let start = text.indexOf('{{'); start !== -1; ) {
    const next = nextBraces(text, start + 2, heedQuotes)
    if (next === -1) {
      // Some quote is no quote. Once is enough: trying for each expression would take quadratic time.
      if (!heedQuotes) break
      heedQuotes = false
    } else if (text[next] === '{') {
      start = next
    } else {
      const end = text[start + 2] === '{' && text[next + 2] === '}' ? next + 3 : next + 2
      if (!OBJECT.test(text.slice(start, end))) found.push({ start, end })
      start = text.indexOf('{{', end)
    }
  }
  return found
}

/** The first `{{` or `}}` behind `from` that is not part of a Go string (`{{ "}}" }}`), or -1. */
function nextBraces(text: string, from: number, heedQuotes: boolean): number {
  for (let at = from; at < text.length; at++) {
    const character = text[at]
    if ((character === '}' || character === '{') && text[at + 1] === character) return at
    // In a quoted YAML scalar, `\"` is a quote for the template; no string starts at it.
    if (character === '\\') at++
    else if (heedQuotes && (character === '"' || character === '`')) at = closingQuote(text, at)
    if (at === -1) return -1
  }
  return -1
}

/** The end of the Go string that starts at `open`, or -1 when its line ends before. */
function closingQuote(text: string, open: number): number {
  const quote = text[open]
  for (let at = open + 1; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === quote) return at
    if (text[at] === '\\' && quote === '"') at++
  }
  return -1
}

/** Expressions with nothing but blanks between them, together. */
function runs(text: string, found: readonly Range[]): Range[][] {
  const result: Range[][] = []
  for (const expression of found) {
    const run = result.at(-1)
    const last = run?.at(-1)
    if (last && /^[ \t]*$/.test(text.slice(last.end, expression.start))) run?.push(expression)
    else result.push([expression])
  }
  return result
}

/** Whether `run` has its line or lines to itself, but for a comment behind it. */
function fillsLine(text: string, run: readonly Range[]): boolean {
  let before = (run[0]?.start ?? 0) - 1
  while (isBlank(text[before])) before--
  let after = run.at(-1)?.end ?? 0
  while (isBlank(text[after]) || text[after] === '\r') after++
  return (
    (before < 0 || text[before] === '\n') &&
    (after >= text.length || text[after] === '\n' || text[after] === '#')
  )
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}
