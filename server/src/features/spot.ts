import { label, type Node, type Range } from '../syntax/node.ts'
import { contentRange } from '../syntax/scalar.ts'
import type { AnyEntity, WifFile } from '../wif/entity.ts'

/** A place to go to: all that describes a thing, and the words in it that name the thing. */
export interface Spot {
  file: WifFile
  node: Node
  /** Within `node`. */
  words: Range
  /** What people call it, if it has a name. */
  title: string | undefined
}

const spots = new WeakMap<Node, Spot>()

/** Where `entity` is described. Its id names it best, then its name, then the first of its fields. */
export function spotOf(entity: AnyEntity): Spot {
  const { kind, file, node } = entity
  if (kind === 'iam-policy') return spotIn(file, node, undefined)
  if (kind === 'issuer' || kind === 'rule') return spotIn(file, node, entity.id ?? entity.name, entity.name)
  return spotIn(file, node, entity.name)
}

/**
 * `node` of `file` as a place, named by `name`; the same one each time, so that places can be compared. When the file
 * has become another, the node may have moved.
 */
export function spotIn(file: WifFile, node: Node, name: Node | undefined, title = name): Spot {
  const known = spots.get(node)
  if (known?.file === file) return known
  const spot = {
    file,
    node,
    words: wordsOf(file, name ?? node),
    title: title?.type === 'string' ? title.value : undefined,
  }
  spots.set(node, spot)
  return spot
}

/** The characters to select for `node`: without quotes, and of an object or a list only what it is called. */
function wordsOf(file: WifFile, node: Node): Range {
  return node.type === 'string' ? contentRange(file.text, node) : label(node)
}
