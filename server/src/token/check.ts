import { evaluate, type IsolatedEvaluator } from '../cel/index.ts'
import { type Decision, decide, type ExchangeRequest, type SignatureCheck } from '../decide/decide.ts'
import { signatureSteps } from '../decide/token-steps.ts'
import { type ObjectNode, textAt, toValue } from '../syntax/node.ts'
import type { FederationIssuer } from '../wif/issuer.ts'
import { inlineKeys } from '../wif/jwk.ts'
import { isStandIn } from '../wif/placeholder.ts'
import { isKubernetes, providerOfIssuer, providersOfSubject } from '../wif/providers/index.ts'
import type { FederationRule } from '../wif/rule.ts'
import type { DecodedToken } from './decode.ts'
import { presented, type TokenFinding, tokenFindings } from './findings.ts'
import { type KeySet, verify } from './verify.ts'

/** What a token is checked with, beside the rule and its issuer. */
export interface CheckMeans {
  /** Seconds since 1970. */
  now: number
  /** The keys of who issued the token; without them, those that the issuer holds itself. */
  jwks?: KeySet | undefined
  /** Without it a condition is not evaluated. */
  evaluate?: IsolatedEvaluator | undefined
  /** What is asked for beside the token; without it nothing is said about that. */
  request?: ExchangeRequest | undefined
}

/** Units of work: some milliseconds, and more than real conditions need. */
const BRIEF = 20_000

/**
 * An evaluator for the many rules of a workspace: a process for each would take a tenth of a second. What is not done
 * with at once goes to `isolated`, which can be ended.
 */
export function briefly(isolated: IsolatedEvaluator | undefined): IsolatedEvaluator | undefined {
  return (
    isolated &&
    (async (source, claims, options) => {
      const answer = evaluate(source, claims, { ...options, budget: BRIEF })
      return 'stopped' in answer && answer.stopped ? isolated(source, claims, options) : answer
    })
  )
}

/** What the service would say of a token, and what else there is to say. */
export interface TokenCheck extends Decision {
  findings: TokenFinding[]
}

/**
 * Checks a token against one rule.
 * @param text what `token` was decoded from: its signature is nowhere else
 */
export async function checkToken(
  text: string,
  token: DecodedToken,
  issuer: FederationIssuer | undefined,
  rule: FederationRule,
  { now, jwks, evaluate: evaluateCondition, request }: CheckMeans,
): Promise<TokenCheck> {
  const signature = await checkSignature(text, token, issuer, jwks)
  const answer = rule.condition && (await evaluateCondition?.(rule.condition.value, token.claims))
  const circumstances = {
    now,
    ...(signature && { signature }),
    ...(request && { request }),
    ...(answer && { evaluate: () => answer }),
  }
  const decision = decide(presented(token), issuer, rule, circumstances)
  return { ...decision, findings: tokenFindings(token, { issuer, rule, ...circumstances }) }
}

/** Undefined when the header alone refuses the token, which `decide` sees for itself, and when no key is at hand. */
async function checkSignature(
  text: string,
  token: DecodedToken,
  issuer: FederationIssuer | undefined,
  jwks: KeySet | undefined,
): Promise<SignatureCheck | undefined> {
  if (signatureSteps(presented(token), issuer, undefined).some(step => step.result === 'fail'))
    return undefined
  if (jwks) return verify(text, jwks)
  const keys = issuer?.keySource === 'inline' ? inlineKeys(issuer) : []
  const named = keys.filter(key => textAt(key, 'kid') === token.header.kid)
  // A key that is not there, or not filled in, may still come: `decide` has denied the token otherwise.
  return named.length > 0 && !named.some(isUnfinished) ? verify(text, named.map(toValue)) : undefined
}

function isUnfinished({ properties }: ObjectNode): boolean {
  return properties.some(({ value }) => isStandIn(value))
}

/** Whose tokens look like this one, and by what; undefined for nobody known. */
export function tokenKind({ claims: { iss, sub } }: DecodedToken): string | undefined {
  const byIssuer = typeof iss === 'string' ? providerOfIssuer(iss) : undefined
  if (byIssuer) return `${byIssuer.name}, by its issuer`
  const [first] = typeof sub === 'string' ? providersOfSubject(sub) : []
  return first && `${isKubernetes(first) ? 'Kubernetes' : first.name}, by its subject`
}
