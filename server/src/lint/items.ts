import type { Node } from '../syntax/node.ts'
import type { NodeEdit } from '../syntax/write.ts'

/** The edit that takes `item` out of its list; undefined when it is in none, or the last one there. */
export function withoutItem(item: Node): NodeEdit | undefined {
  const list = item.parent
  return list?.type === 'array' && list.items.length > 1 ? { drop: item } : undefined
}
