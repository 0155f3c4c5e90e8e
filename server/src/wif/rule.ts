import {
  asBoolean,
  asNumber,
  asObject,
  asString,
  type BooleanNode,
  get,
  items,
  type NumberNode,
  type ObjectNode,
  property,
  type StringNode,
  textAt,
} from '../syntax/node.ts'
import type { Entity } from './entity.ts'
import { isResponse } from './issuer.ts'

/** A federation rule: which claims may act as which service account. */
export interface FederationRule extends Entity {
  kind: 'rule'
  shape: 'request' | 'response'
  id: StringNode | undefined
  name: StringNode | undefined
  issuerId: StringNode | undefined
  /** Responses carry the issuer's name too. */
  issuerName: StringNode | undefined
  match: ObjectNode | undefined
  subject: StringNode | undefined
  audience: StringNode | undefined
  claims: ObjectNode | undefined
  condition: StringNode | undefined
  target: ObjectNode | undefined
  serviceAccountId: StringNode | undefined
  workspaceId: StringNode | undefined
  /** That of a request, and those of a response. */
  workspaces: StringNode[]
  allWorkspaces: BooleanNode | undefined
  scope: StringNode | undefined
  /** Seconds. */
  tokenLifetime: NumberNode | undefined
  archivedAt: StringNode | undefined
}

/** The audience a token must carry when its rule names none (SDK, federation rules: audience). */
export const DEFAULT_AUDIENCE = 'https://api.anthropic.com'

/** The service's default for `token_lifetime_seconds` (reference, Resource fields). */
export const DEFAULT_TOKEN_LIFETIME = 3600

/**
 * An object with an object `match` and a field of a rule. `match` and `target` are common words elsewhere (filters of
 * mail match a `subject_prefix`), so a `target` counts only for a service account.
 */
export function isRule(node: ObjectNode): boolean {
  const match = asObject(get(node, 'match'))
  if (!match) return false
  if (property(node, 'issuer_id') || property(node, 'oauth_scope')) return true
  if (textAt(node, 'type') === 'federation_rule') return true
  const target = asObject(get(node, 'target'))
  if (!target) return false
  if (textAt(target, 'type') === 'service_account' || property(target, 'service_account_id')) return true
  return property(match, 'subject_prefix') !== undefined && namesServiceAccount(target)
}

/** Whether some field has the id of a service account, even if it is not the field for it. */
function namesServiceAccount(target: ObjectNode): boolean {
  return target.properties.some(({ value }) => value.type === 'string' && value.value.startsWith('svac_'))
}

/** Reads a rule; total on any object. */
export function readRule(node: ObjectNode, place: Pick<Entity, 'file' | 'tree'>): FederationRule {
  const match = asObject(get(node, 'match'))
  const workspaceId = asString(get(node, 'workspace_id'))
  return {
    ...place,
    kind: 'rule',
    node,
    shape: isResponse(node, 'federation_rule', 'fdrl_') ? 'response' : 'request',
    id: asString(get(node, 'id')),
    name: asString(get(node, 'name')),
    issuerId: asString(get(node, 'issuer_id')),
    issuerName: asString(get(node, 'issuer_name')),
    match,
    subject: asString(get(match, 'subject_prefix')),
    audience: asString(get(match, 'audience')),
    claims: asObject(get(match, 'claims')),
    condition: asString(get(match, 'condition')),
    target: asObject(get(node, 'target')),
    serviceAccountId: asString(get(node, 'target', 'service_account_id')),
    workspaceId,
    workspaces: [workspaceId, ...items(get(node, 'workspace_ids')).map(asString)].filter(
      id => id !== undefined,
    ),
    allWorkspaces: asBoolean(get(node, 'applies_to_all_workspaces')),
    scope: asString(get(node, 'oauth_scope')),
    tokenLifetime: asNumber(get(node, 'token_lifetime_seconds')),
    archivedAt: asString(get(node, 'archived_at')),
  }
}

/** What people call the rule: its name, else its id. */
export function ruleTitle(rule: FederationRule): string {
  return rule.name?.value ?? rule.id?.value ?? 'this rule'
}
