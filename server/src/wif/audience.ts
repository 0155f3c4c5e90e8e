const API_SERVER = 'the Kubernetes API server'

/** Audiences that belong to another relying party, with its name (each party's own documentation). */
const FOREIGN: [test: RegExp, party: string][] = [
  [/^sts\.amazonaws\.com(\.cn)?$/, 'AWS STS'],
  [/^pods\.eks\.amazonaws\.com$/, 'EKS Pod Identity'],
  [/^api:\/\/AzureADTokenExchange(USGov|China)?$/, 'Microsoft Entra'],
  [/^(https:\/\/)?kubernetes\.default(\.svc(\.cluster\.local)?)?$/, API_SERVER],
  [/^https:\/\/github\.com\/[^/]+$/, 'any service that GitHub jobs of that owner call'],
  [/^https:\/\/gitlab\.com$/, 'GitLab'],
  [/^vault$/, 'HashiCorp Vault'],
  [/^sigstore$/, 'Sigstore'],
  [/^snowflakecomputing\.com$/, 'Snowflake'],
  [/^https:\/\/vercel\.com\/.+$/, 'Vercel'],
  [/^(https:)?\/\/iam\.googleapis\.com\/.+$/, 'Google Cloud'],
]

/** Who tokens with this audience are meant for, when that is known not to be the Claude API. */
export function foreignParty(audience: string): string | undefined {
  return FOREIGN.find(([test]) => test.test(audience))?.[1]
}

/** Whether tokens with this audience are for the API server of a cluster, as those are that name no audience. */
export function isApiServer(audience: string): boolean {
  return foreignParty(audience) === API_SERVER
}

const NEAR_HOSTS = [
  'api.anthropic.com',
  'anthropic.com',
  'www.anthropic.com',
  'claude.com',
  'claude.ai',
  'api.claude.com',
  'console.anthropic.com',
  'platform.claude.com',
]

/**
 * Whether `audience` looks like a slip of `https://api.anthropic.com`: another scheme or none, upper case, a path,
 * a slash at the end, a neighbouring host. The audience itself is not one.
 */
export function isNearClaude(audience: string): boolean {
  if (audience === 'https://api.anthropic.com') return false
  const [, host = ''] = /^(?:https?:\/\/)?([^/]+)(?:\/.*)?$/i.exec(audience.trim()) ?? []
  return NEAR_HOSTS.includes(host.toLowerCase().replace(/:443$/, ''))
}

/** The same of the very host: nobody takes it for an audience of their own. */
export function isSlipOfClaude(audience: string): boolean {
  return isNearClaude(audience) && /^(?:https?:\/\/)?api\.anthropic\.com(?:[:/]|$)/i.test(audience.trim())
}
