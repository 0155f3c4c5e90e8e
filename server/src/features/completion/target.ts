import type { SchemaKind } from '../../schema/schemas.ts'
import type { Hole } from '../../syntax/hole/hole.ts'
import { get, type Node, type ObjectNode, property, type Tree, textAt } from '../../syntax/node.ts'
import type { WifFile } from '../../wif/entity.ts'
import { isIamPolicy } from '../../wif/iam-policy.ts'
import { isIssuer } from '../../wif/issuer.ts'
import { providerOfIssuer } from '../../wif/providers/index.ts'
import { isConfigName, mayMatter } from '../../wif/relevance.ts'
import { isRule } from '../../wif/rule.ts'
import { isServiceAccount } from '../../wif/service-account.ts'
import type { WorkspaceView } from '../../wif/view.ts'
import { isWorkload, podSpecOf } from '../../wif/workload.ts'

/** The object that something is typed into, as far as it is recognised. */
export interface Target {
  kind: SchemaKind
  tree: Tree
  entity: ObjectNode
  /** From `entity` to the object or value at the cursor. */
  path: (string | number)[]
}

/** What is known of a place beside the tree. */
export interface Surroundings {
  file: WifFile
  view: WorkspaceView
  /** The text of the document, as it stands. */
  document: string
  hole: Hole
}

/**
 * What `node` is part of: the innermost object around it that is recognised, also when it is only begun. Nothing in
 * files that have nothing to do with federation. An object that is hardly begun may be of two kinds.
 */
export function targetsOf(around: Surroundings, tree: Tree, node: Node): Target[] {
  const path: (string | number)[] = []
  for (let at: Node | undefined = node; at; ) {
    if (at.type === 'object') {
      const kinds = kindsOf(around, tree, at)
      const entity = at
      if (kinds.length > 0) return kinds.map(kind => ({ kind, tree, entity, path }))
    }
    const { parent }: Node = at
    if (parent?.type === 'property') path.unshift(parent.key.value)
    else if (parent) path.unshift(parent.items.indexOf(at))
    at = parent?.type === 'property' ? parent.parent : parent
  }
  return []
}

function kindsOf(around: Surroundings, tree: Tree, object: ObjectNode): SchemaKind[] {
  const { file, document, hole } = around
  // Ours are documents and items of lists.
  if (object.parent?.type === 'property') return []
  if (isConfigName(file.uri)) return object === tree.root ? ['config'] : []
  if (isIssuer(object) || isBegun(around, object, 'issuer')) return ['issuer']
  if (isRule(object) || isBegun(around, object, 'rule')) return ['rule']
  if (isServiceAccount(object)) return mayMatter(document) || hole.typed.startsWith('eks') ? ['workload'] : []
  if (podSpecOf(object)) return isOurs(around, object) ? ['workload'] : []
  const speaksOfTokens = /WebIdentityToken|IdentityTokenAudience/i.test(document) || /^sts:/i.test(hole.typed)
  if (isIamPolicy(object) || (property(object, 'Statement') && speaksOfTokens)) return ['iam-policy']
  return kindsByPlace(around, tree, object)
}

/** Fields of which two, or one in a workspace with such objects, tell what has begun. */
const FIELDS_OF = {
  issuer: ['issuer_url', 'max_jwt_lifetime_seconds', 'check_jti'],
  rule: ['issuer_id', 'oauth_scope', 'token_lifetime_seconds', 'applies_to_all_workspaces'],
}

/** What in an object makes it certain. */
const CERTAIN: Record<'issuer' | 'rule', (object: ObjectNode) => boolean> = {
  issuer: object => providerOfIssuer(textAt(object, 'issuer_url') ?? '') !== undefined,
  rule: object =>
    /^fdis_/.test(textAt(object, 'issuer_id') ?? '') ||
    /^(?:workspace|org):/.test(textAt(object, 'oauth_scope') ?? '') ||
    get(object, 'match', 'subject_prefix') !== undefined ||
    get(object, 'target', 'service_account_id') !== undefined,
}

/** Whether the object has begun to be one of ours. */
function isBegun({ view }: Surroundings, object: ObjectNode, kind: 'issuer' | 'rule'): boolean {
  const found = FIELDS_OF[kind].filter(name => property(object, name)).length
  const isUsual = view.rules().length > 0 || view.issuers().length > 0
  return CERTAIN[kind](object) || found > (isUsual ? 0 : 1)
}

/** A workload for Claude; the word at the cursor may be the first to say so. */
function isOurs({ document, hole }: Surroundings, object: ObjectNode): boolean {
  return (
    isWorkload(object) ||
    /ANTHROPIC_|api\.anthropic\.com/.test(document) ||
    (hole.typed.length > 2 && 'ANTHROPIC_'.startsWith(hole.typed.slice(0, 'ANTHROPIC_'.length)))
  )
}

// --- hardly begun ------------------------------------------------------------------------------------------

/** Names of lists in bundles, and what they list. */
const LISTS: Record<string, 'issuer' | 'rule'> = {
  issuers: 'issuer',
  federation_issuers: 'issuer',
  rules: 'rule',
  federation_rules: 'rule',
}

/** What an object is that says nothing of itself yet: by the list it is in, or by the name of its file. */
function kindsByPlace(around: Surroundings, tree: Tree, object: ObjectNode): ('issuer' | 'rule')[] {
  return placeKinds(around, tree, object).filter(kind =>
    object.properties.every(({ key }) => FIELDS[kind].includes(key.value)),
  )
}

const FIELDS: Record<'issuer' | 'rule', readonly string[]> = {
  issuer: ['$schema', 'name', 'issuer_url', 'jwks', 'max_jwt_lifetime_seconds', 'check_jti'],
  rule: ['$schema', 'name', 'description', 'issuer_id', 'match', 'target', 'oauth_scope', 'workspace_id'],
}

/** The kinds that an object or value at the place of `node` may be: nothing where it is not the place for one. */
export function placeKinds({ file }: Surroundings, tree: Tree, node: Node): ('issuer' | 'rule')[] {
  const { parent } = node
  const meant = meantBy(file.uri)
  if (!parent) return tree.root === node ? meant : []
  if (parent.type !== 'array') return []
  const known: ('issuer' | 'rule')[] = [
    ...(file.issuers.length > 0 ? ['issuer' as const] : []),
    ...(file.rules.length > 0 ? ['rule' as const] : []),
  ]
  const list = parent.parent
  if (!list) return known.length > 0 ? known : meant
  if (list.type !== 'property' || list.parent !== tree.root) return []
  const name = list.key.value
  const kind = Object.hasOwn(LISTS, name) ? LISTS[name] : undefined
  const isBundle =
    name.startsWith('federation_') ||
    known.length > 0 ||
    meant.length > 0 ||
    (get(tree.root, 'issuers') && get(tree.root, 'rules'))
  return kind && isBundle ? [kind] : []
}

/** What a file is for, by its name. */
export function meantBy(uri: string): ('issuer' | 'rule')[] {
  const name = uri.slice(uri.lastIndexOf('/') + 1).toLowerCase()
  const isIssuer = name.includes('issuer')
  const isRule = name.includes('rule')
  if (isIssuer || isRule) return isIssuer && isRule ? ['issuer', 'rule'] : isIssuer ? ['issuer'] : ['rule']
  return /wif|federation/.test(name) ? ['issuer', 'rule'] : []
}
