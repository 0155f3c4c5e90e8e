import type { Range } from '../syntax/node.ts'
import { nearest } from '../text/nearest.ts'
import type { FederationRule } from './rule.ts'

/** The OAuth scopes a rule may give (reference, OAuth scopes). */
export const SCOPES = [
  'workspace:developer',
  'workspace:inference',
  'workspace:manage_tunnels',
  'org:admin',
] as const

/** The scopes that only the Console can give: API callers may not (Admin API, Permissions and constraints). */
export const CONSOLE_SCOPES: readonly string[] = ['org:admin', 'workspace:manage_tunnels']

/** One scope in the text of `oauth_scope`, with its offsets there. */
export interface ScopeWord extends Range {
  name: string
}

/** The scopes in `text`. They are separated by spaces; commas are told apart here because people write them. */
export function scopeWords(text: string): ScopeWord[] {
  return [...text.matchAll(/[^\s,;]+/g)].map(({ 0: name, index }) => ({
    name,
    start: index,
    end: index + name.length,
  }))
}

/** The names of the scopes that a rule gives. */
export function scopesOf({ scope }: FederationRule): string[] {
  return scopeWords(scope?.value ?? '').map(({ name }) => name)
}

/** Whether another of the scopes has this one in itself (reference, OAuth scopes). */
export function isIncluded(name: string, scopes: readonly string[]): boolean {
  return name === 'workspace:inference' && scopes.includes('workspace:developer')
}

/** The scope among `known` that `name` is a slip of: misspelt, cut short, or without what stands before the colon. */
export function nearestScope(name: string, known: readonly string[]): string | undefined {
  const word = name.toLowerCase().replace(/^.*:/, '')
  return (
    nearest(name, known) ??
    (word === '' ? undefined : known.find(scope => scope.replace(/^.*:/, '').startsWith(word)))
  )
}
