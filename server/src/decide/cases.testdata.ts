/**
 * Tokens as the providers document them, with rules that people write for them, and what becomes of each: the first
 * reason of a denial, with the kind of near miss, or the verdict.
 */
export interface ProviderCases {
  provider: string
  /** As the issuer is registered. */
  issuer: string
  claims: Record<string, unknown>
  cases: [what: string, match: object, expected: string, change?: object][]
}

export const CLAUDE = 'https://api.anthropic.com'
