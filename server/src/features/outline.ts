import { type Node, type Property, type Range, textAt } from '../syntax/node.ts'
import { contentRange } from '../syntax/scalar.ts'
import type { WifFile } from '../wif/entity.ts'
import type { IamPolicy } from '../wif/iam-policy.ts'
import type { FederationIssuer } from '../wif/issuer.ts'
import type { FederationRule } from '../wif/rule.ts'
import type { KubernetesServiceAccount } from '../wif/service-account.ts'
import { RULE_ID } from '../wif/variables.ts'
import { envVar, type Workload } from '../wif/workload.ts'
import { spotOf } from './spot.ts'

/** What an entry of an outline is. */
export type OutlineKind =
  | 'issuer'
  | 'rule'
  | 'workload'
  | 'service-account'
  | 'policy'
  | 'container'
  | 'token'
  | 'statement'
  | 'field'

/** An entry of the outline of a file. */
export interface OutlineItem extends Range {
  /** Never empty. */
  name: string
  detail: string
  kind: OutlineKind
  /** The characters that name it, within it. */
  words: Range
  children: OutlineItem[]
}

/** What a file describes, in text order: each thing with its matchers, containers or statements. */
export function outline(file: WifFile): OutlineItem[] {
  return [
    ...file.issuers.map(issuerItem),
    ...file.rules.map(ruleItem),
    ...file.workloads.map(workloadItem),
    ...file.serviceAccounts.map(accountItem),
    ...file.policies.map(policyItem),
  ].sort((a, b) => a.start - b.start)
}

type Entity = Parameters<typeof spotOf>[0]

function item(entity: Entity, name: string | undefined, detail: string, children: OutlineItem[]) {
  const { start, end } = entity.node
  const { words } = spotOf(entity)
  const kind = entity.kind === 'iam-policy' ? ('policy' as const) : entity.kind
  return { start, end, words, kind, name: name || '(no name)', detail, children: inOrder(children) }
}

function inOrder(items: OutlineItem[]): OutlineItem[] {
  return items.sort((a, b) => a.start - b.start)
}

function issuerItem(issuer: FederationIssuer): OutlineItem {
  const { id, name, url, file, node } = issuer
  const children = fieldsOf(file, node, ['issuer_url', 'jwks', 'jwks_source', 'max_jwt_lifetime_seconds'])
  return item(issuer, name?.value ?? id?.value ?? url?.value, 'issuer', children)
}

function ruleItem(rule: FederationRule): OutlineItem {
  const { id, name, file, node, match } = rule
  const children = [
    ...(match && !match.alias ? fieldsOf(file, match) : []),
    ...fieldsOf(file, node, ['target', 'oauth_scope', 'token_lifetime_seconds']),
  ]
  return item(rule, name?.value ?? id?.value, 'rule', children)
}

function workloadItem(workload: Workload): OutlineItem {
  const { file, name, resource, namespaceName, containers, projections } = workload
  const tokens = projections.flatMap(({ node, path, audience }): OutlineItem[] =>
    node.alias
      ? []
      : [leaf(file, node, path, 'token', path?.value || 'token', audience?.value ?? 'no audience')],
  )
  const runners = containers.flatMap((container): OutlineItem[] => {
    const { node, name: own, role } = container
    const rule = envVar(container, RULE_ID)?.value?.value
    return node.alias ? [] : [leaf(file, node, own, 'container', own?.value || role, rule ?? role)]
  })
  const where = namespaceName === undefined ? '' : ` in ${namespaceName}`
  return item(workload, name?.value, `${resource}${where}`, [...tokens, ...runners])
}

function accountItem(account: KubernetesServiceAccount): OutlineItem {
  const { name, roleArn, namespaceName } = account
  const where = namespaceName === undefined ? '' : ` in ${namespaceName}`
  return item(account, name?.value, roleArn?.value ?? `ServiceAccount${where}`, [])
}

function policyItem(policy: IamPolicy): OutlineItem {
  const statements = policy.statements.flatMap(({ node, effect, actions }, i): OutlineItem[] => {
    const name = textAt(node, 'Sid') || `Statement ${i + 1}`
    const detail = `${effect?.value ?? ''} ${actions.map(action => action.value).join(', ')}`.trim()
    return node.alias ? [] : [leaf(policy.file, node, undefined, 'statement', name, detail)]
  })
  return item(policy, 'IAM policy', textAt(policy.node, 'Version') ?? '', statements)
}

function leaf(
  file: WifFile,
  node: Node,
  named: Node | undefined,
  kind: OutlineKind,
  name: string,
  detail: string,
): OutlineItem {
  const { start, end } = node
  const words =
    named?.type === 'string' && !named.alias ? contentRange(file.text, named) : { start, end: start }
  return { start, end, words, kind, name, detail, children: [] }
}

/** The properties of an object, or those of them with these names. */
function fieldsOf(file: WifFile, node: Node, names?: readonly string[]): OutlineItem[] {
  if (node.type !== 'object') return []
  return node.properties
    .filter(({ key }) => !key.alias && key.value !== '' && (names?.includes(key.value) ?? true))
    .map(property => field(file, property))
}

function field(file: WifFile, { start, end, key, value }: Property): OutlineItem {
  const name = key.value
  const words = { start: key.start, end: key.end }
  const children = value.alias ? [] : fieldsOf(file, value)
  return { start, end, words, kind: 'field', name, detail: shortText(value), children }
}

const MAX_DETAIL = 80

/** A value in a few words: on one line, not longer than fits. */
function shortText(node: Node): string {
  if (node.type === 'object') return textAt(node, 'type') ?? ''
  if (node.type === 'array') return ''
  const text = String(node.value ?? '').replace(/\s+/g, ' ')
  return text.length > MAX_DETAIL ? `${text.slice(0, MAX_DETAIL)}…` : text
}
