import { type Node, nodeAt, properties, type Range } from '../syntax/node.ts'
import { contentRange } from '../syntax/scalar.ts'
import type { WifFile } from '../wif/entity.ts'

/**
 * What a growing selection at `offset` comes to cover, from the innermost on: the text of a value, the value with its
 * quotes, the property, the object, up to the document. Nothing in a document that was not read.
 */
export function selections(file: WifFile, offset: number): Range[] {
  const root = file.trees.find(({ root }) => root && root.start <= offset && offset <= root.end)?.root
  const innermost = nodeAt(root, offset)
  if (!innermost) return []
  const ranges: Range[] = innermost.alias ? [] : within(file.text, innermost, offset)
  for (let at: Node | undefined = innermost; at; ) {
    ranges.push(at)
    const { parent }: Node = at
    if (parent?.type === 'property') ranges.push(parent)
    at = parent?.type === 'property' ? parent.parent : parent
  }
  return ranges
    .map(({ start, end }) => ({ start, end }))
    .filter((range, i, all) => {
      const inner = all[i - 1]
      return !inner || (range.start <= inner.start && inner.end <= range.end && length(range) > length(inner))
    })
}

/** What is smaller than a node: the text of a string, the name of a property. */
function within(text: string, node: Node, offset: number): Range[] {
  if (node.type === 'string') {
    const inner = contentRange(text, node)
    return inner.start <= offset && offset <= inner.end ? [inner] : []
  }
  const under = properties(node)
  const property = under.find(({ key }) => !key.alias && key.start <= offset && offset <= key.end)
  return property ? [...within(text, property.key, offset), property.key, property] : []
}

function length({ start, end }: Range): number {
  return end - start
}
