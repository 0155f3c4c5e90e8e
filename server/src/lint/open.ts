import type { ObjectNode } from '../syntax/node.ts'
import type { Entity } from '../wif/entity.ts'
import { isPlaceholder } from '../wif/placeholder.ts'

/**
 * Whether `node`, part of `entity`, may have more fields than can be seen: a template may add some, a merge key was
 * not resolved, CloudFormation computes them (`Fn::If`), or a placeholder key (`"...": "..."`) stands for them. What
 * is absent from it means nothing.
 */
export function mayHoldMore(entity: Entity, node: ObjectNode): boolean {
  return (
    entity.tree.templated ||
    node.properties.some(p => /^(?:<<|Fn::.*|Ref)$/.test(p.key.value) || isPlaceholder(p.key.value))
  )
}

/** Whether `name` is a note of the author's and not meant as a field: `$schema`, `_comment`, `//`, `x-owner`, `...`. */
export function isNote(name: string): boolean {
  return /^(?:[$_#/]|x-|<<$|comments?$)/i.test(name) || isPlaceholder(name)
}
