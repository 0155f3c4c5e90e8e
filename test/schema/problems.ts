import { expect, test } from 'vitest'
import { type SchemaKind, validate } from '../../server/src/schema/validate.ts'
import { parseJson } from '../../server/src/syntax/json.ts'
import { type Node, pointer } from '../../server/src/syntax/node.ts'

/** The tree of a JSON text, or of a value written as JSON. */
export function tree(document: unknown): Node {
  const { root } = parseJson(typeof document === 'string' ? document : JSON.stringify(document))
  if (!root) throw new Error('empty document')
  return root
}

/** `<pointer> | <rule or -> | <message>` for each problem of `document`. */
export function problems(kind: SchemaKind, document: unknown): string[] {
  return validate(kind, tree(document)).map(p => `${pointer(p.node)} | ${p.rule ?? '-'} | ${p.message}`)
}

/** `object` without some of its fields. */
export function without(object: object, ...names: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)))
}

/** A test for each document that the schema of `kind` has nothing to say about. */
export function silent(kind: SchemaKind, documents: Record<string, unknown>): void {
  test.each(Object.entries(documents))('is silent about %s', (_, document) => {
    expect(problems(kind, document)).toEqual([])
  })
}

/** A document, the pointer to the one place where it is wrong, and the sentence about it. */
export type Case = [document: unknown, at: string, message: string]

/** A test for each document that has one problem, which belongs to the lint rule `id`, or to none (`-`). */
export function tells(kind: SchemaKind, id: string, cases: Case[]): void {
  test.each(cases.map(([document, at, message]) => ({ document, at, message })))(
    `${id} $at: $message`,
    ({ document, at, message }) => {
      expect(problems(kind, document)).toEqual([`${at} | ${id} | ${message}`])
    },
  )
}
