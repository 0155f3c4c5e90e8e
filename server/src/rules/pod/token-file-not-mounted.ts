import { type Fix, rule } from '../../lint/rule.ts'
import { get } from '../../syntax/node.ts'
import { type TokenFile, tokenFile } from '../../wif/token-file.ts'
import type { Container, Workload } from '../../wif/workload.ts'

/** Where a program may well write the token by itself before it is read. */
const SCRATCH = /^\/(?:tmp|var\/tmp|dev\/shm)\//

export const tokenFileNotMounted = rule({
  id: 'pod/token-file-not-mounted',
  title: 'No volume of the container provides the token file',
  class: 'exchange-fails',
  since: '0.1.0',
  check(file, report) {
    for (const workload of file.workloads) {
      if (workload.partial) continue
      for (const container of workload.containers) {
        const token = tokenFile(workload, container)
        if (token?.from !== 'nowhere') continue
        const { path, nearest } = token
        // Without any projection the token may come from STS, or from the image.
        const projects = workload.projections.length > 0
        if (!projects && SCRATCH.test(path.value)) continue
        const name = container.name ? `container "${container.name.value}"` : 'this container'
        const message = !path.value.startsWith('/')
          ? `The token file must be an absolute path; "${path.value}" is not`
          : `No volume mounted in ${name} provides "${path.value}"${nearest ? `; the projected token is at "${nearest.path}"` : ''}`
        report(path, message, {
          ...(!projects && { severity: 'warning' }),
          fixes: fixes(workload, container, token),
          related: nearest ? [{ at: nearest.projection.node, message: 'projected here' }] : [],
        })
      }
    }
  },
})

function fixes(workload: Workload, container: Container, token: TokenFile & { from: 'nowhere' }): Fix[] {
  const { path, nearest } = token
  const subPath = nearest?.mount.subPath?.parent
  // Without it the folder is mounted, and the file is where it was looked for, and renewed.
  if (subPath?.type === 'property' && path.value.startsWith(`${nearest?.mount.mountPath?.value}/`))
    return [{ title: 'Remove `subPath`', safe: false, edits: [{ remove: subPath }] }]
  if (nearest)
    return [{ title: `Set to "${nearest.path}"`, safe: false, edits: [{ set: path, to: nearest.path }] }]
  if (!path.value.startsWith('/')) return []
  // A projection is there, only not in this container: mount its volume where the variable looks for it.
  const projection = workload.projections.find(
    p => p.path && path.value.endsWith(`/${p.path.value}`) && p.volume !== '',
  )
  const mountPath = projection?.path && path.value.slice(0, -projection.path.value.length - 1)
  const taken = container.mounts.some(
    m => m.volume?.value === projection?.volume || m.mountPath?.value === mountPath,
  )
  if (!projection || !mountPath || taken) return []
  const mount = { name: projection.volume, mountPath, readOnly: true }
  const mounts = get(container.node, 'volumeMounts')
  const title = `Mount volume "${projection.volume}" in this container`
  if (mounts?.type === 'array') return [{ title, safe: false, edits: [{ append: mount, to: mounts }] }]
  return [{ title, safe: false, edits: [{ insert: 'volumeMounts', into: container.node, to: [mount] }] }]
}
