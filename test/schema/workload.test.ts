import { describe, expect, test } from 'vitest'
import { problems, silent, tells } from './problems.ts'

const token = { audience: 'https://api.anthropic.com', expirationSeconds: 3600, path: 'token' }
const pod = (spec: object) => ({ kind: 'Pod', spec })
const volume = (fields: object) => pod({ volumes: [fields] })
const projected = (...sources: unknown[]) => volume({ name: 't', projected: { sources } })
const account = (fields: object) => projected({ serviceAccountToken: { ...token, ...fields } })
const container = (fields: object) => pod({ containers: [{ name: 'app', ...fields }] })

silent('workload', {
  'a projection': account({}),
  '600 seconds': account({ expirationSeconds: 600 }),
  '2^32 seconds': account({ expirationSeconds: 2 ** 32 }),
  'only a path': projected({ serviceAccountToken: { path: 'a/b..c/..d' } }),
  'two items': projected({ serviceAccountToken: token }, { secret: { name: 'a' } }),
  'other sources': projected({ secret: { name: 'a' }, configMap: { name: 'b' } }),
  'null where kubectl drops it': {
    kind: 'Pod',
    metadata: null,
    spec: { volumes: null, containers: [null, { name: 'a', env: null, volumeMounts: [null] }] },
  },
  'null beside a token': projected({ serviceAccountToken: token, secret: null }),
  'an empty PodSpec': pod({}),
  'a container without a name, in a patch or a test': pod({ containers: [{ image: 'a' }] }),
  'fields outside the subtree': pod({ affinity: 5, containers: [{ name: 'a', ports: 'x', args: 1 }] }),
  $patch: pod({
    $patch: 'merge',
    volumes: [{ name: 'a', $patch: 'delete' }, { $patch: 'replace' }],
    '$setElementOrder/volumes': [{ name: 'a' }],
    $retainKeys: ['name'],
  }),
  '$patch below': container({
    env: [{ $patch: 'replace' }],
    volumeMounts: [{ mountPath: '/a', $patch: 'delete' }],
  }),
  '$patch in a token': account({ $patch: 'replace', path: null }),
  'anchors of a test': container({ env: [{ '(name)': 'A' }], volumeMounts: [{ '^(name)': 'x' }] }),
  'an unresolved merge key': container({ env: [{ '<<': null }] }),
  'a variable by reference': container({
    env: [{ name: 'A', value: '', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
  }),
  'a CRD': { kind: 'CustomResourceDefinition', spec: { containers: 5, template: 5 } },
  'a core Service': { kind: 'Service', apiVersion: 'v1', spec: { template: 5 } },
  'a list in a Deployment that is the pod’s in a Pod': { kind: 'Deployment', spec: { volumes: 5 } },
  'no kind': { spec: { containers: 5 } },
  'a service account': {
    kind: 'ServiceAccount',
    metadata: { name: 'a', annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/a', other: 5 } },
  },
})

describe('token', () => {
  const source = '/spec/volumes/0/projected/sources/0'
  const at = `${source}/serviceAccountToken`
  const path = '`path` must be a relative path without `..`'
  const ownItem = 'needs an item of its own in `sources`: one item holds one kind of source'
  tells('workload', 'pod/projection-invalid', [
    [
      account({ expirationSeconds: 599 }),
      `${at}/expirationSeconds`,
      '`expirationSeconds` must be at least 600 (10 minutes); this is 599',
    ],
    [
      account({ expirationSeconds: 2 ** 32 + 1 }),
      `${at}/expirationSeconds`,
      '`expirationSeconds` must be at most 4294967296 (2^32 seconds); this is 4294967297',
    ],
    [
      account({ expirationSeconds: '3600' }),
      `${at}/expirationSeconds`,
      '`expirationSeconds` must be an integer from 600 to 4294967296; this is the string "3600"',
    ],
    [account({ audience: ['a'] }), `${at}/audience`, '`audience` must be a string; this is a list'],
    [
      projected({ serviceAccountToken: { audience: 'a' } }),
      at,
      '`path` is required in a `serviceAccountToken`',
    ],
    [account({ path: '/token' }), `${at}/path`, `${path}; this is "/token"`],
    [account({ path: '../token' }), `${at}/path`, `${path}; this is "../token"`],
    [account({ path: '..token' }), `${at}/path`, `${path}; this is "..token"`],
    [account({ path: 'a/../b' }), `${at}/path`, `${path}; this is "a/../b"`],
    [account({ path: 'a/..' }), `${at}/path`, `${path}; this is "a/.."`],
    [account({ path: '' }), `${at}/path`, `${path}; this is ""`],
    [
      projected({ serviceAccountToken: token, secret: { name: 'a' } }),
      `${source}/secret`,
      `\`secret\` ${ownItem}`,
    ],
    [
      projected({ downwardAPI: {}, serviceAccountToken: token }),
      `${source}/downwardAPI`,
      `\`downwardAPI\` ${ownItem}`,
    ],
    [
      volume({ name: 'a', projected: { serviceAccountToken: token } }),
      '/spec/volumes/0/projected/serviceAccountToken',
      '`serviceAccountToken` belongs in an item of `sources`',
    ],
    [
      volume({ name: 'a', serviceAccountToken: token }),
      '/spec/volumes/0/serviceAccountToken',
      '`serviceAccountToken` belongs in an item of `projected.sources`',
    ],
  ])
})

describe('the rest of the subtree', () => {
  const env = '/spec/containers/0/env'
  tells('workload', '-', [
    [pod({ volumes: { name: 'a' } }), '/spec/volumes', '`volumes` must be a list; this is an object'],
    [volume({ projected: {} }), '/spec/volumes/0', '`name` is required in a volume'],
    [
      container({ env: [{ name: 'A', value: 1 }] }),
      `${env}/0/value`,
      '`value` must be a string: put it in quotes; this is 1',
    ],
    [container({ env: [{ value: 'x' }] }), `${env}/0`, '`name` is required in an environment variable'],
    [
      container({ env: { A: 'b' } }),
      env,
      '`env` must be a list of `name` and `value` pairs; this is an object',
    ],
    [
      container({ env: [{ name: 'A', value: 'x', valueFrom: { secretKeyRef: {} } }] }),
      `${env}/0/valueFrom`,
      '`valueFrom` and a non-empty `value` exclude each other',
    ],
    [
      container({ volumeMounts: [{ readOnly: true }] }),
      '/spec/containers/0/volumeMounts/0',
      '`name` and `mountPath` are required in a volume mount',
    ],
    [
      container({ envFrom: ['config'] }),
      '/spec/containers/0/envFrom/0',
      '`envFrom[0]` must be an object; this is the string "config"',
    ],
    [
      pod({ serviceAccountName: { name: 'a' } }),
      '/spec/serviceAccountName',
      '`serviceAccountName` must be a string; this is an object',
    ],
    [
      { kind: 'ServiceAccount', metadata: { annotations: { 'eks.amazonaws.com/token-expiration': 86400 } } },
      '/metadata/annotations/eks.amazonaws.com~1token-expiration',
      '`eks.amazonaws.com/token-expiration` must be a string, as every annotation: put it in quotes; this is 86400',
    ],
    ['[]', '', 'The manifest must be an object; this is a list'],
  ])

  test('is found in every kind of workload', () => {
    const containers = [{ env: 5 }]
    const template = {
      spec: { volumes: 5, containers, initContainers: containers, ephemeralContainers: containers },
    }
    const places = (document: object) => problems('workload', document).map(p => p.split(' ')[0])
    const below = (at: string) =>
      ['volumes', 'containers/0/env', 'initContainers/0/env', 'ephemeralContainers/0/env'].map(
        p => `${at}/${p}`,
      )
    expect(places({ kind: 'Pod', ...template })).toEqual(below('/spec'))
    for (const kind of [
      'Deployment',
      'StatefulSet',
      'DaemonSet',
      'ReplicaSet',
      'ReplicationController',
      'Job',
    ]) {
      expect(places({ kind, spec: { template } })).toEqual(below('/spec/template/spec'))
    }
    const knative = { kind: 'Service', apiVersion: 'serving.knative.dev/v1', spec: { template } }
    expect(places(knative)).toEqual(below('/spec/template/spec'))
    const job = { kind: 'CronJob', spec: { jobTemplate: { spec: { template } } } }
    expect(places(job)).toEqual(below('/spec/jobTemplate/spec/template/spec'))
    expect(places({ kind: 'PodTemplate', template })).toEqual(below('/template/spec'))
  })
})
