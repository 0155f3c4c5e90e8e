/** The static types of expressions. */

import type { Kind } from './values.ts'

/** `dyn` is what a claim holds: any type, known only when a token comes. */
export type Type =
  | { kind: Exclude<Kind, 'list' | 'map'> | 'dyn' }
  | { kind: 'list'; item: Type }
  | { kind: 'map'; key: Type; value: Type }

export type Scope = ReadonlyMap<string, Type>

export const dyn: Type = { kind: 'dyn' }
export const bool: Type = { kind: 'bool' }
const string: Type = { kind: 'string' }

/** The variables of a condition: the claims by name, which may hold anything. */
export const conditionScope: Scope = new Map([['claims', { kind: 'map', key: string, value: dyn }]])

/** The type of something of `kind` about whose contents nothing is known. */
export function typeOf(kind: Kind | 'dyn'): Type {
  if (kind === 'list') return { kind, item: dyn }
  return kind === 'map' ? { kind, key: dyn, value: dyn } : { kind }
}

/** The one type of all `types`, or dyn. */
export function common(types: Type[]): Type {
  const [first, ...rest] = types
  return first && rest.every(type => same(type, first)) ? first : dyn
}

function same(a: Type, b: Type): boolean {
  if (a.kind === 'list' && b.kind === 'list') return same(a.item, b.item)
  if (a.kind === 'map' && b.kind === 'map') return same(a.key, b.key) && same(a.value, b.value)
  return a.kind === b.kind
}

const numbers = new Set<Type['kind']>(['int', 'uint', 'double'])

/** Whether a value of type `a` may equal one of type `b`. */
export function comparable(a: Type, b: Type): boolean {
  if (a.kind === 'dyn' || b.kind === 'dyn') return true
  return a.kind === b.kind || (numbers.has(a.kind) && numbers.has(b.kind))
}
