import { isAbsent } from '../syntax/node.ts'
import type { Presented } from '../wif/identity.ts'
import { mintedLifetime } from '../wif/lifetime.ts'
import { realId } from '../wif/pairing.ts'
import { isPlaceholder } from '../wif/placeholder.ts'
import { DEFAULT_TOKEN_LIFETIME, type FederationRule } from '../wif/rule.ts'
import { fail, pass, placeAt, type Step, skipped, unknown } from './step.ts'
import { LEEWAY, lifetimeOf } from './token-steps.ts'

/** What is asked for beside the assertion; null when it is left out, undefined when that is not known. */
export interface ExchangeRequest {
  serviceAccountId?: string | null | undefined
  workspaceId?: string | null | undefined
}

/** Whether the rule acts as the service account that is asked for. */
export function targetStep(rule: FederationRule, { serviceAccountId: asked }: ExchangeRequest): Step {
  const place = placeAt(rule.serviceAccountId ?? rule.target)
  const target = realId(rule.serviceAccountId?.value)
  if (target === undefined)
    return unknown('target', 'Which service account the rule targets is not known', place)
  if (typeof asked !== 'string' || isPlaceholder(asked))
    return unknown(
      'target',
      `Which service account is asked for is not known; the rule targets ${target}`,
      place,
    )
  if (asked === target) return pass('target', `The rule targets ${target}`, place)
  return fail('target', 'target_mismatch', `${asked} is asked for, but the rule targets ${target}`, place)
}

/**
 * Whether the rule is enabled for the workspace that is asked for. Whether the service account is a member there, which
 * the exchange needs as well, no file says: the sentence does.
 */
export function workspaceStep(rule: FederationRule, { workspaceId: asked }: ExchangeRequest): Step {
  const step = 'workspace'
  const ids = new Set(rule.workspaces.map(({ value }) => value))
  const all = rule.allWorkspaces?.value === true
  const place = placeAt(all ? rule.allWorkspaces : (rule.workspaces[0] ?? rule.node))
  if (asked === undefined) return unknown(step, 'Which workspace is asked for is not known', place)
  if (!all && (ids.size === 0 || [...ids].some(id => realId(id) === undefined)))
    return unknown(step, 'Which workspaces the rule is enabled for is not known', place)
  if (asked === null) {
    if (!all && ids.size === 1)
      return pass(step, `The rule is enabled for ${[...ids].join()} only${MEMBER}`, place)
    return fail(
      step,
      'workspace_id_required',
      'The rule spans several workspaces, and none is asked for',
      place,
    )
  }
  if (isPlaceholder(asked) || asked === '')
    return unknown(step, 'Which workspace is asked for is not known', place)
  if (all) return pass(step, `The rule is enabled for every workspace${MEMBER}`, place)
  if (ids.has(asked)) return pass(step, `The rule is enabled for ${asked}${MEMBER}`, place)
  // Only the service knows the id of the default workspace, on either side.
  if (asked === 'default' || ids.has('default'))
    return unknown(step, 'Which workspace is the default one is not known', place)
  const message = `${asked} is asked for, but the rule is enabled for ${[...ids].join(', ')}`
  return fail(step, 'workspace_not_enabled', message, place)
}

const MEMBER = '; the service account has to be a member of it'

/** How long the Claude token will live. */
export function mintStep(token: Presented, rule: FederationRule, now: number | undefined): Step {
  const asked = rule.tokenLifetime?.value ?? DEFAULT_TOKEN_LIFETIME
  const { exp } = token.claims
  const place = placeAt(rule.tokenLifetime)
  if (!rule.tokenLifetime && !isAbsent(rule.node, 'token_lifetime_seconds'))
    return skipped('mint', 'How long the Claude token will live is not known')
  if (token.complete && now !== undefined && typeof exp === 'number')
    return now > exp + LEEWAY
      ? skipped('mint', 'Nothing is minted for a token that has expired')
      : pass('mint', `The Claude token will live ${Math.floor(mintedLifetime(asked, exp - now))} s`, place)
  const lifetime = lifetimeOf(token)
  if (lifetime === undefined)
    return skipped('mint', 'How long the Claude token will live depends on the token')
  return pass('mint', `The Claude token will live at most ${mintedLifetime(asked, lifetime)} s`, place)
}
