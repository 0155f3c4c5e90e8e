import { isAbsent, textAt } from '../syntax/node.ts'
import type { Presented } from '../wif/identity.ts'
import { type FederationIssuer, maxLifetime } from '../wif/issuer.ts'
import { inlineKeys, isAcceptedAlgorithm } from '../wif/jwk.ts'
import { isPlaceholder } from '../wif/placeholder.ts'
import { isKubernetes } from '../wif/providers/index.ts'
import { nearMiss } from './near-miss.ts'
import { type DenyReason, fail, pass, placeAt, type Step, skipped, unknown } from './step.ts'

/** An assertion may have 16 KiB (reference, JWT verification). */
export const MAX_TOKEN_SIZE = 16 * 1024

/** Seconds that the clocks of issuer and service may differ (reference, JWT verification). */
export const LEEWAY = 30

/** Who signed the token. */
export function issuerSteps(token: Presented, issuer: FederationIssuer | undefined): Step[] {
  if (!issuer) return [unknown('issuer', 'The issuer of the rule is not in the workspace')]
  const steps = [comparison(token, issuer)]
  if (issuer.archivedAt) {
    const message = `The issuer was archived (${issuer.archivedAt.value})`
    steps.push(fail('issuer', 'issuer_archived', message, placeAt(issuer.archivedAt)))
  }
  return steps
}

function comparison(token: Presented, { url, provider }: FederationIssuer): Step {
  const place = placeAt(url, 'iss')
  const { iss } = token.claims
  if (typeof iss === 'string' && url && !isPlaceholder(url.value)) {
    if (iss === url.value) return pass('issuer', `\`iss\` is "${iss}"`, place)
    const near = nearMiss({ text: url.value, prefix: false }, iss)
    const message = `\`iss\` is "${iss}", the issuer says "${url.value}"${near ? `: ${near.hint}` : ''}`
    return { ...fail('issuer', 'issuer_mismatch', message, place), ...(near && { nearMiss: near }) }
  }
  if (token.complete && typeof iss !== 'string')
    return fail('issuer', 'issuer_mismatch', 'The token does not say who issued it: it has no `iss`', place)
  const possible =
    !provider ||
    token.from === 'token' ||
    (token.from === 'kubernetes' ? isKubernetes(provider) : provider.id === token.from)
  if (possible) return unknown('issuer', 'Which issuer signs the token is not known', place)
  const message = `${provider.name} does not sign the tokens of ${token.title}`
  return fail('issuer', 'issuer_mismatch', message, place)
}

/** What the check of a signature gave, for who has the keys at hand. */
export type SignatureCheck =
  | { valid: true; message: string }
  | { valid: false; reason: SignatureReason; message: string }

/** Why a signature is refused. */
export type SignatureReason = Extract<
  DenyReason,
  'algorithm_not_accepted' | 'key_missing' | 'key_not_found' | 'signature_invalid'
>

/** How the token is signed, and whether the key is known. */
export function signatureSteps(
  token: Presented,
  issuer: FederationIssuer | undefined,
  check: SignatureCheck | undefined,
): Step[] {
  const { header } = token
  if (!header) return [skipped('signature', 'There is no signature before the token is minted')]
  const steps: Step[] = []
  const { alg, kid } = header
  if (!isAcceptedAlgorithm(alg)) {
    const message = `The algorithm ${typeof alg === 'string' ? `"${alg}"` : 'is missing and'} is not accepted, only RS, PS and ES with 256, 384 or 512`
    steps.push(fail('signature', 'algorithm_not_accepted', message))
  }
  if (typeof kid !== 'string' || kid === '')
    steps.push(fail('signature', 'key_missing', 'The header names no key: it has no `kid`'))
  else if (issuer?.keySource === 'inline' && !isAmong(kid, issuer)) {
    const message = `No key of the issuer has the \`kid\` "${kid}"`
    steps.push(fail('signature', 'key_not_found', message, placeAt(issuer.jwks ?? issuer.url)))
  }
  if (check)
    steps.push(
      check.valid ? pass('signature', check.message) : fail('signature', check.reason, check.message),
    )
  if (steps.length === 0) steps.push(unknown('signature', 'The signature was not checked: no keys at hand'))
  return steps
}

