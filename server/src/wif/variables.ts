import { type Container, type EnvVar, envVar, type Workload } from './workload.ts'

/** The environment variables the SDKs read (reference, Environment variables and Credential precedence). */
export const RULE_ID = 'ANTHROPIC_FEDERATION_RULE_ID'
export const ORGANIZATION_ID = 'ANTHROPIC_ORGANIZATION_ID'
export const SERVICE_ACCOUNT_ID = 'ANTHROPIC_SERVICE_ACCOUNT_ID'
export const WORKSPACE_ID = 'ANTHROPIC_WORKSPACE_ID'
/** The path of the identity token. */
export const TOKEN_FILE = 'ANTHROPIC_IDENTITY_TOKEN_FILE'
/** The identity token itself; the file wins over it. */
export const TOKEN = 'ANTHROPIC_IDENTITY_TOKEN'
/** Static credentials: each wins over federation, also when it is empty. */
export const CREDENTIALS: readonly string[] = ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN']
/** Names a profile, which wins over the variables of federation. */
export const PROFILE = 'ANTHROPIC_PROFILE'

/** What federation needs beside the token. */
export const FEDERATION_IDS: readonly string[] = [RULE_ID, ORGANIZATION_ID, SERVICE_ACCOUNT_ID]

/** The variables of `container` that show that it means to use federation. */
export function federationVariables(container: Container): EnvVar[] {
  const names = [...FEDERATION_IDS, TOKEN_FILE, TOKEN]
  return container.env.filter(({ name }) => names.includes(name.value))
}

/** Whether the program in `container` exchanges a token by itself: without a rule there is no exchange. */
export function usesFederation(container: Container): boolean {
  const rule = envVar(container, RULE_ID)
  return rule !== undefined && rule.value?.value !== ''
}

/** Whether `variable` is there and not empty; what comes from a Secret or ConfigMap counts, as it may well be. */
export function isSet(container: Container, name: string): boolean {
  const variable = envVar(container, name)
  return variable !== undefined && (variable.valueFrom !== undefined || (variable.value?.value ?? '') !== '')
}

/** The literal value of a variable; null when it is surely not there, undefined when that cannot be told. */
export function literalOf(workload: Workload, container: Container, name: string): string | null | undefined {
  const variable = envVar(container, name)
  if (variable) return variable.value?.value
  return container.envFrom || workload.partial ? undefined : null
}
