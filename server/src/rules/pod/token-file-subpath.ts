import { type Fix, rule } from '../../lint/rule.ts'
import { rotationAge } from '../../wif/lifetime.ts'
import { type ProvidedToken, usedTokens } from '../../wif/token-file.ts'
import { TOKEN_FILE } from '../../wif/variables.ts'
import { type Container, deadlineOf, envVar, expirationOf } from '../../wif/workload.ts'

export const tokenFileSubpath = rule({
  id: 'pod/token-file-subpath',
  title: 'The token file is mounted by subPath and never renewed',
  class: 'unreliable',
  since: '0.1.0',
  check(file, report) {
    for (const workload of file.workloads) {
      const deadline = deadlineOf(workload)
      for (const container of workload.containers) {
        for (const token of usedTokens(workload, container)) {
          const at = token.mount.subPathExpr ?? token.mount.subPath
          if (!at || at.value === '') continue
          const field = token.mount.subPathExpr ? 'subPathExpr' : 'subPath'
          const seconds = expirationOf(workload, token.projection)
          const life = seconds === undefined ? '' : ` after ${seconds} s`
          // A job that ends before the first renewal misses nothing.
          const short = deadline !== undefined && seconds !== undefined && deadline <= rotationAge(seconds)
          report(
            at,
            `What is mounted by \`${field}\` is never renewed: this token expires${life}, and no other takes its place`,
            { ...(short && { severity: 'info' }), fixes: mountingDirectory(container, token) },
          )
        }
      }
    }
  },
})

/** Mounts the volume itself: where the file keeps its path, or else where the mount is now. */
function mountingDirectory(container: Container, { mount, projection, path }: ProvidedToken): Fix[] {
  const { mountPath } = mount
  const subPath = mount.node.properties.find(p => /^subPath(Expr)?$/.test(p.key.value))
  const file = projection.path?.value ?? ''
  if (!subPath || !mountPath || file === '') return []
  const directory = path.endsWith(`/${file}`) ? path.slice(0, -file.length - 1) : ''
  const taken = container.mounts.some(m => m !== mount && m.mountPath?.value === directory)
  // What is mounted over a directory hides all that the image has there.
  if (!taken && !/^(\/(etc|usr|var|opt|home|root|app|run|tmp)?)?$/.test(directory)) {
    const edits = [{ remove: subPath }, { set: mountPath, to: directory }]
    return [{ title: `Mount the volume at "${directory}"`, safe: false, edits }]
  }
  const variable = envVar(container, TOKEN_FILE)?.value
  const moved = `${mountPath.value}/${file}`
  if (!variable) return []
  const edits = [{ remove: subPath }, { set: variable, to: moved }]
  return [{ title: `Mount the volume and read "${moved}"`, safe: false, edits }]
}
