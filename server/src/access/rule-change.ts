import { get, type Node, toValue } from '../syntax/node.ts'
import { realId } from '../wif/pairing.ts'
import { isPlaceholder } from '../wif/placeholder.ts'
import { DEFAULT_AUDIENCE, type FederationRule } from '../wif/rule.ts'
import { isIncluded, SCOPES, scopesOf } from '../wif/scopes.ts'
import { covers, subjectPattern } from '../wif/subject.ts'
import { type Change, change, type Direction, directionOf, setDirection } from './change.ts'
import { conditionChange } from './condition-change.ts'

/** What two revisions of a rule ask of a token and give for it, each difference by itself. */
export function ruleChanges(before: FederationRule, after: FederationRule): Change[] {
  return [
    ...subjectChange(before, after),
    ...audienceChange(before, after),
    ...claimChanges(before, after),
    ...conditionChange(before.condition, after.condition),
    ...targetChange(before, after),
    ...change('scope', setDirection(scopes(before), scopes(after)), before.scope?.value, after.scope?.value),
    ...workspaceChange(before, after),
  ]
}

function subjectChange(before: FederationRule, after: FederationRule): Change[] {
  const [old, now] = [matcher(before, 'subject_prefix'), matcher(after, 'subject_prefix')]
  if (old === now) return []
  const odd = (rule: FederationRule, text: string | undefined) =>
    text !== undefined && (!rule.subject || isPlaceholder(text))
  if (odd(before, old) || odd(after, now)) return change('subject', 'unclear', old, now)
  // Without a matcher every subject passes.
  const [a, b] = [subjectPattern(before.subject?.value ?? '*'), subjectPattern(after.subject?.value ?? '*')]
  return change('subject', directionOf(covers(b, a), covers(a, b)), old, now)
}

function audienceChange(before: FederationRule, after: FederationRule): Change[] {
  const [old, now] = [matcher(before, 'audience'), matcher(after, 'audience')]
  const [a, b] = [old ?? DEFAULT_AUDIENCE, now ?? DEFAULT_AUDIENCE]
  if (a === b) return []
  return change('audience', isPlaceholder(a) || isPlaceholder(b) ? 'unclear' : 'other', a, b)
}

function claimChanges(before: FederationRule, after: FederationRule): Change[] {
  const [old, now] = [claims(before), claims(after)]
  if (typeof old === 'string' || typeof now === 'string') {
    const [a, b] = [plain(old), plain(now)]
    return a === b ? [] : change('claim', 'unclear', a, b)
  }
  return [...new Set([...old.keys(), ...now.keys()])].flatMap(name => {
    const [a, b] = [old.get(name), now.get(name)]
    const direction = claimDirection(a, b)
    return direction ? [{ aspect: 'claim' as const, name, direction, before: text(a), after: text(b) }] : []
  })
}

/** Every entry must hold, so one more keeps tokens out. A value that is no string makes the service refuse the rule. */
function claimDirection(a: Node | undefined, b: Node | undefined): Direction | undefined {
  if (text(a) === text(b) && a?.type === b?.type) return undefined
  if (!a) return 'narrower'
  if (!b) return 'wider'
  const odd = (node: Node) => node.type !== 'string' || isPlaceholder(node.value)
  return odd(a) || odd(b) ? 'unclear' : 'other'
}

/** The entries of `claims` by name; its text where it is no object. */
function claims(rule: FederationRule): Map<string, Node> | string {
  const node = get(rule.match, 'claims')
  if (!node || node.type === 'null') return new Map()
  if (node.type !== 'object') return text(node) ?? ''
  return new Map(
    node.properties.flatMap(({ key, value }) => (value.type === 'null' ? [] : [[key.value, value] as const])),
  )
}

function plain(of: Map<string, Node> | string): string | undefined {
  if (typeof of === 'string') return of
  return of.size === 0 ? undefined : [...of].map(([name, node]) => `${name}: ${text(node)}`).join(', ')
}

function targetChange(before: FederationRule, after: FederationRule): Change[] {
  const [old, now] = [before.serviceAccountId?.value, after.serviceAccountId?.value]
  if (old === now) return []
  const known = realId(old) !== undefined && realId(now) !== undefined
  return change('target', known ? 'other' : 'unclear', old, now)
}

/** What a rule gives, named or included in what is named. */
function scopes(rule: FederationRule): Set<string> {
  const named = scopesOf(rule)
  return new Set([...named, ...SCOPES.filter(scope => isIncluded(scope, named))])
}

function workspaceChange(before: FederationRule, after: FederationRule): Change[] {
  const [old, now] = [workspaces(before), workspaces(after)]
  const shown = (ids: Set<string>) => (ids.size > 0 ? [...ids].join(', ') : undefined)
  const direction = setDirection(old, now)
  const open = [...old, ...now].some(id => id !== '*' && realId(id) === undefined)
  return change('workspace', direction && open ? 'unclear' : direction, shown(old), shown(now))
}

function workspaces({ allWorkspaces, workspaces }: FederationRule): Set<string> {
  return new Set(allWorkspaces?.value ? ['*'] : workspaces.map(({ value }) => value))
}

/** What is written for a matcher, as text; null is the same as nothing. */
function matcher({ match }: FederationRule, name: string): string | undefined {
  return text(get(match, name))
}

function text(node: Node | undefined): string | undefined {
  if (!node || node.type === 'null') return undefined
  return node.type === 'string' ? node.value : JSON.stringify(toValue(node))
}
