import { list, number, text } from './claim.ts'
import type { ClaimInfo } from './provider.ts'

/** The registered claims every provider sends (RFC 7519 section 4.1, OpenID Connect Core section 2). */
export const standardClaims: Record<string, ClaimInfo> = {
  iss: text('Who signed the token: must equal the `issuer_url` of the issuer, byte for byte.'),
  sub: text('The workload the token speaks for; `subject_prefix` is matched against it.'),
  aud: text('The service the token was requested for; `audience` is matched against it.'),
  exp: number('When the token expires, in seconds since 1970.', { volatile: true }),
  iat: number('When the token was issued, in seconds since 1970.', { volatile: true }),
}

/** `nbf`, for the providers that send it. */
export const notBefore: ClaimInfo = number(
  'The token is not valid before this time, in seconds since 1970.',
  {
    volatile: true,
  },
)

/** `jti`, for the providers that send it. */
export const tokenId: ClaimInfo = text(
  'The id of this one token; with `check_jti` each can be exchanged once.',
  {
    volatile: true,
  },
)

/** `aud` where it is always a list. */
export const audienceList: ClaimInfo = list(
  'The services the token was requested for, as a list; `audience` is matched against each of them.',
)
