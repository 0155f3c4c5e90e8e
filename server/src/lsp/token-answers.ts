import { mapBounded } from '../node/pool.ts'
import { briefly, type CheckMeans, checkToken } from '../token/check.ts'
import { type DecodedToken, decode } from '../token/decode.ts'
import { notAToken } from '../token/findings.ts'
import type { Answer } from '../token/report.ts'
import { issuerOf } from '../wif/pairing.ts'
import type { FederationRule } from '../wif/rule.ts'
import type { WorkspaceView } from '../wif/view.ts'
import type { Session } from './session.ts'
import type { CheckParams, RuleRef } from './token-protocol.ts'
import { uriKey } from './uri.ts'

/** Conditions that take long are evaluated in processes of their own: no more than a machine bears besides its work. */
const AT_A_TIME = 4

/** A token and what is asked of it, in one state of the workspace. */
export interface Question {
  text: string
  token: DecodedToken
  view: WorkspaceView
  means: CheckMeans
}

export function questionOf(session: Session, params: CheckParams): Question | { refusal: string } {
  const decoded = decode(params.token)
  if (!decoded.ok) return { refusal: notAToken(decoded.reason).message }
  const { now, evaluate } = session.runtime
  return {
    text: params.token,
    token: decoded.token,
    view: session.workspace.view(),
    means: { now: now(), evaluate, jwks: params.keys },
  }
}

export function allAnswers(question: Question): Promise<Answer[]> {
  return mapBounded(question.view.rules(), rule => answerOf(question, rule, false), AT_A_TIME)
}

/** @param always whether to evaluate the condition also of a rule that denies the token for another reason */
export async function answerOf(
  { text, token, view, means }: Question,
  rule: FederationRule,
  always: boolean,
): Promise<Answer> {
  const issuer = issuerOf(view, rule)
  // Clusters share their issuer's name, not their keys: an issuer's own keys go before those that somebody chose.
  const jwks = issuer?.keySource === 'inline' ? undefined : means.jwks
  const without = always ? undefined : await checkToken(text, token, issuer, rule, { now: means.now, jwks })
  const check =
    without && (without.verdict === 'denied' || !rule.condition)
      ? without
      : await checkToken(text, token, issuer, rule, {
          ...means,
          evaluate: always ? means.evaluate : briefly(means.evaluate),
          jwks,
        })
  return { rule, issuer, check }
}

const RANK = { admitted: 0, unknown: 1, denied: 2 }

/** The rule that the token is meant for: the one that is named, else the one that comes nearest to admitting it. */
export function meantOf(answers: readonly Answer[], ref: RuleRef | undefined): Answer | undefined {
  return (ref && answers.find(({ rule }) => isMeant(rule, ref))) ?? nearest(answers)
}

export function isMeant({ file, node }: FederationRule, ref: RuleRef): boolean {
  if (file.uri !== uriKey(ref.uri)) return false
  if ('index' in ref) return file.rules[ref.index]?.node === node
  return node.start <= ref.offset && ref.offset <= node.end
}

function nearest(answers: readonly Answer[]): Answer | undefined {
  const rank = ({ check: { verdict, steps } }: Answer) =>
    RANK[verdict] * 100 + steps.filter(({ result }) => result === 'fail').length
  return answers.toSorted((a, b) => rank(a) - rank(b))[0]
}
