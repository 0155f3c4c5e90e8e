import config from '../../../schemas/config.schema.json' with { type: 'json' }
import iamPolicy from '../../../schemas/iam-policy.schema.json' with { type: 'json' }
import issuer from '../../../schemas/issuer.schema.json' with { type: 'json' }
import rule from '../../../schemas/rule.schema.json' with { type: 'json' }
import workload from '../../../schemas/workload.schema.json' with { type: 'json' }

/** The kinds of document that have a schema; `schema/<kind>` is the id of a finding that no lint rule owns. */
export type SchemaKind = 'issuer' | 'rule' | 'workload' | 'iam-policy' | 'config'

/** What our schemas use of JSON Schema 2020-12, and the three annotations of our own. */
export interface Schema {
  $ref?: string
  $defs?: Record<string, Schema>
  title?: string
  markdownDescription?: string
  markdownEnumDescriptions?: string[]
  default?: unknown
  examples?: unknown[]
  deprecated?: boolean
  readOnly?: boolean
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  minimum?: number
  maximum?: number
  minLength?: number
  minItems?: number
  maxProperties?: number
  pattern?: string
  required?: string[]
  properties?: Record<string, Schema>
  additionalProperties?: Schema
  propertyNames?: Schema
  items?: Schema
  contains?: Schema
  allOf?: Schema[]
  anyOf?: Schema[]
  not?: Schema
  if?: Schema
  then?: Schema
  else?: Schema
  /** Id of the lint rule whose subject a violation here is; holds for everything below, until another one. */
  'x-rule'?: string
  /** What is allowed, as the rest of a sentence after the field's name; or one such text per keyword. */
  'x-expect'?: string | Record<string, string>
  /** The rest of the sentence "... is/are" for a missing field. */
  'x-required'?: string
}

/** `as unknown`: TypeScript reads JSON as a type per file, with a field for each one that occurs in it. */
export const schemas: Record<SchemaKind, Schema> = {
  issuer: issuer as unknown as Schema,
  rule: rule as unknown as Schema,
  workload: workload as unknown as Schema,
  'iam-policy': iamPolicy as unknown as Schema,
  config: config as unknown as Schema,
}

/** What a `$ref` of `schema` points to; our references are all of the form `#/$defs/<name>`. */
export function referred(kind: SchemaKind, schema: Schema): Schema | undefined {
  return schema.$ref === undefined ? undefined : schemas[kind].$defs?.[schema.$ref.slice('#/$defs/'.length)]
}

/** The parts of a JSON Pointer (RFC 6901). */
export function pointerParts(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

export interface Located {
  /** The schema that holds the keyword. */
  schema: Schema
  /** The nearest `x-rule` on the way down to it. */
  rule: string | undefined
}

const located = new Map<string, Located>()

/** Where the `schemaPath` of an error leads. */
export function locate(kind: SchemaKind, schemaPath: string): Located {
  const key = kind + schemaPath
  const known = located.get(key)
  if (known) return known
  let at: unknown = schemas[kind]
  let rule: string | undefined
  // Ajv writes the pointer as a URI fragment; its last part is the keyword.
  for (const part of pointerParts(decodeURIComponent(schemaPath)).slice(0, -1)) {
    at = (at as Record<string, unknown>)[part]
    // A field may be called `x-rule`, but its schema is an object and not a string.
    const own = (at as Schema)['x-rule']
    if (typeof own === 'string') rule = own
  }
  const result = { schema: at as Schema, rule }
  located.set(key, result)
  return result
}
