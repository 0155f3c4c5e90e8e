import { type Access, accessOf } from '../../access/access.ts'
import { fileName } from '../../lint/narrow.ts'
import { get, textAt } from '../../syntax/node.ts'
import { code } from '../../text/markdown.ts'
import { isVolatile } from '../../wif/claims.ts'
import type { FederationIssuer } from '../../wif/issuer.ts'
import { refresh, safeLifetime } from '../../wif/lifetime.ts'
import { issuerOf, providerOf, realId, subjectProvider } from '../../wif/pairing.ts'
import { isEntra, isKubernetes } from '../../wif/providers/index.ts'
import type { ClaimInfo, Provider } from '../../wif/providers/provider.ts'
import { DEFAULT_AUDIENCE, DEFAULT_TOKEN_LIFETIME, type FederationRule, readRule } from '../../wif/rule.ts'
import type { SCOPES } from '../../wif/scopes.ts'
import { subjectPattern } from '../../wif/subject.ts'
import { SERVICE_ACCOUNT_ID, WORKSPACE_ID } from '../../wif/variables.ts'
import type { WorkspaceView } from '../../wif/view.ts'
import { aboutClaim } from '../cel-claim.ts'
import { type Candidate, distinct, type NamedCandidate, STOP } from './candidate.ts'
import { type Context, pathText } from './context.ts'
import { fits, knownAudiences, knownClaims, knownIds, knownSubjects } from './known.ts'
import { templateOf } from './templates.ts'

/** What may stand in a field of a rule, beyond what its schema says. */
export function ruleValues(context: Context): Candidate[] {
  const rule = readRule(context.entity, context)
  const { view, path } = context
  switch (pathText(path)) {
    case 'issuer_id':
      return orPlaceholder(issuerIds(context, rule), 'fdis_...')
    case 'match/subject_prefix':
      return subjects(context, rule)
    case 'match/audience':
      return audiences(context, rule)
    case 'oauth_scope':
      return scopes(context)
    case 'target/service_account_id':
      return orPlaceholder(seenIds(view, SERVICE_ACCOUNT_ID), 'svac_...')
    case 'workspace_id':
      return orPlaceholder(seenIds(view, WORKSPACE_ID), 'wrkspc_...')
    case 'token_lifetime_seconds':
      return lifetimes(context, rule)
    default:
      return path.length === 3 && path[0] === 'match' && path[1] === 'claims'
        ? claimValues(context, rule, String(path[2]))
        : []
  }
}

/** Ids, or other values, that the workspace uses elsewhere. */
export function seen(values: ReadonlyMap<string, string>): Candidate[] {
  return [...values].map(([value, title]) => ({ value, detail: title, kind: 'reference' }))
}

/** The ids of a kind, by the variable that holds one. */
export function seenIds(view: WorkspaceView, variable: string): Candidate[] {
  return seen(knownIds(view, view)[variable] ?? new Map())
}

/** What people fill in, where nothing is known. */
export function orPlaceholder(candidates: Candidate[], placeholder: string): Candidate[] {
  return candidates.length > 0 ? candidates : [{ value: placeholder, detail: 'to be filled in' }]
}

function issuerIds({ view, file }: Context, rule: FederationRule): Candidate[] {
  const wanted = subjectProvider(rule)
  const mayBe = ({ provider, archivedAt }: FederationIssuer) =>
    !archivedAt &&
    (!wanted || !provider || provider === wanted || (isKubernetes(provider) && isKubernetes(wanted)))
  const linked = [...view.configOf(file).links].filter(([id]) => id.startsWith('fdis_'))
  return distinct([
    ...view.issuers().flatMap((issuer): Candidate[] => {
      const id = realId(issuer.id?.value)
      if (id === undefined || !mayBe(issuer)) return []
      const name = issuer.name?.value ?? ''
      const documentation = issuer.url && `Issuer ${code(issuer.url.value)}`
      return [{ value: id, detail: about(name, issuer), documentation, words: name, kind: 'reference' }]
    }),
    ...linked.map(([id, uri]) => ({ value: id, detail: fileName(uri), kind: 'reference' as const })),
  ])
}

function about(name: string, { provider }: FederationIssuer): string {
  return [name, provider?.name ?? ''].filter(part => part !== '').join(', ')
}

/** The subjects of the workspace that the issuer can sign; and how its provider writes one. */
function subjects({ view }: Context, rule: FederationRule): Candidate[] {
  const provider = providerOf(view, rule)
  const found = knownSubjects(view, view).filter(({ from }) => fits(from, provider))
  const shape = provider && templateOf(provider).subject
  return [
    ...found.map(({ sub, title }): Candidate => ({ value: sub, detail: title, kind: 'reference' })),
    ...(shape === undefined ? [] : [{ value: shape, detail: `${provider?.name}, to be filled in` }]),
  ]
}

/** Who gets in by the rule; of one without a subject that is yet to be seen, and everybody would have to be asked. */
function admittedBy(view: WorkspaceView, rule: FederationRule): readonly Access[] {
  return rule.subject ? accessOf(view, rule) : []
}

