import { type Node, type Problem, type Range, type Tree, walk } from './node.ts'

/**
 * Moves a tree to where its document stands in another text, `by` units further on. An edit elsewhere in a file leaves
 * the document as it is, and its nodes keep their identity: what was found out about them still holds.
 */
export function moveTree(tree: Tree, text: string, by: number): void {
  tree.text = text
  if (by === 0) return
  moveNode(tree.root, by)
  tree.problems = tree.problems.map(problem => shifted(problem, by))
  if (tree.hidden) tree.hidden = tree.hidden.map(problem => shifted(problem, by))
}

/** Moves a node and all below it. */
export function moveNode(node: Node | undefined, by: number): void {
  if (by === 0) return
  for (const each of walk(node)) {
    move(each, by)
    if (each.type !== 'object') continue
    for (const property of each.properties) {
      move(property, by)
      move(property.key, by)
    }
    for (const merge of each.merges ?? []) move(merge, by)
  }
}

function move(range: Range, by: number): void {
  range.start += by
  range.end += by
}

function shifted(problem: Problem, by: number): Problem {
  return { ...problem, start: problem.start + by, end: problem.end + by }
}
