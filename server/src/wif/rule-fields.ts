import { isAbsent, type ObjectNode, type Property, properties, property } from '../syntax/node.ts'
import { nearest } from '../text/nearest.ts'
import type { FederationRule } from './rule.ts'

/** The parts of a rule that have fields of their own. */
type Part = 'rule' | 'match' | 'target'

/** The fields of a rule that are sent (SDK, federation rules). */
const FIELDS: Record<Part, readonly string[]> = {
  rule: [
    'name',
    'description',
    'issuer_id',
    'match',
    'target',
    'workspace_id',
    'applies_to_all_workspaces',
    'oauth_scope',
    'token_lifetime_seconds',
  ],
  match: ['subject_prefix', 'audience', 'claims', 'condition'],
  target: ['type', 'service_account_id', 'service_account_name'],
}

/** The fields without which no rule can be created; nothing without `match` is taken for a rule in the first place. */
export const REQUIRED_FIELDS = ['name', 'issuer_id', 'target', 'oauth_scope']

/** The fields that are only answered; `attributes` is of an older API reference. */
const ANSWERED = [
  ...['id', 'type', 'issuer_name', 'workspace_ids', 'attributes', 'archived_at', 'archived_by_actor_id'],
  ...['created_at', 'created_by_actor_id', 'updated_at', 'updated_by_actor_id'],
]

/** What people write for a field, beyond slips of the pen. */
const ALIASES: Record<Part, Readonly<Record<string, string>>> = {
  rule: {
    scope: 'oauth_scope',
    scopes: 'oauth_scope',
    lifetime: 'token_lifetime_seconds',
    token_lifetime: 'token_lifetime_seconds',
    issuer: 'issuer_id',
    workspace: 'workspace_id',
    service_account_id: 'target',
    service_account: 'target',
  },
  match: {
    subject: 'subject_prefix',
    sub: 'subject_prefix',
    subject_pattern: 'subject_prefix',
    audiences: 'audience',
    aud: 'audience',
    claim: 'claims',
    conditions: 'condition',
    cel: 'condition',
  },
  target: { service_account: 'service_account_id', id: 'service_account_id' },
}

/** A field that no rule has. */
export interface UnknownField {
  field: Property
  part: Part
  /** The field it stands for, where that is plain and not there. */
  meant: string | undefined
}

/** The fields of `rule`, and of its `match` and `target`, that it does not have. */
export function unknownFields({ node, match, target }: FederationRule): UnknownField[] {
  return [...unknownIn('rule', node), ...unknownIn('match', match), ...unknownIn('target', target)]
}

/** The matchers that `rule` means and misspells: what it does not say by itself cannot be held against it. */
export function misspeltMatchers({ match }: Pick<FederationRule, 'match'>): string[] {
  return unknownIn('match', match).flatMap(({ meant }) => meant ?? [])
}

function unknownIn(part: Part, object: ObjectNode | undefined): UnknownField[] {
  const known = FIELDS[part]
  return properties(object).flatMap(field => {
    const name = field.key.value
    if (known.includes(name) || (part === 'rule' && ANSWERED.includes(name))) return []
    const alias = Object.hasOwn(ALIASES[part], name) ? ALIASES[part][name] : undefined
    const meant = alias ?? nearest(name, known)
    return { field, part, meant: meant !== undefined && isAbsent(object, meant) ? meant : undefined }
  })
}

/** The fields of `rule` that only responses have. */
export function answeredFields({ node }: FederationRule): Property[] {
  return node.properties.filter(p => ANSWERED.includes(p.key.value) && p.value.type !== 'null')
}

/** Whether the rule is sent to create one: an update has an id, or leaves out what cannot change. */
export function creates({ shape, node }: FederationRule): boolean {
  return (
    shape === 'request' && !property(node, 'id') && !(isAbsent(node, 'issuer_id') && isAbsent(node, 'target'))
  )
}
