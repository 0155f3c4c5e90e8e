import { properties, type StringNode, toValue } from '../syntax/node.ts'
import type { AnyEntity } from '../wif/entity.ts'
import { podIdentities, roleIdentity } from '../wif/identity.ts'
import type { FederationIssuer } from '../wif/issuer.ts'
import { dialedUrls } from '../wif/issuer.ts'
import { subjectOf } from '../wif/pairing.ts'
import { type FederationRule, ruleTitle } from '../wif/rule.ts'
import { scopesOf } from '../wif/scopes.ts'
import type { KubernetesServiceAccount } from '../wif/service-account.ts'
import type { WorkspaceView } from '../wif/view.ts'
import { type Workload, workloadTitle } from '../wif/workload.ts'
import type { Fact, FactName, MapFinding, MapNode } from './access-map.ts'
import { worst } from './access-map-findings.ts'
import { spotIn, spotOf } from './spot.ts'

/** A workload, or the role of a service account, with the subject its tokens have. */
export function sourceNode(
  id: string,
  view: WorkspaceView,
  source: Workload | KubernetesServiceAccount,
  findings: MapFinding[],
): MapNode {
  return source.kind === 'workload'
    ? workloadNode(id, view, source, findings)
    : roleNode(id, source, findings)
}

function workloadNode(id: string, view: WorkspaceView, workload: Workload, findings: MapFinding[]): MapNode {
  const subject = subjectOf(workload)
  const audiences = podIdentities(workload, view).flatMap(({ claims: { aud } }) => toStrings(aud))
  const account = workload.serviceAccountName?.value ?? (workload.partial ? undefined : 'default')
  return {
    ...node(id, 'source', workload, findings),
    title: workloadTitle(workload),
    detail: account ?? '',
    group: workload.namespaceName ?? '',
    facts: [
      ...fact('subject', subject),
      ...[...new Set(audiences)].flatMap(audience => fact('audience', audience)),
      ...fact('runs as', account),
    ],
  }
}

function roleNode(id: string, account: KubernetesServiceAccount, findings: MapFinding[]): MapNode {
  const arn = account.roleArn?.value ?? ''
  return {
    ...node(id, 'source', account, findings),
    title: roleIdentity(account)?.title ?? arn,
    detail: arn,
    group: arn.split(':')[4] ?? '',
    facts: [
      ...fact('role', arn),
      ...fact('runs as', [account.namespaceName, account.name?.value].filter(Boolean).join('/')),
    ],
  }
}

export function issuerNode(id: string, issuer: FederationIssuer, findings: MapFinding[]): MapNode {
  const keys = dialedUrls(issuer).filter(url => url !== issuer.url)
  return {
    ...node(id, 'issuer', issuer, findings),
    title: issuer.name?.value ?? issuer.id?.value ?? issuer.url?.value ?? '',
    detail: issuer.url?.value ?? '',
    archived: issuer.archivedAt !== undefined,
    facts: [
      ...factAt('id', issuer.id),
      ...factAt('url', issuer.url),
      ...keys.flatMap(key => factAt('keys', key)),
    ],
  }
}

/**
 * An issuer that no file describes.
 * @param name its id, or empty for all rules that name none
 * @param by a rule that names it
 */
export function absentIssuerNode(id: string, name: string, by: FederationRule | undefined): MapNode {
  const mention = name !== '' && by?.issuerId ? spotIn(by.file, by.issuerId, by.issuerId) : undefined
  return {
    ...bare(id, 'issuer'),
    title: name,
    place: mention && { file: mention.file, range: mention.words },
  }
}

export function ruleNode(id: string, rule: FederationRule, issuer: string, findings: MapFinding[]): MapNode {
  const claims = properties(rule.claims)
  return {
    ...node(id, 'rule', rule, findings),
    title: rule.name || rule.id ? ruleTitle(rule) : '',
    detail: rule.subject?.value ?? rule.condition?.value ?? '',
    issuer,
    archived: rule.archivedAt !== undefined,
    facts: [
      ...factAt('id', rule.id),
      ...factAt('subject', rule.subject),
      ...factAt('audience', rule.audience),
      ...claims.flatMap(({ key, value }) => fact('claim', `${key.value}: ${plain(toValue(value))}`)),
      ...factAt('condition', rule.condition),
      ...factAt('scope', rule.scope),
      ...(rule.allWorkspaces?.value
        ? fact('workspace', '*')
        : rule.workspaces.flatMap(w => factAt('workspace', w))),
      ...fact('token lifetime', rule.tokenLifetime && `${rule.tokenLifetime.value} s`),
    ],
  }
}

/** The service account that `rules` give, of which there is at least one. */
export function accountNode(id: string, rules: readonly FederationRule[]): MapNode {
  const [first] = rules
  const name = first?.serviceAccountId
  const spot = first && name && spotIn(first.file, name, name)
  const scopes = new Set(rules.flatMap(scopesOf))
  return {
    ...bare(id, 'account'),
    title: name?.value ?? '',
    detail: [...scopes].sort().join(' '),
    place: spot && { file: spot.file, range: spot.words },
    facts: [...scopes].sort().flatMap(scope => fact('scope', scope)),
  }
}

function bare(id: string, kind: MapNode['kind']): MapNode {
  return {
    id,
    kind,
    title: '',
    detail: '',
    group: undefined,
    issuer: undefined,
    facts: [],
    findings: [],
    severity: undefined,
    place: undefined,
    archived: false,
  }
}

function node(id: string, kind: MapNode['kind'], entity: AnyEntity, findings: MapFinding[]): MapNode {
  const { file, words } = spotOf(entity)
  return { ...bare(id, kind), findings, severity: worst(findings), place: { file, range: words } }
}

function factAt(name: FactName, at: StringNode | undefined): Fact[] {
  return fact(name, at?.value)
}

function fact(name: FactName, value: string | undefined): Fact[] {
  return value ? [{ name, value }] : []
}

function toStrings(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter(each => typeof each === 'string')
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
