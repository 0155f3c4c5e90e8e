import { mayHoldMore } from '../../lint/open.ts'
import { type Fix, type Report, rule } from '../../lint/rule.ts'
import { checkSeconds } from '../../lint/seconds.ts'
import {
  get,
  isAbsent,
  items,
  type Node,
  type Property,
  properties,
  property,
  toValue,
} from '../../syntax/node.ts'
import { put, type Value } from '../../syntax/write.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'
import type { Projection, Workload } from '../../wif/workload.ts'

/** The API server's bounds, both included (Kubernetes, core validation: ten minutes, 2^32 seconds). */
const EXPIRATION = { min: 600, max: 2 ** 32, low: 600, words: '10 minutes at least' }

const SOURCE_KINDS = [
  'serviceAccountToken',
  'secret',
  'configMap',
  'downwardAPI',
  'clusterTrustBundle',
  'podCertificate',
]

export const projectionInvalid = rule({
  id: 'pod/projection-invalid',
  title: 'The API server rejects this token projection',
  class: 'service-rejects',
  since: '0.1.0',
  check(file, report) {
    for (const workload of file.workloads) {
      if (workload.tree.templated) continue
      for (const volume of items(get(workload.podSpec, 'volumes'))) {
        checkPlace(volume, report)
        for (const source of items(get(volume, 'projected', 'sources'))) checkKinds(source, report)
      }
      for (const projection of workload.projections) {
        checkSeconds(get(projection.node, 'expirationSeconds'), 'expirationSeconds', EXPIRATION, report)
        checkPath(workload, projection, report)
      }
      checkDuplicates(workload, report)
    }
  },
})

function checkPlace(volume: Node, report: Report): void {
  const projected = get(volume, 'projected')
  for (const [holder, name] of [
    [volume, 'projected'],
    [projected, 'sources'],
  ] as const) {
    const outside = property(holder, 'serviceAccountToken')
    if (!outside) continue
    const fixes = property(holder, name) ? [] : [wrapping(outside, name)]
    report(outside, '`serviceAccountToken` belongs into the list `projected.sources` of a volume', { fixes })
  }
}

function wrapping(outside: Property, name: 'projected' | 'sources'): Fix {
  const sources = [{ serviceAccountToken: toValue(outside.value) as Value }]
  const to = name === 'sources' ? sources : { sources }
  const edits = [
    { rename: outside, to: name },
    { set: outside.value, to },
  ]
  return { title: 'Move into `projected.sources`', safe: true, edits }
}

function checkKinds(source: Node, report: Report): void {
  const kinds = properties(source).filter(p => SOURCE_KINDS.includes(p.key.value) && p.value.type !== 'null')
  const second = kinds[1]
  const list = source.parent
  if (!second || !kinds.some(p => p.key.value === 'serviceAccountToken')) return
  const to = { [second.key.value]: toValue(second.value) as Value }
  const edits = list?.type === 'array' ? [{ remove: second }, { append: to, to: list }] : []
  report(
    second,
    `One item of \`sources\` takes one source; \`${second.key.value}\` needs an item of its own`,
    {
      fixes: [{ title: `Give \`${second.key.value}\` an item of its own`, safe: true, edits }],
    },
  )
}

function checkPath(workload: Workload, { node, path }: Projection, report: Report): void {
  if (path?.value === '' || isAbsent(node, 'path')) {
    if (workload.partial || mayHoldMore(workload, node)) return
    report(path ?? node, '`path` is required: the name of the token file in the volume', {
      fixes: [{ title: 'Name the file `token`', safe: false, edits: [put(node, 'path', 'token')] }],
    })
  } else if (!path || isPlaceholder(path.value)) {
    return
  } else if (path.value.startsWith('/')) {
    const to = path.value.replace(/^\/+/, '')
    report(path, '`path` is relative to the volume and must not start with "/"', {
      fixes: to ? [{ title: `Set to "${to}"`, safe: true, edits: [{ set: path, to }] }] : [],
    })
  } else if (path.value.split('/').includes('..')) {
    report(path, '`path` must stay in the volume: ".." is not allowed')
  } else if (path.value.startsWith('..')) {
    report(path, '`path` must not begin with "..": such names are reserved for the kubelet')
  }
}

/** The API server lets this pass, and the kubelet writes one token over the other. */
function checkDuplicates(workload: Workload, report: Report): void {
  const seen = new Map<string, Node>()
  for (const { volume, path } of workload.projections) {
    if (!path || path.value === '' || isPlaceholder(path.value)) continue
    const key = `${volume}\n${path.value}`
    const first = seen.get(key)
    if (!first) seen.set(key, path)
    else
      report(
        path,
        `Another token of volume "${volume}" has the path "${path.value}" too, and only one is kept`,
        {
          severity: 'warning',
          related: [{ at: first, message: 'first used here' }],
        },
      )
  }
}
