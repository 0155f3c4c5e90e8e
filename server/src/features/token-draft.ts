import { slug } from '../lint/slug.ts'
import { realId } from '../wif/pairing.ts'
import { providerOfIssuer, providersOfSubject } from '../wif/providers/index.ts'
import type { Provider } from '../wif/providers/provider.ts'
import { DEFAULT_AUDIENCE } from '../wif/rule.ts'
import type { WorkspaceView } from '../wif/view.ts'

/** A rule as one sends it to the API. */
export type DraftedRule = {
  name: string
  issuer_id: string
  match: { subject_prefix?: string; audience: string; claims?: Record<string, string> }
  target: { type: 'service_account'; service_account_id: string }
  workspace_id: string
  oauth_scope: string
}

const MAX_NAME = 64

/**
 * The narrowest rule that admits tokens like this one, also the next: exactly this subject, but for parts of it that
 * are others on every run. What no token says stays a placeholder. Undefined for a token without a subject.
 */
export function draftRule(
  claims: Readonly<Record<string, unknown>>,
  view: Pick<WorkspaceView, 'issuers'>,
): DraftedRule | undefined {
  const { iss, sub, aud } = claims
  if (typeof sub !== 'string' || sub === '') return undefined
  const provider = providerOf(iss, sub)
  const lasting = provider ? lastingPart(provider, sub) : sub
  return {
    name: nameFor(sub, lasting),
    issuer_id: issuerId(view, iss) ?? 'fdis_...',
    match: matchers(sub, lasting, audienceOf(aud), provider, claims),
    target: { type: 'service_account', service_account_id: 'svac_...' },
    workspace_id: 'wrkspc_...',
    oauth_scope: 'workspace:inference',
  }
}

function matchers(
  sub: string,
  lasting: string,
  audience: string,
  provider: Provider | undefined,
  claims: Readonly<Record<string, unknown>>,
): DraftedRule['match'] {
  // A `*` at the end of a subject is a wildcard to `subject_prefix`, and a character to `claims`.
  if (lasting === sub && sub.endsWith('*')) return { audience, claims: { sub } }
  const ids = idClaims(provider, sub)
  const wanted = lasting === sub ? ids : [...ids, ...workloadClaims(provider)]
  const more = textsOf(claims, wanted)
  return {
    subject_prefix: lasting === sub ? sub : `${lasting}*`,
    audience,
    ...(Object.keys(more).length > 0 && { claims: more }),
  }
}

/** Ids of what the subject calls by a name, which somebody else may have one day. */
function idClaims(provider: Provider | undefined, sub: string): string[] {
  const named = provider?.subject.read(sub).segments.flatMap(({ claim, name }) => [claim, name]) ?? []
  return named.map(name => `${name}_id`).filter(id => provider?.claims[id]?.pins !== undefined)
}

/** What else says which workload it is, where the subject does not say it to the end. */
function workloadClaims(provider: Provider | undefined): string[] {
  return Object.entries(provider?.claims ?? {}).flatMap(([name, { pins, volatile, callerControlled }]) =>
    pins === 'workload' && !volatile && callerControlled === undefined ? name : [],
  )
}

function textsOf(
  claims: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of names) {
    const value = Object.hasOwn(claims, name) ? claims[name] : undefined
    if (typeof value === 'string' && value !== '') found[name] = value
  }
  return found
}

function providerOf(iss: unknown, sub: string): Provider | undefined {
  const byIssuer = typeof iss === 'string' ? providerOfIssuer(iss) : undefined
  const [only, ...more] = byIssuer ? [byIssuer] : providersOfSubject(sub)
  return more.length === 0 ? only : undefined
}

/** The subject up to the first part that is another on every run: a commit, a step. */
function lastingPart({ subject, claims }: Provider, sub: string): string {
  const { segments, problem } = subject.read(sub)
  const passing = segments.find(({ claim }) => claim !== undefined && claims[claim]?.volatile)
  return problem || !passing || passing.start === 0 ? sub : sub.slice(0, passing.start)
}

/** Claude's own if the token has it: whoever else the token is for must not be able to replay it here. */
function audienceOf(aud: unknown): string {
  const given: unknown[] = Array.isArray(aud) ? aud : [aud]
  const first = given.find(each => typeof each === 'string' && each !== '')
  return given.includes(DEFAULT_AUDIENCE) || typeof first !== 'string' ? DEFAULT_AUDIENCE : first
}

function issuerId(view: Pick<WorkspaceView, 'issuers'>, iss: unknown): string | undefined {
  const [only, ...more] = view.issuers().filter(({ url }) => url !== undefined && url.value === iss)
  return more.length === 0 ? realId(only?.id?.value) : undefined
}

/** The last part of the subject that is a name of something. */
function nameFor(sub: string, lasting: string): string {
  const names = lasting.split(/[:/]/).map(slug)
  return (names.findLast(name => name !== '') ?? slug(sub)).slice(0, MAX_NAME) || 'drafted'
}
