import { type Analysis, analyse, parse } from '../cel/index.ts'
import type { StringNode } from '../syntax/node.ts'

/** A rule's condition, taken apart. */
export interface ReadCondition extends Analysis {
  source: string
}

const read = new WeakMap<StringNode, ReadCondition | undefined>()

/**
 * What `condition` says; undefined for one that does not parse, of which nothing is known. Trees do not change, so
 * each condition is read once however many rules ask.
 */
export function readCondition(condition: StringNode): ReadCondition | undefined {
  if (!read.has(condition)) {
    const parsed = parse(condition.value)
    read.set(condition, parsed.ok ? { source: parsed.source, ...analyse(parsed) } : undefined)
  }
  return read.get(condition)
}
