import type { ArrayNode } from '../syntax/node.ts'
import { DEFAULT_EXPIRATION, expirationOf, type Projection, type Workload } from '../wif/workload.ts'

/**
 * A lifetime for a token of this audience that no other projection of the pod has, so that the kubelet mints one of
 * its own: a second less, for issuers cap lifetimes, and the default of both is the same.
 */
export function freeExpiration(workload: Workload, { audience }: Projection): number {
  const taken = new Set(
    workload.projections
      .filter(p => p.audience?.value === audience?.value)
      .map(p => expirationOf(workload, p) ?? DEFAULT_EXPIRATION),
  )
  const longest = Math.max(...taken)
  for (let free = longest - 1; free >= 600; free--) if (!taken.has(free)) return free
  return longest + 1
}

/** The list `projected.sources` that holds `projection`. */
export function sourcesOf({ node }: Projection): ArrayNode | undefined {
  const item = node.parent?.type === 'property' ? node.parent.parent : undefined
  return item?.parent?.type === 'array' ? item.parent : undefined
}
