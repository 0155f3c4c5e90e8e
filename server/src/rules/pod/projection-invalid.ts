import { type Report, rule } from '../../lint/rule.ts'
import { asObject, get, items, type Node, property, textAt } from '../../syntax/node.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'
import type { Workload } from '../../wif/workload.ts'

/** The API server's bounds (Kubernetes validation of ServiceAccountTokenProjection): ten minutes to 2^32 - 1 seconds. */
const MIN_EXPIRATION = 600
const MAX_EXPIRATION = 2 ** 32 - 1

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
        const outside =
          property(volume, 'serviceAccountToken') ?? property(get(volume, 'projected'), 'serviceAccountToken')
        if (outside)
          report(outside, '`serviceAccountToken` belongs into the list `projected.sources` of a volume')
        for (const source of items(get(volume, 'projected', 'sources'))) checkKinds(source, report)
      }
      for (const { node } of workload.projections) {
        checkExpiration(get(node, 'expirationSeconds'), report)
        checkPath(workload, node, report)
      }
      checkDuplicatePaths(workload, report)
    }
  },
})

function checkKinds(source: Node, report: Report): void {
  const kinds = (asObject(source)?.properties ?? []).filter(p => SOURCE_KINDS.includes(p.key.value))
  const second = kinds[1]
  if (!second || !kinds.some(p => p.key.value === 'serviceAccountToken')) return
  report(second, `One item of \`sources\` takes one source; \`${second.key.value}\` needs an item of its own`)
}

function checkExpiration(node: Node | undefined, report: Report): void {
  if (!node || node.type === 'null') return
  const fix = (to: number) => [{ title: `Set to ${to}`, safe: true, edits: [{ set: node, to }] }]
  if (node.type === 'string') {
    if (isPlaceholder(node.value)) return
    const number = Number(node.value)
    const valid = Number.isInteger(number) && number >= MIN_EXPIRATION && number <= MAX_EXPIRATION
    report(node, '`expirationSeconds` must be a number, without quotes', { fixes: valid ? fix(number) : [] })
  } else if (node.type !== 'number' || !Number.isInteger(node.value)) {
    report(node, '`expirationSeconds` must be a whole number of seconds')
  } else if (node.value < MIN_EXPIRATION) {
    report(node, `The API server rejects \`expirationSeconds\` below ${MIN_EXPIRATION} (10 minutes)`, {
      fixes: fix(MIN_EXPIRATION),
    })
  } else if (node.value > MAX_EXPIRATION) {
    report(node, `The API server rejects \`expirationSeconds\` above ${MAX_EXPIRATION}`)
  }
}

function checkPath(workload: Workload, projection: Node, report: Report): void {
  const node = get(projection, 'path')
  const path = textAt(projection, 'path')
  if (!node || node.type === 'null') {
    if (!workload.partial) report(projection, '`path` is required: the name of the token file in the volume')
  } else if (path === undefined || isPlaceholder(path)) {
    return
  } else if (path.startsWith('/')) {
    const relative = path.replace(/^\/+/, '')
    const fixes = relative
      ? [{ title: `Set to "${relative}"`, safe: true, edits: [{ set: node, to: relative }] }]
      : []
    report(node, '`path` is relative to the volume and must not start with "/"', { fixes })
  } else if (path.split('/').includes('..')) {
    report(node, '`path` must stay in the volume: ".." is not allowed')
  }
}

function checkDuplicatePaths(workload: Workload, report: Report): void {
  const seen = new Map<string, Node>()
  for (const { volume, path } of workload.projections) {
    if (!path || isPlaceholder(path.value)) continue
    const key = `${volume}\n${path.value}`
    const first = seen.get(key)
    if (first) {
      report(path, `Another source of volume "${volume}" has the path "${path.value}"`, {
        related: [{ at: first, message: 'first used here' }],
      })
    } else seen.set(key, path)
  }
}
