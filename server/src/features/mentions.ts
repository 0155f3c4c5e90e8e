import { get, items, type Node, type Range, type StringNode } from '../syntax/node.ts'
import { valueRange } from '../syntax/scalar.ts'
import { readConfig } from '../wif/config.ts'
import type { WifFile } from '../wif/entity.ts'
import { issuerOf, realId, ruleOf } from '../wif/pairing.ts'
import { isConfigName } from '../wif/relevance.ts'
import type { FederationRule } from '../wif/rule.ts'
import { type KubernetesServiceAccount, runsAs } from '../wif/service-account.ts'
import { tokenFile } from '../wif/token-file.ts'
import { ORGANIZATION_ID, RULE_ID, SERVICE_ACCOUNT_ID, TOKEN_FILE, WORKSPACE_ID } from '../wif/variables.ts'
import type { WorkspaceView } from '../wif/view.ts'
import type { Container, EnvVar, Workload } from '../wif/workload.ts'
import { type Spot, spotIn, spotOf } from './spot.ts'

/** What words of a file can name. Accounts, workspaces and organizations are ids that no file describes. */
export type Kind =
  | 'issuer'
  | 'rule'
  | 'account'
  | 'workspace'
  | 'organization'
  | 'workload'
  | 'service-account'
  | 'volume'
  | 'token'

/** A word of a file that names something, where that is described or where it is used. */
export interface Mention {
  file: WifFile
  /** The word: a value, or the name of a property. */
  node: StringNode
  kind: Kind
  role: 'definition' | 'use'
  /** What is written, if that is the id of it. */
  id: string | undefined
  /** Two mentions of a kind with the same key in one file mean the same. Undefined for a placeholder. */
  key: string | undefined
  /** Where the thing is described, as far as the workspace knows; of several all are of equal right. */
  leadsTo(view: WorkspaceView): readonly Spot[]
}

const known = new WeakMap<WifFile, readonly Mention[]>()

/** The mentions in `file`; read once, for a file is a value. */
export function mentionsIn(file: WifFile): readonly Mention[] {
  const found = known.get(file) ?? [
    ...file.issuers.flatMap(issuer => [
      ...define(file, 'issuer', issuer.id, spotOf(issuer), 'id'),
      ...define(file, 'issuer', issuer.name, spotOf(issuer)),
    ]),
    ...file.rules.flatMap(ofRule),
    ...file.workloads.flatMap(ofWorkload),
    ...file.serviceAccounts.flatMap(ofAccount),
    ...(isConfigName(file.uri) ? ofConfiguration(file) : []),
  ]
  known.set(file, found)
  return found
}

/** The mention at `offset`. What a merge key (`<<`) brings in is written elsewhere. */
export function mentionAt(file: WifFile, offset: number): Mention | undefined {
  return mentionsIn(file).find(({ node }) => node.start <= offset && offset <= node.end && !isBroughtIn(node))
}

function isBroughtIn(node: StringNode): boolean {
  const { parent } = node
  const holder = parent?.type === 'property' ? parent.key : parent
  return node.alias === true && node !== holder && holder?.alias === true
}

/** The characters of a mention, without quotes. */
export function wordsOf({ file, node }: Mention): Range {
  return valueRange(file.text, node, 0, node.value.length)
}

// --- what each kind of object mentions ---------------------------------------------------------------------

type LeadsTo = Mention['leadsTo']

function define(file: WifFile, kind: Kind, node: StringNode | undefined, spot: Spot, what?: 'id'): Mention[] {
  if (!node) return []
  const word = realId(node.value)
  const id = what && word
  const key = id ?? (word && `name ${word}`)
  return [{ file, node, kind, role: 'definition', id, key, leadsTo: () => [spot] }]
}

function use(file: WifFile, kind: Kind, node: StringNode | undefined, leadsTo: LeadsTo): Mention[] {
  const id = realId(node?.value)
  return node ? [{ file, node, kind, role: 'use', id, key: id, leadsTo }] : []
}

