import { type Node, toValue } from '../syntax/node.ts'
import type { NodeEdit, Value } from '../syntax/write.ts'

/** The edit that takes `item` out of its list; undefined when it is in none, or the last one there. */
export function withoutItem(item: Node): NodeEdit | undefined {
  const list = item.parent
  if (list?.type !== 'array' || list.items.length < 2) return undefined
  return { set: list, to: list.items.filter(other => other !== item).map(other => toValue(other) as Value) }
}
