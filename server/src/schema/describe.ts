import { type Node, toValue } from '../syntax/node.ts'
import { isObject } from '../text/json.ts'
import { holds } from './holds.ts'
import { referred, type Schema, type SchemaKind, schemas } from './schemas.ts'

/** What the schema says of a field, for a hover or a completion. */
export interface Description {
  title?: string
  markdown?: string
  /** The only values allowed; `null` is left out. */
  enum?: unknown[]
  /** Markdown for each value of `enum`. */
  enumMarkdown?: string[]
  examples?: unknown[]
  default?: unknown
  /** The object around it needs this field. */
  required?: true
  /** JSON types, without `null`. */
  type?: string[]
  /** The service sets it: never something to write. */
  readOnly?: true
  /** Still read, but another field should be used. */
  deprecated?: true
  /** The lint rule that is about this field. */
  rule?: string
}

export interface Field extends Description {
  name: string
}

/**
 * The prose for the value at `path` of a document. With `root`, the fields of the branches that the document takes
 * (a `jwks` of type `inline`, a Deployment); without, or where the document has no value yet, of all branches.
 */
export function describe(
  kind: SchemaKind,
  path: readonly (string | number)[],
  root?: Node,
): Description | undefined {
  const parent = follow(kind, path.slice(0, -1), root)
  const step = path.at(-1)
  return step === undefined ? description(parent.schemas) : describeChild(kind, parent, step)
}

/** The default as JSON, where the prose does not speak of one; undefined for a whole object, too. */
export function unsaidDefault({ default: standard, markdown = '' }: Description): string | undefined {
  if (standard === undefined || typeof standard === 'object' || /\bdefault\b/i.test(markdown))
    return undefined
  return JSON.stringify(standard)
}

function describeChild(kind: SchemaKind, parent: Place, step: string | number): Description | undefined {
  const found = parent.schemas.flatMap(schema => child(schema, step))
  const here = found.flatMap(schema => inPlace(kind, schema, childValue(parent.value, step)))
  if (!here.length || isForeign(found, parent.value !== undefined)) return undefined
  const required = typeof step === 'string' && parent.schemas.some(s => s.required?.includes(step))
  return { ...description(here), ...(required && { required }) }
}

/** The known fields of the object at `path`, in the order of the schema, as `describe` tells of each. */
export function fields(kind: SchemaKind, path: readonly (string | number)[], root?: Node): Field[] {
  const parent = follow(kind, path, root)
  const names = new Set(parent.schemas.flatMap(s => Object.keys(s.properties ?? {})))
  return [...names].flatMap(name => {
    const found = describeChild(kind, parent, name)
    return found ? [{ name, ...found }] : []
  })
}

/** The schemas that apply at a path, each taken apart by `inPlace`, and the document's value there. */
interface Place {
  schemas: Schema[]
  value: unknown
}

function follow(kind: SchemaKind, path: readonly (string | number)[], root: Node | undefined): Place {
  let value: unknown = toValue(root)
  let at = inPlace(kind, schemas[kind], value)
  for (const step of path) {
    value = childValue(value, step)
    at = at.flatMap(schema => child(schema, step)).flatMap(schema => inPlace(kind, schema, value))
  }
  return { schemas: at, value }
}

/** `schema` and all it applies to the same value: the target of its `$ref`, `allOf`, the branches of its `if`. */
function inPlace(kind: SchemaKind, schema: Schema, value: unknown): Schema[] {
  const next: (Schema | undefined)[] = [referred(kind, schema), ...(schema.allOf ?? [])]
  if (schema.if) {
    const known = value === undefined ? undefined : holds(schema.if, value)
    if (known !== false) next.push(schema.then)
    if (known !== true) next.push(schema.else)
  }
  return [schema, ...next.flatMap(s => (s ? inPlace(kind, s, value) : []))]
}

function child(schema: Schema, step: string | number): Schema[] {
  const { items, properties = {}, additionalProperties } = schema
  const named = typeof step === 'string' && Object.hasOwn(properties, step) ? properties[step] : undefined
  const found = typeof step === 'number' ? items : (named ?? additionalProperties)
  return found ? [found] : []
}

function childValue(value: unknown, step: string | number): unknown {
  if (typeof step === 'number') return Array.isArray(value) ? value[step] : undefined
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined
}

/** A field that belongs to another branch: by one word of the branch that the document takes, else by all. */
function isForeign(found: Schema[], known: boolean): boolean {
  const foreign = (s: Schema) => s.const === null
  return known ? found.some(foreign) : found.every(foreign)
}

function description(here: Schema[]): Description {
  const first = <K extends keyof Schema>(key: K) => here.find(s => s[key] !== undefined)?.[key]
  const title = first('title')
  const markdown = first('markdownDescription')
  const values = first('enum')?.filter(v => v !== null)
  const enumMarkdown = first('markdownEnumDescriptions')
  const examples = first('examples')
  const standard = first('default')
  const rule = first('x-rule')
  const type = [first('type') ?? types(values)].flat().filter(t => t !== 'null')
  return {
    ...(title !== undefined && { title }),
    ...(markdown !== undefined && { markdown }),
    ...(values && { enum: values }),
    ...(enumMarkdown && { enumMarkdown }),
    ...(examples && { examples }),
    ...(standard !== undefined && { default: standard }),
    ...(type.length > 0 && { type }),
    ...(here.some(s => s.readOnly) && { readOnly: true as const }),
    ...(here.some(s => s.deprecated) && { deprecated: true as const }),
    ...(rule !== undefined && { rule }),
  }
}

function types(values: unknown[] = []): string[] {
  return [...new Set(values.map(v => typeof v))]
}