function isAmong(kid: string, issuer: FederationIssuer): boolean {
  const kids = inlineKeys(issuer).map(key => textAt(key, 'kid') ?? '')
  return issuer.tree.templated || kids.some(known => known === kid || isPlaceholder(known))
}

export function sizeStep({ size }: Presented): Step {
  if (size === undefined) return skipped('size', 'There is no size before the token is minted')
  if (size <= MAX_TOKEN_SIZE) return pass('size', `The token has ${size} bytes`)
  const message = `The token has ${size} bytes, at most ${MAX_TOKEN_SIZE} are accepted`
  return fail('size', 'token_too_large', message)
}

/** Whether the token is valid now. Every reason is told: what comes too late may also come too early. */
export function timeSteps({ claims, complete }: Presented, now: number | undefined): Step[] {
  if (!complete) return [skipped('time', 'There is no time of issue before the token is minted')]
  const { exp, iat, nbf } = claims
  const steps: Step[] = []
  for (const [name, value] of [
    ['exp', exp],
    ['iat', iat],
  ] as const)
    if (typeof value !== 'number' || !Number.isFinite(value))
      steps.push(
        fail('time', 'claim_missing', `The token needs \`${name}\`, a number of seconds`, { claim: name }),
      )
  if (steps.length > 0) return steps
  if (nbf !== undefined && nbf !== null && typeof nbf !== 'number')
    return [unknown('time', 'What `nbf` means is not known: it is no number of seconds', { claim: 'nbf' })]
  if (now === undefined) return [unknown('time', 'Whether the token is still valid depends on the clock')]

  if (typeof exp === 'number' && now > exp + LEEWAY)
    steps.push(fail('time', 'token_expired', `The token expired ${seconds(now - exp)} ago`, { claim: 'exp' }))
  if (typeof nbf === 'number' && now < nbf - LEEWAY)
    steps.push(
      fail('time', 'token_not_yet_valid', `The token is valid in ${seconds(nbf - now)} only`, {
        claim: 'nbf',
      }),
    )
  if (typeof iat === 'number' && now < iat - LEEWAY)
    steps.push(
      fail('time', 'issued_in_future', `The token was issued ${seconds(iat - now)} in the future`, {
        claim: 'iat',
      }),
    )
  return steps.length > 0 ? steps : [pass('time', 'The token is valid now')]
}

function seconds(count: number): string {
  return `${Math.round(count)} s`
}

/** The seconds from `iat` to `exp`, as far as they are known. */
export function lifetimeOf({ lifetime, claims }: Presented): number | undefined {
  const { exp, iat } = claims
  return lifetime ?? (typeof exp === 'number' && typeof iat === 'number' ? exp - iat : undefined)
}

/** Whether the token does not live longer than its issuer allows. */
export function lifetimeStep(token: Presented, issuer: FederationIssuer | undefined): Step {
  const lifetime = lifetimeOf(token)
  if (lifetime === undefined) return unknown('lifetime', 'How long the token lives is not known')
  if (!issuer)
    return unknown('lifetime', 'How long a token may live is not known: the issuer is not in the workspace')
  if (!issuer.maxLifetime && (issuer.tree.templated || !isAbsent(issuer.node, 'max_jwt_lifetime_seconds')))
    return unknown('lifetime', 'How long a token may live is not known')
  const max = maxLifetime(issuer)
  const place = placeAt(issuer.maxLifetime ?? issuer.url)
  if (lifetime <= max)
    return pass('lifetime', `The token lives ${lifetime} s, at most ${max} s are accepted`, place)
  const message = `The token lives ${lifetime} s, but the issuer accepts at most ${max} s`
  return fail('lifetime', 'lifetime_exceeded', message, place)
}
