import type { Trace } from '../cel/index.ts'
import type { Node } from '../syntax/node.ts'
import type { NearMiss } from './near-miss.ts'

/** The checks of an exchange, in the service's order (reference, JWT verification and Rule matching semantics). */
export type StepName =
  | 'rule'
  | 'issuer'
  | 'signature'
  | 'size'
  | 'time'
  | 'lifetime'
  | 'audience'
  | 'subject'
  | 'claims'
  | 'condition'
  | 'target'
  | 'workspace'
  | 'mint'

/** Why a token is denied, named as the Console's authentication history names it where that is known. */
export type DenyReason =
  | 'rule_archived'
  | 'issuer_archived'
  | 'issuer_mismatch'
  | 'algorithm_not_accepted'
  | 'key_missing'
  | 'key_not_found'
  | 'signature_invalid'
  | 'token_too_large'
  | 'claim_missing'
  | 'token_expired'
  | 'token_not_yet_valid'
  | 'issued_in_future'
  | 'lifetime_exceeded'
  | 'match_audience'
  | 'match_subject_prefix'
  | 'match_claims'
  | 'match_condition'
  | 'target_mismatch'
  | 'workspace_id_required'
  | 'workspace_not_enabled'

/** One check of an exchange, and what came of it. */
export interface Step {
  step: StepName
  /** `skipped` when the check is about a token that exists, and this one is only predicted. */
  result: 'pass' | 'fail' | 'unknown' | 'skipped'
  reason?: DenyReason
  /** One sentence for a person; of an unknown step, what would have to be known. */
  message: string
  /** The node of the rule or issuer that decided. */
  at?: Node
  claim?: string
  /** How near a value came that did not match. */
  nearMiss?: NearMiss
  /** What each part of a condition gave, with its place in the text of the condition. */
  parts?: readonly Trace[]
}

/** Where a step was decided. */
export interface Place {
  at?: Node
  claim?: string
}

/** `node` as the place of a step, if there is one. */
export function placeAt(node: Node | undefined, claim?: string): Place {
  return { ...(node && { at: node }), ...(claim !== undefined && { claim }) }
}

export function pass(step: StepName, message: string, place: Place = {}): Step {
  return { step, result: 'pass', message, ...place }
}

export function fail(step: StepName, reason: DenyReason, message: string, place: Place = {}): Step {
  return { step, result: 'fail', reason, message, ...place }
}

export function unknown(step: StepName, message: string, place: Place = {}): Step {
  return { step, result: 'unknown', message, ...place }
}

export function skipped(step: StepName, message: string): Step {
  return { step, result: 'skipped', message }
}
