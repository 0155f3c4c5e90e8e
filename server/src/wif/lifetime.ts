/**
 * The arithmetic of short lives: how long a Claude token lives, when the SDK asks for the next one, and when the
 * kubelet puts a new identity token into the file. All in seconds.
 */

/** What a rule asks for, at most twice what is left of the identity token, never below a minute (overview, Token lifetime and refresh). */
export function mintedLifetime(asked: number, remaining: number): number {
  return Math.max(60, Math.min(asked, 2 * remaining))
}

/** The kubelet replaces a projected token at 80 % of its life or after 24 hours (Kubernetes, Projected volumes). */
export function rotationAge(expiration: number): number {
  return Math.min(0.8 * expiration, 86_400)
}

/** The SDK asks for the next Claude token this many seconds before the end of one, and goes on without when it gets none (SDK, credentials). */
export const ADVISORY_REFRESH = 120

/** The SDK refuses to use a Claude token for its last seconds: it must have another one by then (SDK, credentials). */
export const MANDATORY_REFRESH = 30

/** A new file may come this late: the kubelet's jitter, and the time it takes to sync a volume. */
const ROTATION_DELAY = 120

/** How the first Claude token of a projected token ends, when each projected token can be exchanged once. */
export interface Refresh {
  /** When the first Claude token is no longer used. */
  usableUntil: number
  /** When the file holds another token, if all goes fast. */
  rotation: number
  /** Always a gap without any token; one when the kubelet is late; none. */
  outcome: 'gap' | 'marginal' | 'safe'
}

/**
 * Whether a pod is without a Claude token between the end of one and the next identity token: `jti` makes the file's
 * token useless once it was exchanged.
 * @param expiration `expirationSeconds` of the projection
 * @param asked `token_lifetime_seconds` of the rule
 */
export function refresh(expiration: number, asked: number): Refresh {
  const usableUntil = mintedLifetime(asked, expiration) - MANDATORY_REFRESH
  const rotation = rotationAge(expiration)
  const outcome =
    usableUntil < rotation ? 'gap' : usableUntil < rotation + ROTATION_DELAY ? 'marginal' : 'safe'
  return { usableUntil, rotation, outcome }
}

/** The most an issuer accepts as `max_jwt_lifetime_seconds`: 49 hours (SDK, federation issuers). */
export const MAX_ISSUER_LIFETIME = 176_400

/** The shortest and the longest `token_lifetime_seconds` (reference, Resource fields). */
export const MIN_TOKEN_LIFETIME = 60
export const MAX_TOKEN_LIFETIME = 86_400

/** Whether a rule may ask for so many seconds. */
export function isTokenLifetime(seconds: number): boolean {
  return seconds >= MIN_TOKEN_LIFETIME && seconds <= MAX_TOKEN_LIFETIME
}

/** The least `token_lifetime_seconds` that bridges the wait; undefined when a rule cannot ask for that much. */
export function safeLifetime(expiration: number): number | undefined {
  const least = Math.ceil(rotationAge(expiration)) + ROTATION_DELAY + MANDATORY_REFRESH
  return least <= MAX_TOKEN_LIFETIME && refresh(expiration, least).outcome === 'safe' ? least : undefined
}
