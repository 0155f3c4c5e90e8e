import { type Analysis, analyse, parse } from '../cel/index.ts'
import type { StringNode } from '../syntax/node.ts'
import { oncePer } from '../text/once-per.ts'

/** A rule's condition, taken apart. */
export interface ReadCondition extends Analysis {
  source: string
}

/** What a condition says; undefined for one that does not parse, of which nothing is known. */
export const readCondition = oncePer((condition: StringNode): ReadCondition | undefined => {
  const parsed = parse(condition.value)
  return parsed.ok ? { source: parsed.source, ...analyse(parsed) } : undefined
})
