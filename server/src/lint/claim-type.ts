import { claimAt } from '../wif/claims.ts'
import { otherType } from '../wif/nested.ts'
import type { ClaimInfo, Provider } from '../wif/providers/provider.ts'

/** The type of the claim at `path`: as `provider` sends it, else as the standards have it. */
export function claimType(
  provider: Provider | undefined,
  path: readonly string[],
): ClaimInfo['type'] | undefined {
  const known = provider && claimAt(provider, path)
  if (known) return known.type
  const [name = '', ...below] = path
  if (below.length > 0) return undefined
  return ['sub', 'iss', 'jti'].includes(name) ? 'string' : otherType(undefined, name)
}

/** The type in words. */
const TYPE_WORDS: Record<ClaimInfo['type'], string> = {
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  array: 'a list',
  object: 'an object',
}

/** Whose tokens are meant, for a sentence. */
function whoseTokens(provider: Provider | undefined): string {
  return provider ? `${provider.name} tokens` : 'tokens'
}

/** "`exp` is a number in GitHub Actions tokens" */
export function whatItIs(
  provider: Provider | undefined,
  path: readonly string[],
  type: ClaimInfo['type'],
): string {
  const where = provider ? ` in ${whoseTokens(provider)}` : ''
  return `\`${path.at(-1)}\` is ${TYPE_WORDS[type]}${where}`
}
