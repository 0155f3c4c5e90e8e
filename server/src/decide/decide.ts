import type { Node } from '../syntax/node.ts'
import type { Identity } from '../wif/identity.ts'
import type { FederationIssuer } from '../wif/issuer.ts'
import { maxLifetime } from '../wif/issuer.ts'
import { isPlaceholder } from '../wif/placeholder.ts'
import { isKubernetes } from '../wif/providers/index.ts'
import { DEFAULT_AUDIENCE, type FederationRule } from '../wif/rule.ts'
import { subjectMatches, subjectPattern } from '../wif/subject.ts'

/** The checks of an exchange, in the service's order (reference, JWT verification and Rule matching semantics). */
export type StepName = 'issuer' | 'lifetime' | 'audience' | 'subject' | 'claims' | 'condition'

/** Why a token is denied, named as the Console's authentication history names it where that is known. */
export type DenyReason =
  | 'issuer_mismatch'
  | 'lifetime_exceeded'
  | 'match_audience'
  | 'match_subject_prefix'
  | 'match_claims'
  | 'match_condition'

export interface Step {
  step: StepName
  result: 'pass' | 'fail' | 'unknown'
  reason?: DenyReason
  /** One sentence for a person. */
  message: string
  /** The node of the rule or issuer that decided. */
  at?: Node
  claim?: string
}

export interface Decision {
  /** Denied if any step fails, admitted if all pass, unknown otherwise. */
  verdict: 'admitted' | 'denied' | 'unknown'
  /** All steps, also those after the first that failed: a person wants to mend everything at once. */
  steps: Step[]
}

/** Evaluates a condition over all claims of a token. */
export type EvaluateCondition = (condition: string, claims: Record<string, unknown>) => boolean | undefined

/**
 * Whether a token of `identity` would be admitted by `rule` of `issuer`. The one place in the project that knows
 * how the service matches; a claim that is not known gives `unknown`, never a guess.
 */
export function decide(
  identity: Identity,
  issuer: FederationIssuer | undefined,
  rule: FederationRule,
  evaluate?: EvaluateCondition,
): Decision {
  const steps = [
    issuerStep(identity, issuer),
    lifetimeStep(identity, issuer),
    audienceStep(identity, rule),
    subjectStep(identity, rule),
    ...claimSteps(identity, rule),
    ...conditionSteps(identity, rule, evaluate),
  ]
  const denied = steps.some(s => s.result === 'fail')
  return {
    verdict: denied ? 'denied' : steps.every(s => s.result === 'pass') ? 'admitted' : 'unknown',
    steps,
  }
}

function issuerStep(identity: Identity, issuer: FederationIssuer | undefined): Step {
  const step = 'issuer'
  if (!issuer) return { step, result: 'unknown', message: 'The issuer of the rule is not in the workspace' }
  const iss = identity.claims.iss
  if (typeof iss === 'string' && issuer.url) {
    const pass = iss === issuer.url.value
    return {
      step,
      result: pass ? 'pass' : 'fail',
      ...(!pass && { reason: 'issuer_mismatch' as const }),
      message: pass ? `\`iss\` is ${iss}` : `\`iss\` is ${iss}, the issuer says ${issuer.url.value}`,
      at: issuer.url,
      claim: 'iss',
    }
  }
  const { provider } = issuer
  const possible =
    !provider || (identity.from === 'kubernetes' ? isKubernetes(provider) : provider.id === identity.from)
  if (possible)
    return {
      step,
      result: 'unknown',
      message: 'Which issuer signs the token is not known',
      ...at(issuer.url),
    }
  const message = `${provider.name} does not sign the tokens of ${identity.title}`
  return { step, result: 'fail', reason: 'issuer_mismatch', message, ...at(issuer.url), claim: 'iss' }
}

