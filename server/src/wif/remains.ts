import { moveNode, moveTree } from '../syntax/move.ts'
import type { ObjectNode, Range, Tree } from '../syntax/node.ts'
import { type AnyEntity, type Document, type Entity, entitiesIn, put, type WifFile } from './entity.ts'

/**
 * What an edit has left of a file. What is still written as it was is not read again, but moves to where it stands now:
 * the same documents and entities, so that all that was found out about them still holds. A text that stands in two
 * places is in neither mistaken for the other: they read the same.
 */
export interface Remains {
  /** A document as it is written at `range` of `file`, to which it and its entities belong from now on. */
  document(file: WifFile, range: Range): Document | undefined
  /** An entity as it is written at `node`, whose place in the tree it takes. */
  entity(node: ObjectNode, place: Pick<Entity, 'file' | 'tree'>): AnyEntity | undefined
}

/** Of nothing. */
export const NO_REMAINS: Remains = { document: () => undefined, entity: () => undefined }

/** What may be left of `before`, which is of no use any more once something of it was taken. */
export function remainsOf(before: WifFile): Remains {
  const all = entitiesIn(before)
  const byTree = grouped(all, entity => entity.tree)
  const documents = grouped(before.documents, range => before.text.slice(range.start, range.end))
  // Within YAML, what something means may hang on what is around it.
  const single = before.format === 'json' ? all.filter(entity => sound.has(entity)) : []
  const entities = grouped(single, ({ node }) => before.text.slice(node.start, node.end))

  return {
    document(file, { start, end }) {
      const document = documents.get(file.text.slice(start, end))?.shift()
      if (!document) return undefined
      for (const tree of document.trees) {
        moveTree(tree, file.text, start - document.start)
        for (const entity of byTree.get(tree) ?? []) put(Object.assign(entity, { file }), file)
      }
      return { ...document, start, end }
    },
    entity(node, { file, tree }) {
      if (tree.templated || node.parent?.type === 'property') return undefined
      const entity = entities.get(file.text.slice(node.start, node.end))?.shift()
      if (!entity) return undefined
      moveNode(entity.node, node.start - entity.node.start)
      entity.node.parent = node.parent
      if (node.parent) node.parent.items[node.parent.items.indexOf(node)] = entity.node
      else tree.root = entity.node
      return Object.assign(entity, { file, tree })
    },
  }
}

/** Entities of JSON that were read without a problem: their text alone says what they are. */
const sound = new WeakSet<Entity>()

/** Notes the entities of `tree` for later, if they can be told by their text. */
export function noteSound(tree: Tree, entities: readonly Entity[]): void {
  if (tree.format !== 'json' || tree.problems.length > 0 || tree.templated) return
  for (const entity of entities) sound.add(entity)
}

function grouped<T, K>(all: readonly T[], keyOf: (each: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const each of all) {
    const group = groups.get(keyOf(each))
    if (group) group.push(each)
    else groups.set(keyOf(each), [each])
  }
  return groups
}
