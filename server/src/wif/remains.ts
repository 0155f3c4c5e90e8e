import { parseObject } from '../syntax/json.ts'
import { moveNode, moveTree, replaceItem } from '../syntax/move.ts'
import { type ObjectNode, path, type Range, type Tree } from '../syntax/node.ts'
import { difference } from '../text/edit.ts'
import { grouped } from '../text/grouped.ts'
import { type AnyEntity, type Document, type Entity, entitiesIn, put, type WifFile } from './entity.ts'
import { candidates, readEntity } from './recognise.ts'
import { mayMatter } from './relevance.ts'

/**
 * What an edit has left of a file. What is still written as it was is not read again, but moves to where it stands now:
 * the same documents and entities, so that all that was found out about them still holds. Where a text stands twice it
 * does not matter which is which, for they read the same.
 */
export interface Remains {
  /** The document at `range` of `file`, if it is written as one was before. What is in it is put into the file. */
  document(file: WifFile, range: Range): Document | undefined
  /** The entity at `node`, if it is written as one was before. It takes the place of the node. */
  entity(node: ObjectNode, place: Pick<Entity, 'file' | 'tree'>): AnyEntity | undefined
}

/** Of nothing. */
export const NO_REMAINS: Remains = { document: () => undefined, entity: () => undefined }

/** What may be left of `before`, which is of no use any more once something of it was taken. */
export function remainsOf(before: WifFile): Remains {
  return before.format === 'yaml' ? remainsOfStream(before) : remainsOfJson(before)
}

// --- YAML: documents, for within one, what something means may hang on what is around it --------------------

function remainsOfStream(before: WifFile): Remains {
  const documents = grouped(before.documents, ({ start, end }) => before.text.slice(start, end))
  const entities = grouped(entitiesIn(before), entity => entity.tree)
  return {
    ...NO_REMAINS,
    document(file, { start, end }) {
      const document = documents.get(file.text.slice(start, end))?.shift()
      for (const tree of document?.trees ?? []) {
        moveTree(tree, file.text, start - (document?.start ?? 0))
        for (const entity of entities.get(tree) ?? []) put(Object.assign(entity, { file }), file)
      }
      return document && { ...document, start, end }
    },
  }
}

// --- JSON: the one entity that was edited, or else all that were not ----------------------------------------

function remainsOfJson(before: WifFile): Remains {
  let entities: Map<string, AnyEntity[]> | undefined
  return {
    document: file => withOneEdited(before, file),
    entity(node, { file, tree }) {
      entities ??= grouped(entitiesIn(before).filter(isSound), each =>
        before.text.slice(each.node.start, each.node.end),
      )
      // What a property holds may get its meaning from its neighbours.
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

/** The document of a file in which only the text of one entity is another, and is sound before and after. */
function withOneEdited(before: WifFile, file: WifFile): Document | undefined {
  const [tree] = before.trees
  const edit = difference(before.text, file.text)
  if (!tree?.root || !edit || !isClean(tree) || !mayMatter(file.text)) return undefined
  const all = entitiesIn(before).sort((a, b) => a.node.start - b.node.start)
  const entity = all.find(({ node }) => node.start < edit.start && edit.end < node.end)
  if (entity?.node.parent?.type !== 'array') return undefined
  const { node } = entity
  const end = node.end + file.text.length - before.text.length
  const read = parseObject(file.text.slice(node.start, end), path(node).length)
  if (!read || [node, read].some(each => [...candidates(each)].length > 1)) return undefined

  moveNode(read, node.start)
  replaceItem(tree.root, node, read)
  const after: Tree = { ...tree, text: file.text }
  for (const each of all) {
    const place = { file, tree: after }
    const now = each === entity ? readEntity(read, place) : Object.assign(each, place)
    if (!now) continue
    sound.add(now)
    put(now, file)
  }
  return { start: 0, end: file.text.length, trees: [after] }
}

/** Entities of JSON that were read without a problem: their text alone says what they are. */
const sound = new WeakSet<Entity>()

const isSound = (entity: Entity) => sound.has(entity)

/** Notes the entities of `tree` for later, if they can be told by their text. */
export function noteSound(tree: Tree, entities: readonly Entity[]): void {
  if (tree.format === 'json' && isClean(tree)) for (const entity of entities) sound.add(entity)
}

function isClean({ problems, templated }: Tree): boolean {
  return problems.length === 0 && !templated
}
