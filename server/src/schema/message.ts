import type { Node } from '../syntax/node.ts'
import { listed } from '../text/joined.ts'
import { nearest } from '../text/nearest.ts'
import type { Schema, SchemaKind } from './schemas.ts'

const documents: Record<SchemaKind, string> = {
  issuer: 'The issuer',
  rule: 'The rule',
  workload: 'The manifest',
  'iam-policy': 'The policy',
  config: 'The configuration',
}

/** A sentence about a value that breaks `keyword` of `schema`: the field, what is allowed, and what is there. */
export function sentence(kind: SchemaKind, node: Node, schema: Schema, keyword: string): string {
  return `${label(kind, node)} ${expectation(schema, keyword)}${actual(node, schema, keyword)}`
}

/** A sentence about fields that are not there. `text` is an `x-required`. */
export function missing(names: string[], text = 'required'): string {
  return `${listed(names, 'and')} ${names.length === 1 ? 'is' : 'are'} ${text}`
}

/** `name` for a field, `name[0]` for an item, words for a document. */
function label(kind: SchemaKind, node: Node): string {
  let at = node
  let index = ''
  while (at.parent?.type === 'array') {
    index = `[${at.parent.items.indexOf(at)}]${index}`
    at = at.parent
  }
  if (at.parent?.type !== 'property') return documents[kind]
  const name = at.parent.key.value
  // A key may be any text; what would not read as a name is not repeated.
  return /^[^`\p{Cc}]{1,80}$/u.test(name) ? `\`${name}${index}\`` : 'This field'
}

function expectation(schema: Schema, keyword: string): string {
  const expect = schema['x-expect']
  if (typeof expect === 'string') return expect
  const special = expect?.[keyword]
  if (special) return special
  if (keyword === 'enum') return `must be ${listed(schema.enum ?? [], 'or')}`
  if (keyword === 'const') return `must be ${listed([schema.const], 'or')}`
  return `must be ${typeWords(schema)}`
}

const words: Record<string, string> = {
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'an object',
}

function typeWords({ type = [], minimum, maximum }: Schema): string {
  // `null` is how a field is left out: allowed, but nothing to recommend.
  const types = [type].flat().filter(t => t !== 'null')
  const text = types.map(t => words[t] ?? t).join(' or ')
  return minimum === undefined || maximum === undefined ? text : `${text} from ${minimum} to ${maximum}`
}

/** Keywords whose sentence says all: the value would add nothing to it. */
const complete = new Set(['not', 'minItems', 'contains', 'minLength'])

function actual(node: Node, schema: Schema, keyword: string): string {
  if (complete.has(keyword) || schema.const === null) return ''
  if (node.type === 'array') return '; this is a list'
  if (node.type === 'object') return '; this is an object'
  if (node.type !== 'string') return `; this is ${node.value}`
  const { value } = node
  // A long text says nothing in a message, and it may be a key or a token that must not show up in a log.
  const short = value.length <= 60 && !/[\r\n]/.test(value) && !value.startsWith('sk-ant-')
  if (keyword === 'type')
    return short ? `; this is the string ${JSON.stringify(value)}` : '; this is a string'
  if (!short) return ''
  if (keyword === 'enum') {
    const near = nearest(
      value,
      (schema.enum ?? []).filter(v => typeof v === 'string'),
    )
    return `; this is ${JSON.stringify(value)}${near === undefined ? '' : `. Did you mean \`${near}\`?`}`
  }
  return `; this is ${otherId(value, schema) ?? JSON.stringify(value)}`
}

/** "a `svac_` id" for an id of the wrong kind, which people paste into the wrong field. */
function otherId(value: string, schema: Schema): string | undefined {
  const prefix = /^(fdis|fdrl|svac|wrkspc|user)_/.exec(value)?.[0]
  const expected = schema['x-expect']
  if (!prefix || typeof expected !== 'string' || !expected.endsWith('_` id')) return undefined
  return expected.includes(prefix) ? undefined : `a \`${prefix}\` id`
}