/** A use of something by its name. */
function useName(
  file: WifFile,
  kind: Kind,
  node: StringNode | undefined,
  key: string | undefined,
  leadsTo: LeadsTo,
): Mention[] {
  return node ? [{ file, node, kind, role: 'use', id: undefined, key, leadsTo }] : []
}

const nowhere: LeadsTo = () => []

function ofRule(rule: FederationRule): Mention[] {
  const { file, issuerId, issuerName, subject } = rule
  const issuers: LeadsTo = view => {
    const issuer = issuerOf(view, rule)
    return (issuer ? [issuer] : view.issuersById(issuerId?.value ?? '')).map(spotOf)
  }
  return [
    ...define(file, 'rule', rule.id, spotOf(rule), 'id'),
    ...define(file, 'rule', rule.name, spotOf(rule)),
    ...use(file, 'issuer', issuerId, issuers),
    ...useName(file, 'issuer', issuerName, issuerName && `name ${issuerName.value}`, issuers),
    ...useName(file, 'service-account', subject, undefined, view => accountsNamed(subject?.value, view)),
    ...use(file, 'account', rule.serviceAccountId, nowhere),
    ...[rule.workspaceId, ...rule.workspaceIds].flatMap(node => use(file, 'workspace', node, nowhere)),
  ]
}

/** The ServiceAccounts that a subject names: as such, or by the AWS role that IRSA gives them. */
function accountsNamed(subject: string | undefined, view: WorkspaceView): Spot[] {
  if (subject === undefined || realId(subject) === undefined) return []
  const [, namespace, name] = /^system:serviceaccount:([^:*]+):([^:*]+)$/.exec(subject) ?? []
  const isNamed = (account: KubernetesServiceAccount) =>
    name === undefined
      ? account.roleArn?.value === subject
      : account.name?.value === name && (account.namespaceName ?? namespace) === namespace
  return view.serviceAccounts().filter(isNamed).map(spotOf)
}

const IDS: Record<string, Kind> = {
  [SERVICE_ACCOUNT_ID]: 'account',
  [WORKSPACE_ID]: 'workspace',
  [ORGANIZATION_ID]: 'organization',
}

function ofWorkload(workload: Workload): Mention[] {
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

function ofAccount(account: KubernetesServiceAccount): Mention[] {
  const { file, name, roleArn, namespaceName } = account
  const key = accountKey(namespaceName, name)
  return [
    ...define(file, 'service-account', name, spotOf(account)).map(mention => ({ ...mention, key })),
    ...useName(file, 'service-account', roleArn, undefined, () => [spotOf(account)]),
  ]
}

function accountKey(namespace: string | undefined, name: StringNode | undefined): string | undefined {
  return realId(name?.value) && `${namespace ?? ''}/${name?.value}`
}

/** The ids in `links`, and the files they lead to. */
function ofConfiguration(file: WifFile): Mention[] {
  const [tree] = file.trees
  const links = get(tree?.root, 'links')
  if (links?.type !== 'object') return []
  const uris = readConfig(file.uri, tree).links
  return links.properties.flatMap(({ key, value }) => {
    const uri = uris.get(key.value)
    if (value.type !== 'string' || uri === undefined) return []
    return kindsOf(key.value).flatMap(kind => {
      const described: LeadsTo = view =>
        (kind === 'rule' ? view.rules() : view.issuers())
          .filter(each => each.file.uri === uri && (realId(each.id?.value) ?? key.value) === key.value)
          .map(spotOf)
      return [...use(file, kind, key, described), ...useName(file, kind, value, undefined, described)]
    })
  })
}

/** What an id is of. */
function kindsOf(id: string): ('issuer' | 'rule')[] {
  if (id.startsWith('fdis_')) return ['issuer']
  return id.startsWith('fdrl_') ? ['rule'] : ['issuer', 'rule']
}
