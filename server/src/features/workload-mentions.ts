import { get, items, type Node, type StringNode } from '../syntax/node.ts'
import { ruleOf } from '../wif/pairing.ts'
import { runsAs } from '../wif/service-account.ts'
import { tokenFile } from '../wif/token-file.ts'
import { ORGANIZATION_ID, RULE_ID, SERVICE_ACCOUNT_ID, TOKEN_FILE, WORKSPACE_ID } from '../wif/variables.ts'
import type { Container, EnvVar, Workload } from '../wif/workload.ts'
import { accountKey, define, type Kind, type Mention, nowhere, use, useName } from './mention.ts'
import { spotIn, spotOf } from './spot.ts'

const IDS: Record<string, Kind> = {
  [SERVICE_ACCOUNT_ID]: 'account',
  [WORKSPACE_ID]: 'workspace',
  [ORGANIZATION_ID]: 'organization',
}

/** What a workload names: its service account, its volumes and tokens, and by its variables rules and more. */
export function ofWorkload(workload: Workload): Mention[] {
  const { file, namespaceName, serviceAccountName } = workload
  const key = accountKey(namespaceName, serviceAccountName)
  return [
    ...define(file, 'workload', workload.name, spotOf(workload)),
    ...useName(file, 'service-account', serviceAccountName, key, view =>
      view
        .serviceAccounts()
        .filter(account => runsAs(workload, account))
        .map(spotOf),
    ),
    ...ofVolumes(workload),
    ...workload.containers.flatMap(container =>
      container.env.flatMap(variable => ofVariable(workload, container, variable)),
    ),
  ]
}

function ofVolumes(workload: Workload): Mention[] {
  const { file, podSpec, projections, containers } = workload
  const volumes = items(get(podSpec, 'volumes')).flatMap(volume => {
    const name = get(volume, 'name')
    return name?.type === 'string' ? [{ name, spot: spotIn(file, volume, name) }] : []
  })
  const keyOf = (node: StringNode | undefined) => node && `${podSpec.start} ${node.value}`
  return [
    ...volumes.flatMap(({ name, spot }) =>
      define(file, 'volume', name, spot).map(mention => ({ ...mention, key: keyOf(name) })),
    ),
    ...containers
      .flatMap(({ mounts }) => mounts)
      .flatMap(({ volume }) =>
        useName(file, 'volume', volume, keyOf(volume), () =>
          volumes.filter(({ name }) => name.value === volume?.value).map(({ spot }) => spot),
        ),
      ),
    ...projections.flatMap(({ node, path }) =>
      path
        ? define(file, 'token', path, spotIn(file, node, path)).map(m => ({ ...m, key: tokenKey(node) }))
        : [],
    ),
  ]
}

function tokenKey(projection: Node): string {
  return `${projection.start}`
}

function ofVariable(workload: Workload, container: Container, { name, value }: EnvVar): Mention[] {
  const { file } = workload
  const kind = IDS[name.value]
  if (kind) return use(file, kind, value, nowhere)
  if (name.value === RULE_ID)
    return use(file, 'rule', value, view => {
      const rule = ruleOf(view, workload, container)
      return (rule ? [rule] : view.rulesById(value?.value ?? '')).map(spotOf)
    })
  if (name.value !== TOKEN_FILE || !value) return []
  const token = tokenFile(workload, container)
  const projection = token?.from === 'projection' && token.path === value ? token.projection : undefined
  const { node, path } = projection ?? {}
  return useName(file, 'token', value, node && tokenKey(node), () =>
    node && path ? [spotIn(file, node, path)] : [],
  )
}
