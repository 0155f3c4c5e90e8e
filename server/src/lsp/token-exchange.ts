import type { TokenCheck } from '../token/check.ts'
import type { DecodedToken } from '../token/decode.ts'
import type { FederationIssuer } from '../wif/issuer.ts'
import { realId } from '../wif/pairing.ts'
import type { FederationRule } from '../wif/rule.ts'
import { ORGANIZATION_ID } from '../wif/variables.ts'
import type { WorkspaceView } from '../wif/view.ts'
import { envVar } from '../wif/workload.ts'
import type { KnownIds } from './token-protocol.ts'

/** What an exchange by `rule` asks for, as far as files say. */
export function knownIds(view: WorkspaceView, rule: FederationRule): KnownIds {
  const containers = view.workloads().flatMap(workload => workload.containers)
  const organizations = containers.map(each => realId(envVar(each, ORGANIZATION_ID)?.value?.value))
  const workspaces = rule.workspaces.map(({ value }) => realId(value))
  return {
    rule: realId(rule.id?.value),
    organization: onlyOne(organizations),
    serviceAccount: realId(rule.serviceAccountId?.value),
    workspace: rule.allWorkspaces?.value === true ? undefined : onlyOne(workspaces),
  }
}

function onlyOne(values: readonly (string | undefined)[]): string | undefined {
  const [only, ...more] = new Set(values.flatMap(value => value ?? []))
  return more.length === 0 ? only : undefined
}

/**
 * Why the service has most likely refused a token, the likeliest first: what the rule denies, or else what nobody
 * here can know.
 * @param check undefined when the rule is in no file
 */
export function likelyReasons(
  check: TokenCheck | undefined,
  issuer: FederationIssuer | undefined,
  { claims }: DecodedToken,
): string[] {
  const failed = check?.steps.filter(({ result }) => result === 'fail') ?? []
  if (failed.length > 0) return failed.map(({ message }) => message)
  const unknown = check?.steps.filter(({ result }) => result === 'unknown') ?? []
  return [
    ...(check ? [] : ['The rule is in no file of the workspace, so nothing is known of what it asks for']),
    ...(typeof claims.jti === 'string' && issuer?.checkJti?.value !== false
      ? ['The token may have been exchanged before: its `jti` counts once']
      : []),
    ...unknown.map(({ message }) => message),
    'The rule, its issuer or its service account may be archived or different in the Console',
    'The service account may be no member of the workspace',
  ]
}
