import { compactVerify, errors, importJWK, type JWK } from 'jose'
import type { SignatureCheck, SignatureReason } from '../decide/decide.ts'
import { isObject } from '../text/json.ts'
import { isAcceptedAlgorithm } from '../wif/jwk.ts'
import { bareToken, decode } from './decode.ts'

/** The keys of an issuer as they are in its JWKS (RFC 7517): whatever JSON is there, for strangers wrote it. */
export type KeySet = readonly unknown[]

/** Two keys share a `kid` at most while one takes over from the other; thousands would keep us busy for minutes. */
const MAX_TRIED = 10

/** The keys of a JWKS document, `{"keys": [...]}`, or of a bare list; undefined when `value` is neither. */
export function readKeySet(value: unknown): KeySet | undefined {
  if (Array.isArray(value)) return value
  const keys = isObject(value) ? value.keys : undefined
  return Array.isArray(keys) ? keys : undefined
}

/**
 * Whether one of `keys` signed the token in `text`, by the rules of the service (reference, JWT verification): nine
 * algorithms, all with public keys, and a `kid` that names the key. So `none` and HMAC, for which a public key would
 * be a known secret, are refused before any key is looked at. Needs no network, and never rejects.
 */
export async function verify(text: string, keys: KeySet): Promise<SignatureCheck> {
  const decoded = decode(text)
  if (!decoded.ok) return refused('signature_invalid', 'What is no identity token has no signature to verify')
  const { alg, kid } = decoded.token.header
  if (typeof alg !== 'string' || !isAcceptedAlgorithm(alg))
    return refused('algorithm_not_accepted', 'The algorithm in the header is not accepted')
  if (typeof kid !== 'string' || kid === '')
    return refused('key_missing', 'The header names no key: it has no `kid`')
  // Extensions that change what is signed (RFC 7515, section 4.1.11); no identity provider uses one.
  if (Object.hasOwn(decoded.token.header, 'crit'))
    return refused(
      'signature_invalid',
      'The header demands an extension of JWS (`crit`), and none is understood here',
    )

  const named = keys.filter(isObject).filter(key => key.kid === kid)
  if (named.length === 0) return refused('key_not_found', `No key at hand has the \`kid\` "${kid}"`)
  const { bare } = bareToken(text)
  let why = ''
  for (const key of named.slice(0, MAX_TRIED)) {
    const reason = await refusal(bare, alg, key)
    if (reason === undefined) return { valid: true, message: `The key "${kid}" signed the token` }
    why ||= reason
  }
  const message =
    named.length > MAX_TRIED
      ? `${named.length} keys have the \`kid\` "${kid}"; the first ${MAX_TRIED} did not sign this token`
      : `The key "${kid}" ${why}`
  return refused('signature_invalid', message)
}

/** Why `key` does not verify the token, as the rest of a sentence; undefined when it does. */
async function refusal(
  token: string,
  alg: string,
  key: Record<string, unknown>,
): Promise<string | undefined> {
  const { kty, n, e, crv, x, y } = key
  if (key.alg !== undefined && key.alg !== alg) return `is not for ${alg}, which the header says`
  if (key.use !== undefined && key.use !== 'sig') return 'is not for signatures (`use`)'
  if (kty !== (alg.startsWith('ES') ? 'EC' : 'RSA')) return `is not of the type that ${alg} takes`
  // Only what is public of it: the algorithm comes from the header, and a private key verifies nothing.
  const jwk = (kty === 'EC' ? { kty, crv, x, y } : { kty, n, e }) as JWK
  try {
    await compactVerify(token, await importJWK(jwk, alg), { algorithms: [alg] })
    return undefined
  } catch (error) {
    return error instanceof errors.JWSSignatureVerificationFailed
      ? 'did not sign this token, or the token was changed'
      : `cannot be used with ${alg}: it is broken, too short or on another curve`
  }
}

function refused(reason: SignatureReason, message: string): SignatureCheck {
  return { valid: false, reason, message }
}
