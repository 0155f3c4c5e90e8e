import { parse, type Span } from '../cel/index.ts'

/** `span` of a condition without the parentheses around it. */
export function withoutParentheses(source: string, span: Span): Span {
  const text = source.slice(span.start, span.end)
  // `(a) == (b)` begins and ends with parentheses of its parts, and what is between them is no expression.
  if (!/^\(.*\)$/s.test(text) || !parse(text.slice(1, -1)).ok) return { start: span.start, end: span.end }
  const blanks = (inner: string, side: RegExp) => side.exec(inner)?.[0].length ?? 0
  const inner = text.slice(1, -1)
  const [start, end] = [span.start + 1 + blanks(inner, /^\s*/), span.end - 1 - blanks(inner, /\s*$/)]
  return withoutParentheses(source, { start, end })
}
