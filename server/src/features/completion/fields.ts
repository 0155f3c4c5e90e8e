import { describe, type Field, fields, unsaidDefault } from '../../schema/describe.ts'
import type { SchemaKind } from '../../schema/schemas.ts'
import type { Node, ObjectNode } from '../../syntax/node.ts'
import type { Value } from '../../syntax/write/values.ts'
import { type Candidate, type NamedCandidate, OPEN_LIST, OPEN_OBJECT, STOP } from './candidate.ts'
import { configNames } from './config-values.ts'
import { type Context, pathText } from './context.ts'
import { iamNames } from './iam-values.ts'
import { claimNames, isWanted } from './rule-values.ts'
import { valuesAt } from './values.ts'

/**
 * The properties that may be added to `object`: those that are required first, none that is there.
 * @param held the value of a property that only gets another name
 */
export function namesAt(
  kind: SchemaKind,
  context: Context,
  object: ObjectNode,
  held: Node | undefined,
): NamedCandidate[] {
  const { entity, path } = context
  const taken = new Set(object.properties.map(({ key }) => key.value))
  const bySchema = fields(kind, path, entity)
    .filter(field => isOffered(kind, context, field) && mayHold(field, held))
    .sort((a, b) => Number(b.required ?? false) - Number(a.required ?? false))
    .map(field => named(kind, context, field))
  const own = ownNames(kind, context).map(candidate => {
    const found = describe(kind, [...path, candidate.name], entity)
    return { ...candidate, documentation: candidate.documentation ?? found?.markdown }
  })
  const all = new Map([...own, ...bySchema].map(candidate => [candidate.name, candidate]))
  // What is known of the place is better than the schema's word.
  for (const candidate of own) all.set(candidate.name, candidate)
  return [...all.values()].filter(({ name }) => !taken.has(name))
}

function ownNames(kind: SchemaKind, context: Context): NamedCandidate[] {
  if (kind === 'rule' && pathText(context.path) === 'match/claims') return claimNames(context)
  if (kind === 'iam-policy') return iamNames(context)
  return kind === 'config' ? configNames(context) : []
}

/** Fields that are right in some files, and give a finding in most; and those that other extensions are for. */
const UNUSUAL: Partial<Record<SchemaKind, RegExp>> = {
  issuer: /^jwks_polling_disabled$/,
  workload: /\/subPath(?:Expr)?$|^kind$|^apiVersion$/,
  // Operators and keys come from what is right for these actions.
  'iam-policy': /\/(?:Not)?Principal$|\/Not(?:Action|Resource)$|^Id$|\/Condition\//,
  config: /^\$schema$/,
}

function isOffered(kind: SchemaKind, context: Context, { name, readOnly, deprecated }: Field): boolean {
  if (readOnly || deprecated || UNUSUAL[kind]?.test(pathText([...context.path, name]))) return false
  return kind !== 'rule' || context.path.length > 0 || isWanted(context, name)
}

/** Whether a field takes such a value. */
function mayHold({ type }: Field, held: Node | undefined): boolean {
  if (!held || held.type === 'null' || !type?.length) return true
  return type.includes(held.type) || (held.type === 'number' && type.includes('integer'))
}

function named(kind: SchemaKind, context: Context, field: Field): NamedCandidate {
  const { name, required, type = [], enum: words } = field
  const shown = words ? words.map(String).join(' | ') : type.join(' | ')
  return {
    name,
    value: skeletonOf(kind, context, field),
    detail: required ? `${shown} (required)` : shown,
    documentation: documented(field),
  }
}

function documented(field: Field): string | undefined {
  const standard = unsaidDefault(field)
  return standard === undefined ? field.markdown : `${field.markdown ?? ''}\n\nDefault: \`${standard}\``
}

// --- what a new field holds --------------------------------------------------------------------------------

/** Fields whose usual value is not to be had from the schema. */
const SKELETONS: Record<string, Value> = {
  'rule/match': { subject_prefix: STOP, audience: 'https://api.anthropic.com' },
  'rule/match/condition': STOP,
  'rule/match/claims': OPEN_OBJECT,
  'rule/applies_to_all_workspaces': false,
  'rule/oauth_scope': 'workspace:inference',
  'issuer/name': STOP,
  'rule/name': STOP,
  'iam-policy/Version': '2012-10-17',
  'config/ignores': [{ rule: STOP, reason: STOP }],
}

/** What a new field starts with: the one value that it can have, what is usual, or a place to type in. */
function skeletonOf(kind: SchemaKind, context: Context, field: Field): Value {
  const path = [...context.path, field.name]
  const own = SKELETONS[`${kind}/${pathText(path)}`]
  if (own !== undefined) return own
  const [type] = field.type ?? []
  const [example] = (field.examples ?? []) as Value[]
  if (type === 'object') return isFilledObject(example) ? example : OPEN_OBJECT
  if (type === 'array') return Array.isArray(example) && example.length > 0 ? example : OPEN_LIST
  if (type === 'boolean') return (field.default as Value | undefined) ?? true
  if (type === 'integer' || type === 'number') return (field.default ?? example ?? STOP) as Value
  const [only, ...more] = valuesAt(kind, { ...context, path })
  if (only && more.length === 0) return only.value
  // A placeholder shows what belongs there, and stays without a finding.
  return typeof example === 'string' && /<|\.\.\./.test(example) ? example : STOP
}

function isFilledObject(value: Value | undefined): value is { [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
}

/** The candidates for a list or an object that is to be written as a whole. */
export function wholeValues(kind: SchemaKind, context: Context): Candidate[] {
  const found = describe(kind, context.path, context.entity)
  const [example] = (found?.examples ?? []) as Value[]
  if (!isFilledObject(example)) return []
  return [
    { value: example, label: '{ }', detail: found?.title, documentation: found?.markdown, kind: 'snippet' },
  ]
}
