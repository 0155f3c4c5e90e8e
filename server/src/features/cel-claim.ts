import { claim } from '../cel/index.ts'
import type { ClaimInfo, Provider } from '../wif/providers/provider.ts'
import { standardClaims } from '../wif/providers/standard-claims.ts'

/** The claims below `path` that tokens of `provider` carry; of an unknown issuer those that every token has. */
export function claimsBelow(
  provider: Provider | undefined,
  path: readonly string[],
): Record<string, ClaimInfo> {
  let members: Record<string, ClaimInfo> | undefined = provider?.claims ?? standardClaims
  for (const name of path)
    members = members && Object.hasOwn(members, name) ? members[name]?.members : undefined
  return members ?? {}
}

/** What is known of a claim, in Markdown, for a hover and beside a completion. */
export function aboutClaim(info: ClaimInfo, provider: Provider | undefined): string {
  const { about, pins, alsoPins = [], callerControlled, volatile, optional } = info
  const notes = [about]
  if (callerControlled !== undefined)
    notes.push(`**Chosen by the caller**: ${callerControlled}. It does not narrow who gets in.`)
  else if (pins && provider) {
    const names = [...new Set([...alsoPins, pins])].map(level => provider.words[level])
    notes.push(`An exact match pins ${names.map(name => `the ${name}`).join(' and ')}.`)
  }
  if (volatile) notes.push('Another value in every token or run, so that an exact match works once.')
  if (optional) notes.push('Not in every token: where it is absent, reading it denies the token.')
  return notes.join('\n\n')
}

/** `claims.repository: string` */
export function claimTitle(path: string[], { type }: ClaimInfo): string {
  return `${claim(path)}: ${type}`
}
