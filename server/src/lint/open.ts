import type { Node, ObjectNode, Tree } from '../syntax/node.ts'
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

/**
 * Whether a template that puts in `other` puts in `node` as well: no branch (`{{ if }}`, `{{ else }}`) holds it that does
 * not hold the other.
 */
export function comesWith(tree: Tree, node: Node, other: Node): boolean {
  if (!tree.templated) return true
  const around = branchesAt(tree.text, other.start)
  return branchesAt(tree.text, node.start).every(branch => around.includes(branch))
}

/** Where the branches of a template begin that are open at `offset`. */
function branchesAt(text: string, offset: number): number[] {
  const open: number[] = []
  for (const { index, 1: word } of text.slice(0, offset).matchAll(BRANCH)) {
    if (word?.startsWith('e')) open.pop()
    if (!word?.startsWith('end')) open.push(index)
  }
  return open
}

const BRANCH = /\{[{%]-?\s*(if|with|range|for|block|define|else|elif|end[a-z]*)\b/g
