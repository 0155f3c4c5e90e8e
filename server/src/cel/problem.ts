/** What is wrong with an expression, and how to put it right. Offsets are into the expression's text. */

import type { Span } from './ast.ts'

/** Names a kind of problem for good: rules choose a severity by it. */
export type ProblemCode =
  /** Nothing there, or only blanks and comments. */
  | 'empty'
  /** Beyond our limits: nothing is said about whether it is right. */
  | 'too-large'
  /** Right by the specification, and beyond what can be read here: nothing is said about the rest. */
  | 'unsupported'
  | 'syntax'
  /** A name that other languages write for an operator or a literal: `and`, `not`, `=`, `True`. */
  | 'foreign-syntax'
  | 'unknown-variable'
  | 'unknown-function'
  /** A function of CEL's optional libraries, which the service may lack. */
  | 'extension-function'
  | 'arguments'
  | 'type'
  | 'not-boolean'
  | 'key-type'
  | 'integer-range'
  | 'regex'
  /** A part without claims that can only fail: `1 / 0`, `int("x")`. */
  | 'always-error'

/** One replacement in the expression's text; an insertion has no width. */
export interface Fix extends Span {
  title: string
  text: string
}

export interface Problem extends Span {
  code: ProblemCode
  message: string
  fix?: Fix
}

/** A problem at `span`. */
export function problem(code: ProblemCode, span: Span, message: string, fix?: Fix): Problem {
  const found = { code, start: span.start, end: span.end, message }
  return fix ? { ...found, fix } : found
}

/** Replaces `span` by `text`. */
export function replacing(span: Span, text: string, title = `Write \`${text}\``): Fix {
  return { title, start: span.start, end: span.end, text }
}

/** `source` with `fixes` applied, which must not overlap. */
export function applyFixes(source: string, ...fixes: Fix[]): string {
  const last = [...fixes].sort((a, b) => b.start - a.start || b.end - a.end)
  return last.reduce((text, f) => text.slice(0, f.start) + f.text + text.slice(f.end), source)
}
