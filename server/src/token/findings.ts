import { type Circumstances, type DenyReason, decide, type Step } from '../decide/decide.ts'
import {
  issuerSteps,
  lifetimeOf,
  lifetimeStep,
  signatureSteps,
  sizeStep,
  timeSteps,
} from '../decide/token-steps.ts'
import { foreignParty } from '../wif/audience.ts'
import type { Presented } from '../wif/identity.ts'
import { type FederationIssuer, maxLifetime } from '../wif/issuer.ts'
import { MAX_ISSUER_LIFETIME } from '../wif/lifetime.ts'
import type { FederationRule } from '../wif/rule.ts'
import type { DecodedToken, NotAToken } from './decode.ts'

/** The rules of the catalogue about tokens. */
export type TokenRule =
  | 'token/not-a-jwt'
  | 'token/unverifiable'
  | 'token/time-invalid'
  | 'token/iss-aud-mismatch'
  | 'token/match-failed'
  | 'token/single-use'

/** Something to say about a token. No part of the token is in it: it may go to a log. */
export interface TokenFinding {
  rule: TokenRule
  severity: 'error' | 'warning' | 'info'
  message: string
  /** The check that failed, with the values and the place in the rule or issuer. */
  step?: Step
}

/** What a token is checked against, as far as it is known. */
export interface TokenContext extends Circumstances {
  issuer?: FederationIssuer | undefined
  rule?: FederationRule | undefined
}

/** A decoded token, as `decide` takes it. */
export function presented({ header, claims, size }: DecodedToken): Presented {
  return { title: 'the token', from: 'token', claims, complete: true, lifetime: undefined, header, size }
}

const NOT_A_TOKEN: Record<NotAToken, string> = {
  empty: 'There is no token here',
  several: 'There is more than one token here',
  'claude-token':
    'This is a Claude access token, which the exchange returns, not the identity token it takes',
  'api-key': 'This is an API key, not an identity token; it needs no exchange',
  json: 'This is JSON, not a token: only the token in it is exchanged (`aws sts get-web-identity-token` prints it alone with `--query WebIdentityToken --output text`)',
  unsigned: 'This token is not signed: its third part is empty',
  encrypted: 'This token has five parts: it is encrypted (JWE), and only signed tokens (JWS) are accepted',
  parts: 'This is no JWT: three parts, parted by dots, make one',
  encoding: 'This is no JWT: its parts must be base64url without padding',
  header: 'This is no JWT: its first part is no JSON object',
  payload: 'This is no JWT: its second part is no JSON object',
  'too-large': 'This token is longer than the 16 KiB that the exchange takes',
}

/** Why a text cannot be exchanged at all. */
export function notAToken(reason: NotAToken): TokenFinding {
  return { rule: 'token/not-a-jwt', severity: 'error', message: NOT_A_TOKEN[reason] }
}

/** What is to be said of `token`, in the order of the exchange. Only what `context` holds is checked. */
export function tokenFindings(token: DecodedToken, context: TokenContext): TokenFinding[] {
  const { issuer, rule, now } = context
  const subject = presented(token)
  const steps = rule
    ? decide(subject, issuer, rule, context).steps
    : [
        ...(issuer ? issuerSteps(subject, issuer) : []),
        ...signatureSteps(subject, issuer, context.signature),
        sizeStep(subject),
        ...timeSteps(subject, now),
        lifetimeStep(subject, issuer),
        subjectStep(subject),
      ].flatMap(step => step ?? [])
  return [
    ...forgivenFindings(token),
    ...steps.flatMap(step => fromStep(step, subject, context) ?? []),
    ...millisecondFindings(token),
    ...foreignAudience(token, rule),
    ...lifetimeFindings(subject, issuer),
    singleUse(token, issuer),
  ]
}

/** Without a rule, what every token needs. */
function subjectStep({ claims }: Presented): Step | undefined {
  if (typeof claims.sub === 'string' && claims.sub !== '') return undefined
  return { step: 'subject', result: 'fail', reason: 'claim_missing', message: '', claim: 'sub' }
}

function forgivenFindings({ forgiven }: DecodedToken): TokenFinding[] {
  const words = {
    bearer: '`Bearer`',
    quotes: 'the quotes',
    'white space': 'the white space',
    text: 'the text around it',
  }
  return forgiven.map(what => ({
    rule: 'token/not-a-jwt',
    severity: 'info',
    message: `Leave out ${words[what]}: only the token itself is exchanged`,
  }))
}

// --- steps -------------------------------------------------------------------------------------------------

