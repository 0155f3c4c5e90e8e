import type { Range, StringNode } from '../syntax/node.ts'
import { valueRange } from '../syntax/scalar.ts'
import type { Entity } from '../wif/entity.ts'
import type { Place } from './rule.ts'

/** The part of `node` that stands for `value.slice(start, end)`, whatever the file's quotes and escapes. */
export function partOf({ tree }: Entity, node: StringNode, { start, end }: Range): Place {
  return { type: 'part', node, ...valueRange(tree.text, node, start, end) }
}
