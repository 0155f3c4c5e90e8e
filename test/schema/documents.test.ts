import { expect, test } from 'vitest'
import { knownInConditions } from '../../server/src/schema/holds.ts'
import type { Schema } from '../../server/src/schema/schemas.ts'
import { everySchema } from './documents.ts'

const all = [...everySchema()]
const demands = all.filter(v => !v.condition)
const name = (v: (typeof all)[number]) => `${v.kind} ${v.at}`

/** Below `then`, `else` and `allOf`, a field that has its prose elsewhere is only restricted further. */
const isRestriction = (schema: Schema) =>
  Object.keys(schema).every(k => ['const', 'not', 'x-expect', 'x-rule'].includes(k))

const described = demands.filter(v => v.field !== undefined && !isRestriction(v.schema))

test('every field has a title and prose', () => {
  expect(described.length).toBeGreaterThan(150)
  const bare = described.filter(v => !v.schema.title || !v.schema.markdownDescription)
  expect(bare.map(name)).toEqual([])
})

test('so have the documents, the items of lists and the members of maps', () => {
  const holders = demands.filter(v => /#$|\/(items|additionalProperties)$/.test(v.at))
  const bare = holders.filter(({ kind, schema }) => {
    const target = all.find(v => v.kind === kind && v.at === schema.$ref)?.schema
    const plain = schema.type === 'string' || Array.isArray(schema.type)
    return !schema.title && !target?.title && !plain
  })
  expect(bare.map(name)).toEqual([])
})

test('prose is one to three sentences', () => {
  for (const { schema, ...v } of described) {
    const text = schema.markdownDescription ?? ''
    const sentences = text.replaceAll(/`[^`]*`/g, 'code').match(/[.](\s|$)/g)?.length ?? 0
    expect.soft(sentences, `${v.at}: ${text}`).toBeGreaterThanOrEqual(1)
    expect.soft(sentences, `${v.at}: ${text}`).toBeLessThanOrEqual(4)
    expect.soft(text.length, text).toBeLessThan(330)
  }
})

test('a default is a value that the field takes, and prose for values is complete', () => {
  for (const { schema, at } of described) {
    if (schema.enum && schema.default !== undefined) expect(schema.enum, at).toContain(schema.default)
    if (schema.markdownEnumDescriptions)
      expect(schema.markdownEnumDescriptions, at).toHaveLength(schema.enum?.length ?? 0)
    if (typeof schema.default === 'number') {
      expect(schema.default, at).toBeGreaterThanOrEqual(schema.minimum ?? schema.default)
      expect(schema.default, at).toBeLessThanOrEqual(schema.maximum ?? schema.default)
    }
  }
})

test('what a keyword demands can be told: a bare pattern or a bare refusal is no sentence', () => {
  const mute = demands.filter(({ schema }) => {
    const special = ['pattern', 'not', 'contains', 'minItems', 'minLength'].filter(k => k in schema)
    if (schema.const === null) special.push('const')
    const expected = schema['x-expect']
    return special.some(k => typeof expected !== 'string' && !expected?.[k])
  })
  // `propertyNames` occurs in conditions only.
  expect(mute.map(name)).toEqual([])
})

test('nothing needs a choice of alternatives, whose errors nobody can read', () => {
  expect(demands.filter(v => 'anyOf' in v.schema || 'oneOf' in v.schema).map(name)).toEqual([])
})

test('conditions use only what `describe` can evaluate', () => {
  const unknown = all.filter(
    v =>
      v.condition && v.at.includes('/if') && Object.keys(v.schema).some(k => !knownInConditions.includes(k)),
  )
  expect(unknown.map(name)).toEqual([])
})

test('unknown fields are not forbidden: that is a lint rule’s business', () => {
  const closed = demands.filter(
    v => (v.schema.additionalProperties as unknown) === false || 'unevaluatedProperties' in v.schema,
  )
  expect(closed.map(name)).toEqual([])
})

test('belongs to these lint rules of the catalogue', () => {
  const ids = new Set(demands.map(v => v.schema['x-rule']).filter(id => id !== undefined))
  expect([...ids].sort()).toEqual([
    'issuer/inactive',
    'issuer/jwk-unusable',
    'issuer/jwks-shape',
    'issuer/max-lifetime-range',
    'issuer/name-invalid',
    'match/claims-not-string',
    'match/no-constraint',
    'pod/projection-invalid',
    'rule/name-invalid',
    'rule/reference-id',
    'rule/required-field',
    'rule/token-lifetime-range',
    'rule/workspace-selection',
  ])
})

test('`required` is never asked of a PodSpec', () => {
  const podSpec = all.filter(v => v.kind === 'workload' && v.at.startsWith('#/$defs/podSpec'))
  expect(podSpec.filter(v => v.schema.required).map(name)).toEqual([])
})