/** Those of the pods that the rule admits; else those of the workspace, the default first. */
function audiences({ view, file }: Context, rule: FederationRule): Candidate[] {
  const provider = providerOf(view, rule)
  const asked = new Map<string, string>()
  for (const { identity } of admittedBy(view, { ...rule, audience: undefined })) {
    for (const audience of [identity.claims.aud].flat())
      if (typeof audience === 'string' && knownAudiences(view, view).has(audience))
        asked.set(audience, identity.title)
  }
  if (asked.size > 0) return seen(asked)
  const standard: Candidate[] = [
    {
      value: provider ? templateOf(provider).audience : DEFAULT_AUDIENCE,
      detail: provider && isEntra(provider) ? 'the application' : 'the Claude API',
    },
  ]
  const configured = view.configOf(file).audiences.map(value => ({ value, detail: 'wif-lint' }))
  return distinct([...standard, ...configured, ...seen(knownAudiences(view, view))])
}

/** The scopes that the API may give, the narrower first; the others can only be given in the Console. */
const API_SCOPES: [scope: (typeof SCOPES)[number], prose: string][] = [
  ['workspace:inference', 'Messages, Models and chat completions.'],
  ['workspace:developer', 'Inference, and files, skills and agents.'],
]

function scopes({ view, file }: Context): Candidate[] {
  return [
    ...API_SCOPES.map(([value, documentation]) => ({ value, documentation, closed: true as const })),
    ...view.configOf(file).scopes.map(value => ({ value, detail: 'wif-lint' })),
  ]
}

/** Lifetimes that bridge the wait for the next token of every pod that the rule admits. */
function lifetimes({ view }: Context, rule: FederationRule): Candidate[] {
  const waits = [
    ...new Set(
      admittedBy(view, rule).flatMap(({ identity }) =>
        identity.from === 'kubernetes' && identity.lifetime !== undefined ? identity.lifetime : [],
      ),
    ),
  ]
  const replaces = issuerOf(view, rule)?.checkJti?.value !== false
  const isSafe = (seconds: number) =>
    !replaces || waits.every(expiration => refresh(expiration, seconds).outcome === 'safe')
  const least = waits.flatMap(expiration => safeLifetime(expiration) ?? []).sort((a, b) => b - a)[0]
  const offered = [DEFAULT_TOKEN_LIFETIME, ...(least === undefined ? [] : [least]), 900, 600].filter(isSafe)
  return [...new Set(offered)].map(seconds => ({
    value: seconds,
    detail:
      seconds === DEFAULT_TOKEN_LIFETIME
        ? 'default'
        : seconds === least
          ? 'bridges the rotation of the token'
          : '',
  }))
}

// --- claims ------------------------------------------------------------------------------------------------

/** The claims that the `claims` map can compare: strings at the top that last; those of the caller's choice last. */
export function claimNames(context: Context): NamedCandidate[] {
  const rule = readRule(context.entity, context)
  const provider = providerOf(context.view, rule)
  if (!provider) return []
  const usable = Object.entries(provider.claims).filter(
    ([name, { type }]) => type === 'string' && !NOT_FOR_CLAIMS.has(name) && !isVolatile(provider, [name]),
  )
  return usable
    .sort(([, a], [, b]) => rank(a) - rank(b))
    .map(([name, info]) => {
      const [first] = claimValues(context, rule, name)
      const isChosen = info.callerControlled !== undefined
      return {
        name,
        value: first?.value ?? STOP,
        detail: isChosen ? 'chosen by the caller' : info.pins && `pins the ${provider.words[info.pins]}`,
        documentation: aboutClaim(info, provider),
      }
    })
}

/** What has a place of its own in a rule or an issuer. */
const NOT_FOR_CLAIMS = new Set(['iss', 'sub', 'aud'])

function rank({ pins, callerControlled }: ClaimInfo): number {
  return callerControlled !== undefined ? 2 : pins === undefined ? 1 : 0
}

/** The value that the subject requires already, and those that other rules ask for. */
function claimValues({ view }: Context, rule: FederationRule, name: string): Candidate[] {
  const bySubject = segmentOf(rule, providerOf(view, rule), name)
  if (bySubject !== undefined) return [{ value: bySubject, detail: 'as in the subject' }]
  const elsewhere = seen(knownClaims(view, view).get(name) ?? new Map())
  const usual =
    name === 'ref' && /^repo:/.test(rule.subject?.value ?? '') ? [{ value: 'refs/heads/main' }] : []
  return distinct([...elsewhere, ...usual])
}

/** What the subject says of a claim. */
function segmentOf(rule: FederationRule, provider: Provider | undefined, name: string): string | undefined {
  if (!rule.subject || !provider) return undefined
  const { segments } = provider.subject.read(subjectPattern(rule.subject.value).literal)
  const named = (part: string) => segments.find(each => each.name === part && each.closed)?.text
  const [owner, repository] = [named('owner'), named('repository')]
  // Of GitHub's, in two segments.
  if (name === 'repository' && owner !== undefined && repository !== undefined)
    return `${owner}/${repository}`
  return segments.find(({ claim, closed }) => claim === name && closed)?.text
}

/** Whether a field belongs in the rule as it is: one of two that exclude each other does not. */
export function isWanted({ entity }: Context, name: string): boolean {
  if (name === 'workspace_id') return get(entity, 'applies_to_all_workspaces')?.type !== 'boolean'
  if (name === 'applies_to_all_workspaces') return textAt(entity, 'workspace_id') === undefined
  return true
}
