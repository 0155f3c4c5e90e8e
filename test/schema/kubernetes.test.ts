import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { fields } from '../../server/src/schema/describe.ts'

// The schema is written by hand and small; this shows when Kubernetes moves on.
const packageFolder = dirname(createRequire(import.meta.url).resolve('kubernetes-types/package.json'))
const core = readFileSync(`${packageFolder}/core/v1.d.ts`, 'utf8')
const meta = readFileSync(`${packageFolder}/meta/v1.d.ts`, 'utf8')

/** The field names of an interface, each with whether it is optional. */
function members(name: string, text = core): Map<string, boolean> {
  const body = new RegExp(`^export interface ${name} \\{\\n(.*?)^\\}`, 'ms').exec(text)?.[1]
  if (!body) throw new Error(`kubernetes-types has no ${name}`)
  const lines = body.replaceAll(/\/\*\*.*?\*\//gs, '')
  return new Map([...lines.matchAll(/^\s+(\w+)(\??):/gm)].map(m => [m[1] ?? '', m[2] === '?']))
}

const spec = ['spec']
const volume = [...spec, 'volumes', 0]
const source = [...volume, 'projected', 'sources', 0]
const container = [...spec, 'containers', 0]
const env = [...container, 'env', 0]
const envFrom = [...container, 'envFrom', 0]

const objects: [name: string, path: (string | number)[], text?: string][] = [
  ['ObjectMeta', ['metadata'], meta],
  ['PodSpec', spec],
  ['Volume', volume],
  ['ProjectedVolumeSource', [...volume, 'projected']],
  ['VolumeProjection', source],
  ['ServiceAccountTokenProjection', [...source, 'serviceAccountToken']],
  ['Container', container],
  ['EphemeralContainer', [...spec, 'ephemeralContainers', 0]],
  ['EnvVar', env],
  ['EnvVarSource', [...env, 'valueFrom']],
  ['SecretKeySelector', [...env, 'valueFrom', 'secretKeyRef']],
  ['ConfigMapKeySelector', [...env, 'valueFrom', 'configMapKeyRef']],
  ['ObjectFieldSelector', [...env, 'valueFrom', 'fieldRef']],
  ['EnvFromSource', envFrom],
  ['ConfigMapEnvSource', [...envFrom, 'configMapRef']],
  ['SecretEnvSource', [...envFrom, 'secretRef']],
  ['VolumeMount', [...container, 'volumeMounts', 0]],
]

const named = (path: (string | number)[]) => {
  // Without a document, `spec` has the fields of all kinds at once.
  const others = path.length === 1 && path[0] === 'spec' ? ['template', 'jobTemplate'] : []
  return fields('workload', path).filter(f => !others.includes(f.name))
}

test.each(objects)('%s has every field of the schema', (name, path, text) => {
  const known = members(name, text)
  const ours = named(path).map(f => f.name)
  expect(ours.length).toBeGreaterThan(0)
  expect(ours.filter(field => !known.has(field))).toEqual([])
})

test.each([
  ['VolumeProjection', source],
  ['ServiceAccountTokenProjection', [...source, 'serviceAccountToken']],
  ['EnvVar', env],
  ['EnvVarSource', [...env, 'valueFrom']],
  ['EnvFromSource', envFrom],
])('the schema has every field of %s', (name, path) => {
  const ours = named(path).map(f => f.name)
  expect([...members(name).keys()].filter(field => !ours.includes(field))).toEqual([])
})

test('every kind of container is known', () => {
  const ours = named(spec).map(f => f.name)
  expect([...members('PodSpec').keys()].filter(f => /containers$/i.test(f) && !ours.includes(f))).toEqual([])
})

test('nothing is required that Kubernetes does not require', () => {
  for (const [name, path, text] of objects) {
    const known = members(name, text)
    const strict = named(path).filter(f => f.required && known.get(f.name))
    expect(
      strict.map(f => f.name),
      name,
    ).toEqual([])
  }
})

test('the limits are those that Kubernetes documents', () => {
  expect(core).toContain('must be at least 10 minutes')
  expect(core).toContain('Defaults to 1 hour')
  const token = fields('workload', [...source, 'serviceAccountToken'])
  expect(token.find(f => f.name === 'expirationSeconds')?.default).toBe(3600)
})