type Wording = (step: Step, token: Presented, context: TokenContext) => string
const SAYS: Partial<Record<DenyReason, [rule: TokenRule, says: Wording]>> = {
  token_too_large: ['token/not-a-jwt', () => NOT_A_TOKEN['too-large']],
  algorithm_not_accepted: [
    'token/unverifiable',
    () => 'The algorithm in the header is not accepted, only RS, PS and ES with 256, 384 or 512',
  ],
  key_missing: [
    'token/unverifiable',
    () => 'The header names no key (`kid`), so no key can verify this token',
  ],
  key_not_found: [
    'token/unverifiable',
    () => 'None of the keys of the issuer has the `kid` that this token names',
  ],
  signature_invalid: [
    'token/unverifiable',
    () => 'The signature does not belong to this token and the keys of the issuer',
  ],
  claim_missing: [
    'token/unverifiable',
    ({ claim }, { claims }) =>
      `The token needs \`${claim}\`${claim === 'sub' ? ', a text that is not empty' : ', a number of seconds'}${isSvid(claims) ? '; SPIRE adds `iat` and `iss` when `jwt_issuer` is set' : ''}`,
  ],
  token_expired: ['token/time-invalid', () => 'The token has expired'],
  token_not_yet_valid: ['token/time-invalid', () => 'The token is not valid yet (`nbf`)'],
  issued_in_future: [
    'token/time-invalid',
    () => 'The token was issued in the future (`iat`): a clock is wrong',
  ],
  lifetime_exceeded: [
    'token/time-invalid',
    (_, token, { issuer }) =>
      `The token lives longer than the ${issuer ? maxLifetime(issuer) : MAX_ISSUER_LIFETIME} s that its issuer accepts${lifeHint(lifetimeOf(token))}`,
  ],
  issuer_mismatch: [
    'token/iss-aud-mismatch',
    ({ nearMiss }, _, { issuer }) =>
      `\`iss\` is not the \`issuer_url\` "${issuer?.url?.value}"${nearMiss ? `: ${nearMiss.hint}` : ''}`,
  ],
  match_audience: [
    'token/iss-aud-mismatch',
    ({ nearMiss }, _, { rule }) =>
      `The rule expects ${rule?.audience ? `audience "${rule.audience.value}"` : 'the default audience'}, and the token has another${nearMiss ? `: ${nearMiss.hint}` : ''}`,
  ],
  match_subject_prefix: ['token/match-failed', wordMismatch('`match_subject_prefix`', '`sub`')],
  match_claims: [
    'token/match-failed',
    (step, ...rest) => wordMismatch('`match_claims`', `\`${step.claim}\``)(step, ...rest),
  ],
  match_condition: [
    'token/match-failed',
    () => '`match_condition` would deny this token: the condition does not hold',
  ],
}

function wordMismatch(reason: string, claim: string): Wording {
  return ({ nearMiss }) =>
    `${reason} would deny this token: ${claim} is not what the rule asks for${nearMiss ? `: ${nearMiss.hint}` : ''}`
}

function fromStep(step: Step, token: Presented, context: TokenContext): TokenFinding | undefined {
  const wording = step.result === 'fail' && step.reason ? SAYS[step.reason] : undefined
  if (!wording) return undefined
  const [rule, says] = wording
  // A token that is looked at has nearly always expired meanwhile.
  const severity = step.reason === 'token_expired' ? 'info' : 'error'
  return { rule, severity, message: says(step, token, context), step }
}

// --- more than the steps -----------------------------------------------------------------------------------

/** A time of 13 digits: JavaScript's clock, where seconds are meant. */
function millisecondFindings({ claims }: DecodedToken): TokenFinding[] {
  return ['exp', 'iat', 'nbf']
    .filter(name => Object.hasOwn(claims, name) && Number(claims[name]) > 1e11)
    .map(name => ({
      rule: 'token/unverifiable',
      severity: 'error',
      message: `\`${name}\` is in milliseconds; times of a token are in seconds`,
    }))
}

/** Without a rule nothing says which audience is right, but some are surely not. */
function foreignAudience({ claims }: DecodedToken, rule: FederationRule | undefined): TokenFinding[] {
  const given = Array.isArray(claims.aud) ? claims.aud : [claims.aud]
  const [party] = given.flatMap(aud => (typeof aud === 'string' && foreignParty(aud)) || [])
  if (rule || !party || given.length > 1) return []
  return [
    {
      rule: 'token/iss-aud-mismatch',
      severity: 'warning',
      message: `The audience of this token is one for ${party}, not for Claude`,
    },
  ]
}

/** Longer than any issuer can be told to accept. */
function lifetimeFindings(token: Presented, issuer: FederationIssuer | undefined): TokenFinding[] {
  const life = lifetimeOf(token)
  // Milliseconds make every life a long one.
  if (issuer || life === undefined || life <= MAX_ISSUER_LIFETIME || life > 1e8) return []
  const message = `The token lives longer than any issuer can accept, ${MAX_ISSUER_LIFETIME} s${lifeHint(life)}`
  return [{ rule: 'token/time-invalid', severity: 'error', message }]
}

/** Whose tokens live so long. */
function lifeHint(life: number | undefined): string {
  if (life !== undefined && life > 31_000_000 && life < 32_000_000)
    return '; a year is what the default token of a pod lives'
  return life !== undefined && Math.abs(life - 86_400) <= 600
    ? '; a day is what tokens of managed identities and of the EKS webhook live'
    : ''
}

function singleUse({ claims }: DecodedToken, issuer: FederationIssuer | undefined): TokenFinding {
  const message = !Object.hasOwn(claims, 'jti')
    ? 'This token has no `jti`, so replay protection cannot apply: it can be exchanged until it expires'
    : issuer?.checkJti?.value === false
      ? 'The issuer does not check `jti`: this token can be exchanged until it expires'
      : 'This token can be exchanged once (`check_jti`); looking at it here does not use it up'
  return { rule: 'token/single-use', severity: 'info', message }
}

function isSvid({ sub }: Readonly<Record<string, unknown>>): boolean {
  return typeof sub === 'string' && sub.startsWith('spiffe://')
}
