import { get, type Range, type StringNode } from '../syntax/node.ts'
import { contentRange } from '../syntax/scalar.ts'
import { oncePer } from '../text/once-per.ts'
import { readConfig } from '../wif/config.ts'
import type { WifFile } from '../wif/entity.ts'
import { issuerOf, realId } from '../wif/pairing.ts'
import { isConfigName } from '../wif/relevance.ts'
import type { FederationRule } from '../wif/rule.ts'
import { accountOfSubject, type KubernetesServiceAccount } from '../wif/service-account.ts'
import type { WorkspaceView } from '../wif/view.ts'
import { accountKey, define, type LeadsTo, type Mention, nowhere, use, useName } from './mention.ts'
import { type Spot, spotOf } from './spot.ts'
import { ofWorkload } from './workload-mentions.ts'

/** The mentions in a file. */
export const mentionsIn = oncePer((file: WifFile): readonly Mention[] => [
  ...file.issuers.flatMap(issuer => [
    ...define(file, 'issuer', issuer.id, spotOf(issuer), 'id'),
    ...define(file, 'issuer', issuer.name, spotOf(issuer)),
  ]),
  ...file.rules.flatMap(ofRule),
  ...file.workloads.flatMap(ofWorkload),
  ...file.serviceAccounts.flatMap(ofAccount),
  ...(isConfigName(file.uri) ? ofConfiguration(file) : []),
])

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
  return contentRange(file.text, node)
}

// --- what each kind of object mentions; of workloads it is elsewhere -----------------------------------------

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
    ...rule.workspaces.flatMap(node => use(file, 'workspace', node, nowhere)),
  ]
}

/** The ServiceAccounts that a subject names: as such, or by the AWS role that IRSA gives them. */
function accountsNamed(subject: string | undefined, view: WorkspaceView): Spot[] {
  if (subject === undefined || realId(subject) === undefined) return []
  const named = accountOfSubject(subject)
  const isNamed = ({ roleArn, name, namespaceName }: KubernetesServiceAccount) =>
    named
      ? name?.value === named.name && (namespaceName ?? named.namespace) === named.namespace
      : roleArn?.value === subject
  return view.serviceAccounts().filter(isNamed).map(spotOf)
}

function ofAccount(account: KubernetesServiceAccount): Mention[] {
  const { file, name, roleArn, namespaceName } = account
  const key = accountKey(namespaceName, name)
  return [
    ...define(file, 'service-account', name, spotOf(account)).map(mention => ({ ...mention, key })),
    ...useName(file, 'service-account', roleArn, undefined, () => [spotOf(account)]),
  ]
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
