import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type SchemaKind, validate } from '../../server/src/schema/validate.ts'
import { parseJson } from '../../server/src/syntax/json.ts'
import { parseYaml } from '../../server/src/syntax/yaml.ts'

// The issuer, rule, policy and manifest blocks of "Use WIF with AWS", as they stand there.
const folder = fileURLToPath(new URL('fixtures/', import.meta.url))

const kindOf: Record<string, SchemaKind> = {
  'iam-policy.json': 'iam-policy',
  'issuer-eks.json': 'issuer',
  'issuer-sts.json': 'issuer',
  'pod.yaml': 'workload',
  'rule-eks.json': 'rule',
  'rule-sts.json': 'rule',
  'service-account.yaml': 'workload',
}

test('every block has a kind', () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(kindOf))
})

test.each(Object.entries(kindOf))('%s is valid', (file, kind) => {
  const text = readFileSync(folder + file, 'utf8')
  const trees = file.endsWith('.json') ? [parseJson(text)] : parseYaml(text)
  const roots = trees.flatMap(t => t.root ?? [])
  expect(roots).toHaveLength(1)
  expect(roots.flatMap(root => validate(kind, root))).toEqual([])
})
