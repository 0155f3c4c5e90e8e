import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Ajv2020 from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileSchemas, generate } from '../../scripts/compile-schemas.mjs'
import { holds } from '../../server/src/schema/holds.ts'
import { locate, type SchemaKind, schemas } from '../../server/src/schema/schemas.ts'
import { validate } from '../../server/src/schema/validate.ts'
import * as validators from '../../server/src/schema/validators.generated.js'
import { type Node, pointer } from '../../server/src/syntax/node.ts'
import { everySchema, kinds } from './documents.ts'
import { tree } from './problems.ts'

const file = fileURLToPath(new URL('../../server/src/schema/validators.generated.js', import.meta.url))

test('the generated code is that of the schemas', () => {
  expect(generate()).toBe(readFileSync(file, 'utf8'))
  expect(compileSchemas()).toBe(false)
})

test('the generated code stands alone', () => {
  const text = readFileSync(file, 'utf8')
  expect(text).not.toMatch(/^import |\bimport\(|[^_'".\w]require\(|node:/m)
  // Prose in the code would load with every start, for nothing.
  expect(text).not.toContain('markdown')
  expect(text.length).toBeLessThan(150_000)
})

const documents: Record<SchemaKind, object> = {
  issuer: {
    name: 'a',
    issuer_url: 'https://a.example',
    jwks: {
      type: 'inline',
      keys: [{ kty: 'RSA', kid: 'a', n: 'a', e: 'a', alg: 'RS256', key_ops: ['verify'] }],
    },
    max_jwt_lifetime_seconds: 3600,
  },
  rule: {
    name: 'a',
    issuer_id: 'fdis_01',
    match: { subject_prefix: 'a', audience: 'b', claims: { c: 'd' }, condition: 'e' },
    target: { type: 'service_account', service_account_id: 'svac_01' },
    workspace_id: 'wrkspc_01',
    oauth_scope: 'workspace:inference',
    token_lifetime_seconds: 600,
  },
  workload: {
    kind: 'Pod',
    metadata: { name: 'a', annotations: { 'eks.amazonaws.com/audience': 'b' } },
    spec: {
      serviceAccountName: 'a',
      volumes: [
        {
          name: 'a',
          projected: { sources: [{ serviceAccountToken: { path: 'a', expirationSeconds: 600 } }] },
        },
      ],
      containers: [
        {
          name: 'a',
          env: [{ name: 'A', value: 'b' }],
          envFrom: [{ secretRef: { name: 'a' } }],
          volumeMounts: [{ name: 'a', mountPath: '/a' }],
        },
      ],
    },
  },
  'iam-policy': {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'sts:*', Resource: '*', Condition: { StringEquals: { 'a:b': ['c'] } } },
    ],
  },
  config: {
    profile: 'quiet',
    severity: { 'match/tenant-wide': 'error' },
    ignores: [{ files: 'a/**', rule: 'match/group-wide', at: '/match', reason: 'b' }],
    scopes: ['c'],
    audiences: ['d'],
    links: { fdis_01: 'issuer.json' },
  },
}

/** `document` with the value at one of its places replaced by `value`, or taken out. */
function spoilt(document: object, place: number, value: unknown): object {
  const copy = structuredClone(document)
  const places: [Record<string, unknown>, string][] = []
  const collect = (at: unknown) => {
    if (typeof at !== 'object' || at === null) return
    for (const key of Object.keys(at)) {
      places.push([at as Record<string, unknown>, key])
      collect((at as Record<string, unknown>)[key])
    }
  }
  collect(copy)
  const [holder, key] = places[place % places.length] ?? [{}, '']
  if (value === undefined && !Array.isArray(holder)) delete holder[key]
  else holder[key] = value ?? null
  return copy
}

const values = fc.oneof(
  fc.constant(undefined),
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom('', '*', '...', 'discovery', 'fdis_01', 0, 60, 1e10, true, {}, [], [{}]),
)

test.each(kinds)('%s: whatever is wrong is told in a sentence, at a node of the document', kind => {
  const property = fc.property(fc.nat(), values, (place, value) => {
    const root = tree(spoilt(documents[kind], place, value))
    const found = validate(kind, root)
    const places = new Set<string>()
    for (const problem of found) {
      expect(problem.message).toMatch(/^(`|This field |The (issuer|rule|manifest|policy|configuration) )/)
      expect(problem.message).not.toMatch(/undefined|\[object|must match|must NOT|schema/)
      expect(isIn(problem.node, root)).toBe(true)
      places.add(`${pointer(problem.node)} ${problem.rule} ${problem.missing?.length}`)
    }
    expect(places.size).toBe(found.length)
  })
  fc.assert(property, { numRuns: 500 })
})

function isIn(node: Node, root: Node): boolean {
  const { parent } = node
  if (!parent) return node === root
  return isIn(parent.type === 'property' ? parent.parent : parent, root)
}

test('every error leads to its keyword in the schema', () => {
  const checks = {
    issuer: validators.issuer,
    rule: validators.rule,
    workload: validators.workload,
    'iam-policy': validators.iamPolicy,
    config: validators.config,
  }
  const seen = new Set<string>()
  const property = fc.property(fc.constantFrom(...kinds), fc.nat(), values, (kind, place, value) => {
    checks[kind](spoilt(documents[kind], place, value))
    for (const { schemaPath, keyword } of checks[kind].errors ?? []) {
      expect(locate(kind, schemaPath).schema).toHaveProperty(keyword)
      seen.add(schemaPath)
    }
  })
  fc.assert(property, { numRuns: 2000 })
  expect(seen.size).toBeGreaterThan(60)
})

test('the branches that `describe` takes are those that Ajv takes', () => {
  const ajv = new Ajv2020({ strict: false })
  const conditions = [...everySchema()].flatMap(v => v.schema.if ?? [])
  expect(conditions.length).toBeGreaterThan(15)
  for (const condition of conditions) {
    const check = ajv.compile(condition)
    const names = Object.keys(condition.properties ?? {}).concat(
      condition.required ?? [],
      'type',
      'id',
      'issuer_id',
    )
    const constants = Object.values(condition.properties ?? {}).flatMap(s => s.enum ?? s.const ?? [])
    const value = fc.oneof(
      fc.constantFrom(...constants, '', '*', '$patch', null, {}),
      fc.jsonValue({ maxDepth: 1 }),
    )
    const document = fc.oneof(value, fc.dictionary(fc.constantFrom(...names, '$patch'), value))
    fc.assert(
      fc.property(document, v => {
        expect(holds(condition, v)).toBe(check(v))
      }),
    )
  }
})

test('every definition is used', () => {
  for (const kind of kinds) {
    const text = JSON.stringify(schemas[kind])
    for (const name of Object.keys(schemas[kind].$defs ?? {})) expect(text).toContain(`"#/$defs/${name}"`)
  }
})
