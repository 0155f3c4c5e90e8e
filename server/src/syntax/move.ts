import type { Node, ObjectNode, Problem, Range, Tree } from './node.ts'

/**
 * Moves a tree to where its document stands in another text, `by` units further on. An edit elsewhere in a file leaves
 * the document as it is, and its nodes keep their identity: what was found out about them still holds.
 */
export function moveTree(tree: Tree, text: string, by: number): void {
  tree.text = text
  if (by === 0) return
  if (tree.root) moveNode(tree.root, by)
  tree.problems = tree.problems.map(problem => shifted(problem, by))
  if (tree.hidden) tree.hidden = tree.hidden.map(problem => shifted(problem, by))
}

/** Moves a node and all below it. */
export function moveNode(node: Node, by: number): void {
  if (by !== 0) shift(node, 0, by)
}

/**
 * Puts `to` in the place of `from`, an item of a list somewhere below `root`, where it starts at the same offset: what
 * is around it grows by as much as it is longer, and what follows moves on.
 */
export function replaceItem(root: Node, from: ObjectNode, to: ObjectNode): void {
  if (from.parent?.type !== 'array') return
  const list = from.parent
  if (to.end !== from.end) shift(root, from.end, to.end - from.end)
  list.items[list.items.indexOf(from)] = to
  to.parent = list
}

/** Moves all places in `node` at `limit` or behind it. */
function shift(node: Node, limit: number, by: number): void {
  if (node.end < limit) return
  move(node, limit, by)
  if (node.type === 'array') for (const item of node.items) shift(item, limit, by)
  if (node.type !== 'object') return
  for (const property of node.properties) {
    move(property, limit, by)
    move(property.key, limit, by)
    shift(property.value, limit, by)
  }
  for (const merge of node.merges ?? []) move(merge, limit, by)
}

function move(range: Range, limit: number, by: number): void {
  if (range.start >= limit) range.start += by
  if (range.end >= limit) range.end += by
}

function shifted(problem: Problem, by: number): Problem {
  return { ...problem, start: problem.start + by, end: problem.end + by }
}
