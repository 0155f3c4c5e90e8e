import { type Description, describe } from '../../schema/describe.ts'
import type { SchemaKind } from '../../schema/schemas.ts'
import type { Node, ObjectNode, Property, Range } from '../../syntax/node.ts'
import type { AnyEntity, WifFile } from '../../wif/entity.ts'
import { isConfigName } from '../../wif/relevance.ts'

/** A field of an object that the linter knows, with the cursor on it. */
export interface Field {
  kind: SchemaKind
  /** Undefined in the linter's own configuration. */
  entity: AnyEntity | undefined
  property: Property
  /** From the object to the value. */
  path: (string | number)[]
  /** What the cursor is on. */
  at: Range
  isKey: boolean
  /** What the cursor is on, if it is a value: that of the property, or an item of its list. */
  value: Node
  description: Description | undefined
}

/** The field at `offset`; undefined outside of objects that the linter knows. */
export function fieldAt(file: WifFile, offset: number): Field | undefined {
  const found = objectsOf(file).find(({ node }) => node.start <= offset && offset <= node.end)
  if (!found) return undefined
  const { kind, entity, node } = found
  const path: (string | number)[] = []
  for (let at: Node = node; ; ) {
    if (at.type === 'object') {
      const next: Property | undefined = at.properties.find(p => !isBroughtIn(p) && covers(p, offset))
      if (!next) return undefined
      path.push(next.key.value)
      const isKey = covers(next.key, offset)
      const value: Node = next.value
      if (isKey || isLeaf(value)) return field(isKey ? next.key : value, isKey, next, value)
      at = value
    } else if (at.type === 'array') {
      const index: number = at.items.findIndex(item => covers(item, offset))
      const item: Node | undefined = at.items[index]
      if (!item) return undefined
      path.push(index)
      const owner = at.parent
      if (isLeaf(item)) return owner?.type === 'property' ? field(item, false, owner, item) : undefined
      at = item
    } else return undefined
  }

  function field(at: Node, isKey: boolean, property: Property, value: Node): Field | undefined {
    const description = describe(kind, path, node)
    if (!covers(at, offset) || at.start === at.end) return undefined
    return { kind, entity, property, path, at, isKey, value, description }
  }
}

interface Known {
  kind: SchemaKind
  entity: AnyEntity | undefined
  node: ObjectNode
}

function objectsOf(file: WifFile): Known[] {
  const root = file.trees[0]?.root
  if (isConfigName(file.uri))
    return root?.type === 'object' ? [{ kind: 'config', entity: undefined, node: root }] : []
  const known = (kind: SchemaKind, entities: readonly AnyEntity[]): Known[] =>
    entities.map(entity => ({ kind, entity, node: entity.node }))
  return [
    ...known('issuer', file.issuers),
    ...known('rule', file.rules),
    ...known('workload', [...file.workloads, ...file.serviceAccounts]),
    ...known('iam-policy', file.policies),
  ]
}

function isLeaf(node: Node): boolean {
  return node.alias === true || (node.type !== 'object' && node.type !== 'array')
}

/** What a merge key (`<<`) brings in is written elsewhere. */
function isBroughtIn({ key }: Property): boolean {
  return key.alias === true
}

function covers({ start, end }: Range, offset: number): boolean {
  return start <= offset && offset <= end
}
