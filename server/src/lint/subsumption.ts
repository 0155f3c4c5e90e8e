import { isAbsent, properties, textAt } from '../syntax/node.ts'
import { realId } from '../wif/pairing.ts'
import { isPlaceholder } from '../wif/placeholder.ts'
import { DEFAULT_AUDIENCE, type FederationRule } from '../wif/rule.ts'
import { isIncluded, scopesOf } from '../wif/scopes.ts'
import { covers, subjectPattern } from '../wif/subject.ts'

/**
 * Whether every token that `a` admits, `b` admits too: each matcher of `b` follows from one of `a`. Only what can be
 * told from the text: prefixes, equal values, and the same condition to the letter.
 */
export function implies(a: FederationRule, b: FederationRule): boolean {
  if (a.tree.templated || b.tree.templated || !isConstrained(b)) return false
  return impliesSubject(a, b) && impliesAudience(a, b) && impliesClaims(a, b) && impliesCondition(a, b)
}

/** A rule without a matcher is refused, so it admits nothing. */
function isConstrained({ subject, claims, condition }: FederationRule): boolean {
  if (subject) return subjectPattern(subject.value).literal !== ''
  return (claims?.properties.length ?? 0) > 0 || condition !== undefined
}

function impliesSubject(a: FederationRule, b: FederationRule): boolean {
  if (!b.subject) return isAbsent(b.match, 'subject_prefix')
  if (!a.subject) return false
  if (isPlaceholder(a.subject.value) || isPlaceholder(b.subject.value)) return false
  return covers(subjectPattern(b.subject.value), subjectPattern(a.subject.value))
}

function impliesAudience(a: FederationRule, b: FederationRule): boolean {
  return (a.audience?.value ?? DEFAULT_AUDIENCE) === (b.audience?.value ?? DEFAULT_AUDIENCE)
}

function impliesClaims(a: FederationRule, b: FederationRule): boolean {
  return properties(b.claims).every(
    ({ key, value }) =>
      value.type === 'string' && !isPlaceholder(value.value) && textAt(a.claims, key.value) === value.value,
  )
}

function impliesCondition(a: FederationRule, b: FederationRule): boolean {
  return !b.condition || b.condition.value.trim() === a.condition?.value.trim()
}

/** Something that one rule gives and another does not. */
export interface Gain {
  what: 'target' | 'scope' | 'workspace'
  /** The id or name of it; `*` for all workspaces. */
  value: string
}

/** What `b` gives to those who can use `a` already. Where one of them does not say, nothing. */
export function gains(a: FederationRule, b: FederationRule): Gain[] {
  const [target, other] = [realId(a.serviceAccountId?.value), realId(b.serviceAccountId?.value)]
  const found: Gain[] = []
  if (target !== undefined && other !== undefined && target !== other)
    found.push({ what: 'target', value: other })
  const own = scopes(a)
  for (const scope of own.length > 0 ? scopes(b) : [])
    if (!own.includes(scope) && !isIncluded(scope, own)) found.push({ what: 'scope', value: scope })
  const has = workspaces(a)
  for (const id of has.length > 0 && !has.includes('*') ? workspaces(b) : [])
    if (!has.includes(id)) found.push({ what: 'workspace', value: id })
  return found
}

function scopes(rule: FederationRule): string[] {
  return scopesOf(rule).filter(scope => !isPlaceholder(scope))
}

function workspaces(rule: FederationRule): string[] {
  if (rule.allWorkspaces?.value) return ['*']
  return [...new Set(rule.workspaces.flatMap(({ value }) => realId(value) ?? []))]
}
