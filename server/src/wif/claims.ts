import type { ClaimInfo, Provider } from './providers/provider.ts'

/**
 * What is known of the claim at `path`, names from the top: `['kubernetes.io', 'namespace']`. What the caller
 * chooses as a whole is the caller's choice in every part. Undefined for a claim the provider does not document.
 */
export function claimAt(provider: Provider, path: readonly string[]): ClaimInfo | undefined {
  let members: Record<string, ClaimInfo> | undefined = provider.claims
  let found: ClaimInfo | undefined
  for (const name of path) {
    const next: ClaimInfo | undefined = members && Object.hasOwn(members, name) ? members[name] : undefined
    const chosen: string | undefined = next?.callerControlled ?? found?.callerControlled
    if (!next)
      return chosen === undefined ? undefined : { type: 'string', about: '', callerControlled: chosen }
    found = chosen === undefined ? next : { ...next, callerControlled: chosen }
    members = next.members
  }
  return found
}

/** Claims of any token that no two tokens share (RFC 7519). */
const ONCE = ['jti', 'exp', 'iat', 'nbf']

/** Whether the claim has another value on every run or every token, so that equality holds once. */
export function isVolatile(provider: Provider | undefined, path: readonly string[]): boolean {
  if (path.length === 1 && ONCE.includes(path[0] ?? '')) return true
  return provider !== undefined && claimAt(provider, path)?.volatile === true
}
