import { type Schema, type SchemaKind, schemas } from '../../server/src/schema/schemas.ts'

export const kinds = Object.keys(schemas) as SchemaKind[]

/** A schema inside a schema, and where. */
export interface Visited {
  kind: SchemaKind
  schema: Schema
  /** `#/properties/name`, for a message. */
  at: string
  /** The field it describes, when it stands below `properties`. */
  field?: string
  /** It is part of an `if`: a question, not a demand. */
  condition: boolean
}

/** Every schema of the files in schemas/, definitions included. */
export function* everySchema(): Generator<Visited> {
  for (const kind of kinds) yield* visit({ kind, schema: schemas[kind], at: '#', condition: false })
}

function* visit(visited: Visited): Generator<Visited> {
  yield visited
  const { kind, schema, at, condition } = visited
  const below = (child: Schema, step: string, more: Partial<Visited> = {}) =>
    visit({ kind, schema: child, at: `${at}/${step}`, condition, ...more })
  for (const [name, child] of Object.entries(schema.$defs ?? {})) yield* below(child, `$defs/${name}`)
  for (const [name, child] of Object.entries(schema.properties ?? {})) {
    yield* below(child, `properties/${name}`, { field: name })
  }
  for (const key of ['additionalProperties', 'propertyNames', 'items', 'contains', 'then', 'else'] as const) {
    const child = schema[key]
    if (child) yield* below(child, key)
  }
  if (schema.if) yield* below(schema.if, 'if', { condition: true })
  if (schema.not) yield* below(schema.not, 'not', { condition: true })
  for (const key of ['allOf', 'anyOf'] as const) {
    for (const [i, child] of (schema[key] ?? []).entries()) yield* below(child, `${key}/${i}`)
  }
}
