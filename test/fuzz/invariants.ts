import { type Node, type Range, type Tree, toValue, walk } from '../../server/src/syntax/node.ts'
import { documentsIn, parseDocument } from '../../server/src/wif/file.ts'
import type { Format } from './corpus.ts'

/** Whether nothing is wrong with the syntax of `text`, not even behind a template. */
export function isSound(format: Format, text: string): boolean {
  const trees = documentsIn(text, format).flatMap(range => parseDocument(text, format, range))
  return trees.every(({ problems, hidden = [] }) => problems.length + hidden.length === 0)
}

/** Throws unless everything in the tree is where it says it is, and every problem has words and a place. */
export function checkTree(tree: Tree): void {
  for (const node of walk(tree.root)) checkNode(tree, node)
  for (const problem of tree.problems) {
    inside(tree, problem, { start: 0, end: tree.text.length + 1 })
    if (problem.message === '') throw new Error(`A problem without words in ${JSON.stringify(tree.text)}`)
  }
  toValue(tree.root)
}

// Plain comparisons, for `expect` on each of a million nodes takes minutes.
function inside(tree: Tree, { start, end }: Range, outer: Range): void {
  if (outer.start <= start && start <= end && end <= outer.end) return
  throw new Error(`${start}-${end} is not inside ${outer.start}-${outer.end} of ${JSON.stringify(tree.text)}`)
}

function checkNode(tree: Tree, node: Node): void {
  const fail = (what: string) => {
    throw new Error(`${what} at ${node.start} of ${tree.format} ${JSON.stringify(tree.text)}`)
  }
  inside(tree, node, node.parent ?? { start: 0, end: tree.text.length })
  if (!node.parent && node !== tree.root) fail('no parent')
  let last = node.start
  if (node.type === 'array') {
    for (const item of node.items) {
      if (item.parent !== node) fail('wrong parent')
      if (item.start < last && !item.alias) fail('items out of order')
      last = item.alias ? last : item.end
    }
  }
  if (node.type !== 'object') return
  for (const property of node.properties) {
    const { key, value } = property
    inside(tree, property, node)
    inside(tree, key, property)
    inside(tree, value, node)
    if (property.parent !== node || key.parent !== property || value.parent !== property) fail('wrong parent')
    if (key.alias) continue
    if (property.start < last) fail('properties out of order')
    if (value.start < key.end && !value.alias) fail('value before its key')
    last = property.end
  }
}
