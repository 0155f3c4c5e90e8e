import { expect, describe as group, test } from 'vitest'
import { parseJson } from '../syntax/json.ts'
import { describe, fields } from './describe.ts'
import type { SchemaKind } from './schemas.ts'

const tree = (document: unknown) => (document ? parseJson(JSON.stringify(document)).root : undefined)
const names = (kind: SchemaKind, path: (string | number)[], document?: unknown) =>
  fields(kind, path, tree(document)).map(f => f.name)

group('describe', () => {
  test('a field with limits', () => {
    expect(describe('rule', ['token_lifetime_seconds'])).toEqual({
      title: 'Token lifetime',
      markdown: expect.stringContaining('60 to 86400'),
      type: ['integer'],
      default: 3600,
      examples: [600, 900, 3600],
      rule: 'rule/token-lifetime-range',
    })
  })

  test('a field with values, and prose for each', () => {
    const found = describe('issuer', ['jwks', 'type'])
    expect(found).toMatchObject({
      enum: ['discovery', 'explicit_url', 'inline'],
      required: true,
      type: ['string'],
    })
    expect(found?.enumMarkdown).toHaveLength(3)
  })

  test('through lists, references and the branches of every kind of workload', () => {
    const token = ['volumes', 0, 'projected', 'sources', 0, 'serviceAccountToken', 'audience']
    const title = describe('workload', ['spec', ...token])?.title
    expect(title).toBe('Audience')
    for (const path of [
      ['template', 'spec'],
      ['spec', 'template', 'spec'],
      ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
    ]) {
      expect(describe('workload', [...path, ...token])?.title).toBe(title)
    }
  })

  test('the prose beside a reference comes before that of its target', () => {
    expect(describe('iam-policy', ['Statement', 0, 'Action'])?.title).toBe('Action')
    expect(describe('iam-policy', ['Statement', 'Action'])?.type).toEqual(['string', 'array'])
  })

  test('a member of a map', () => {
    expect(describe('rule', ['match', 'claims', 'repository'])?.title).toBe('Claim value')
    const key = ['Statement', 0, 'Condition', 'StringLike', 'sts:IdentityTokenAudience']
    expect(describe('iam-policy', key)?.title).toBe('Audience of the token')
  })

  test('the document itself and an item', () => {
    expect(describe('issuer', [])?.title).toBe('Federation issuer')
    expect(describe('issuer', ['jwks', 'keys', 0])?.title).toBe('JSON Web Key')
  })

  test('nothing for what it does not know', () => {
    expect(describe('rule', ['nonsense'])).toBeUndefined()
    expect(describe('rule', ['match', 0])).toBeUndefined()
    expect(describe('rule', ['name', 'x', 'y'])).toBeUndefined()
    expect(describe('workload', ['spec', 'affinity'])).toBeUndefined()
    expect(describe('rule', ['toString'])).toBeUndefined()
  })

  test('marks what the service sets and what is out of use', () => {
    expect(describe('rule', ['created_at'])).toMatchObject({ readOnly: true })
    expect(describe('issuer', ['jwks_source'])).toMatchObject({ deprecated: true })
    expect(describe('issuer', ['name'])).not.toHaveProperty('readOnly')
  })

  test('required where the document is a create request', () => {
    expect(describe('rule', ['oauth_scope'], tree({ issuer_id: 'fdis_...' }))).toMatchObject({
      required: true,
    })
    expect(describe('rule', ['oauth_scope'], tree({ name: 'a' }))).not.toHaveProperty('required')
    expect(describe('rule', ['oauth_scope'], tree({ id: 'fdrl_...', issuer_id: 'a' }))).not.toHaveProperty(
      'required',
    )
    expect(describe('rule', ['workspace_id'], tree({ issuer_id: 'a' }))).toMatchObject({ required: true })
    const everywhere = tree({ issuer_id: 'a', applies_to_all_workspaces: true })
    expect(describe('rule', ['workspace_id'], everywhere)).not.toHaveProperty('required')
  })
})

group('fields', () => {
  test('of an object, in the order of the schema', () => {
    expect(names('rule', ['match'])).toEqual(['subject_prefix', 'audience', 'claims', 'condition'])
    expect(names('rule', ['target'])).toEqual(['type', 'service_account_id', 'service_account_name'])
    expect(fields('rule', ['target'])[0]).toMatchObject({
      name: 'type',
      enum: ['service_account'],
      required: true,
    })
  })

  test('of the key source that the document has chosen', () => {
    const all = ['type', 'discovery_base', 'url', 'ca_cert_pem', 'keys']
    const jwks = (type?: string) => names('issuer', ['jwks'], { jwks: { type } })
    expect(names('issuer', ['jwks'])).toEqual(all)
    expect(jwks()).toEqual(all)
    expect(jwks('discovery')).toEqual(['type', 'discovery_base', 'ca_cert_pem'])
    expect(jwks('explicit_url')).toEqual(['type', 'url', 'ca_cert_pem'])
    expect(jwks('inline')).toEqual(['type', 'keys'])
  })

  test('of the kind of workload that the document is', () => {
    expect(names('workload', ['spec'], { kind: 'Pod' })).toContain('containers')
    expect(names('workload', ['spec'], { kind: 'Deployment', spec: {} })).toEqual(['template'])
    expect(names('workload', ['spec'], { kind: 'CronJob' })).toEqual(['jobTemplate'])
    expect(names('workload', ['spec'], { kind: 'Service', apiVersion: 'v1' })).toEqual([])
    expect(names('workload', ['spec'], { kind: 'Service', apiVersion: 'serving.knative.dev/v1' })).toEqual([
      'template',
    ])
  })

  test('without those that are only there to be refused', () => {
    expect(names('workload', ['spec', 'volumes', 0], { kind: 'Pod' })).not.toContain('serviceAccountToken')
    const source = {
      kind: 'Pod',
      spec: { volumes: [{ projected: { sources: [{ serviceAccountToken: {} }] } }] },
    }
    const at = ['spec', 'volumes', 0, 'projected', 'sources', 0]
    expect(names('workload', at, source)).toEqual(['serviceAccountToken'])
    expect(names('workload', at, { kind: 'Pod' })).toContain('secret')
  })

  test('of one statement and of a list', () => {
    const document = { Statement: [{ Action: 'a' }] }
    expect(names('iam-policy', ['Statement', 0], document)).toContain('Effect')
    expect(names('iam-policy', ['Statement'], { Statement: {} })).toContain('Effect')
    expect(names('iam-policy', ['Statement'], document)).toEqual([])
  })

  test('none where there is no object', () => {
    expect(names('rule', ['name'])).toEqual([])
    expect(names('rule', ['match', 'claims'])).toEqual([])
    expect(names('rule', ['nonsense'])).toEqual([])
  })
})