function lifetimeStep(identity: Identity, issuer: FederationIssuer | undefined): Step {
  const step = 'lifetime'
  const { lifetime } = identity
  if (lifetime === undefined || !issuer)
    return { step, result: 'unknown', message: 'How long the token lives is not known' }
  const max = maxLifetime(issuer)
  if (lifetime <= max)
    return { step, result: 'pass', message: `The token lives ${lifetime} s, at most ${max} s are accepted` }
  const message = `The token lives ${lifetime} s, but the issuer accepts at most ${max} s`
  return {
    step,
    result: 'fail',
    reason: 'lifetime_exceeded',
    message,
    ...at(issuer.maxLifetime ?? issuer.url),
  }
}

function audienceStep(identity: Identity, rule: FederationRule): Step {
  const step = 'audience'
  const wanted = rule.audience?.value ?? DEFAULT_AUDIENCE
  const place = { ...at(rule.audience ?? rule.match), claim: 'aud' }
  const aud = known(identity, 'aud')
  if (aud === undefined || isPlaceholder(wanted))
    return { step, result: 'unknown', message: 'The audience of the token is not known', ...place }
  const given = Array.isArray(aud) ? aud : [aud]
  const list = given.map(a => `"${String(a)}"`).join(', ')
  if (given.includes(wanted)) return { step, result: 'pass', message: `The audience is ${list}`, ...place }
  const message = `The token's audience is ${list || 'missing'}, the rule expects "${wanted}"`
  return { step, result: 'fail', reason: 'match_audience', message, ...place }
}

function subjectStep(identity: Identity, rule: FederationRule): Step {
  const step = 'subject'
  if (!rule.subject) return { step, result: 'pass', message: 'The rule asks for no subject' }
  const place = { at: rule.subject, claim: 'sub' }
  const sub = known(identity, 'sub')
  if (sub === undefined || isPlaceholder(rule.subject.value))
    return { step, result: 'unknown', message: 'The subject of the token is not known', ...place }
  const pattern = subjectPattern(rule.subject.value)
  const how = pattern.prefix ? `begins with "${pattern.literal}"` : `is exactly "${pattern.literal}"`
  if (typeof sub === 'string' && subjectMatches(pattern, sub))
    return { step, result: 'pass', message: `\`sub\` ${how}`, ...place }
  const message = `\`sub\` is "${String(sub)}"; the rule admits what ${how}`
  return { step, result: 'fail', reason: 'match_subject_prefix', message, ...place }
}

function claimSteps(identity: Identity, rule: FederationRule): Step[] {
  return (rule.claims?.properties ?? []).map(({ key, value }): Step => {
    const step = 'claims'
    const claim = key.value
    const place = { at: value, claim }
    const actual = known(identity, claim)
    if (value.type !== 'string' || isPlaceholder(value.value) || actual === undefined) {
      return { step, result: 'unknown', message: `The claim "${claim}" is not known`, ...place }
    }
    if (actual === value.value)
      return { step, result: 'pass', message: `"${claim}" is "${value.value}"`, ...place }
    const message =
      actual === null
        ? `The token has no claim "${claim}"`
        : `"${claim}" is ${JSON.stringify(actual)}, the rule asks for "${value.value}"`
    return { step, result: 'fail', reason: 'match_claims', message, ...place }
  })
}

function conditionSteps(
  identity: Identity,
  rule: FederationRule,
  evaluate: EvaluateCondition | undefined,
): Step[] {
  if (!rule.condition) return []
  const place = { at: rule.condition }
  const step = 'condition'
  // A condition may read any claim, so only a whole token can answer it.
  const answer = identity.complete ? evaluate?.(rule.condition.value, identity.claims) : undefined
  if (answer === undefined)
    return [
      { step, result: 'unknown', message: 'The condition depends on claims that are not known', ...place },
    ]
  if (answer) return [{ step, result: 'pass', message: 'The condition holds', ...place }]
  return [
    { step, result: 'fail', reason: 'match_condition', message: 'The condition does not hold', ...place },
  ]
}

/** The claim as the identity has it; null when a whole token lacks it, undefined when it cannot be known. */
function known(identity: Identity, claim: string): unknown {
  const value = Object.hasOwn(identity.claims, claim) ? identity.claims[claim] : undefined
  return value === undefined && identity.complete ? null : value
}

function at(node: Node | undefined): { at?: Node } {
  return node ? { at: node } : {}
}
