import type { Presented } from '../wif/identity.ts'
import type { FederationIssuer } from '../wif/issuer.ts'
import type { FederationRule } from '../wif/rule.ts'
import {
  audienceStep,
  claimSteps,
  conditionSteps,
  type EvaluateCondition,
  subjectStep,
} from './match-steps.ts'
import { type ExchangeRequest, mintStep, targetStep, workspaceStep } from './request-steps.ts'
import { type DenyReason, fail, placeAt, type Step } from './step.ts'
import {
  issuerSteps,
  lifetimeStep,
  type SignatureCheck,
  signatureSteps,
  sizeStep,
  timeSteps,
} from './token-steps.ts'

export type { EvaluateCondition } from './match-steps.ts'
export type { ExchangeRequest } from './request-steps.ts'
export type { DenyReason, Step } from './step.ts'
export { MAX_TOKEN_SIZE, type SignatureCheck, type SignatureReason } from './token-steps.ts'

export interface Decision {
  /** Denied if any step fails, unknown if any could not be told, admitted otherwise. */
  verdict: 'admitted' | 'denied' | 'unknown'
  /** Why it is denied, of several reasons the one the service gives: the first. */
  reason?: DenyReason
  /** All steps, also those after the first that failed: a person wants to mend everything at once. */
  steps: Step[]
}

/** What is known beside the token. Without the clock nothing is said about time. */
export interface Circumstances {
  /** Seconds since 1970. */
  now?: number
  evaluate?: EvaluateCondition
  /** Without it, nothing is said about what it asks for. */
  request?: ExchangeRequest
  signature?: SignatureCheck
}

/**
 * Whether `token` would be admitted by `rule` of `issuer`. The one place in the project that knows how the service
 * matches. What is not known gives `unknown`, never a guess: no completion of a predicted token contradicts what is
 * said of the prediction.
 */
export function decide(
  token: Presented,
  issuer: FederationIssuer | undefined,
  rule: FederationRule,
  { now, evaluate, request, signature }: Circumstances = {},
): Decision {
  const steps = [
    ...ruleSteps(rule),
    ...issuerSteps(token, issuer),
    ...signatureSteps(token, issuer, signature),
    sizeStep(token),
    ...timeSteps(token, now),
    lifetimeStep(token, issuer),
    audienceStep(token, rule),
    subjectStep(token, rule),
    ...claimSteps(token, rule),
    ...conditionSteps(token, rule, evaluate),
    ...(request ? [targetStep(rule, request), workspaceStep(rule, request)] : []),
    mintStep(token, rule, now),
  ]
  const denied = steps.find(s => s.result === 'fail')
  const verdict = denied ? 'denied' : steps.some(s => s.result === 'unknown') ? 'unknown' : 'admitted'
  return { verdict, ...(denied?.reason && { reason: denied.reason }), steps }
}

function ruleSteps({ archivedAt }: FederationRule): Step[] {
  if (!archivedAt) return []
  return [fail('rule', 'rule_archived', `The rule was archived (${archivedAt.value})`, placeAt(archivedAt))]
}
