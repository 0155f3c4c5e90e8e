import { accessOf, sources } from '../../access/access.ts'
import { joined } from '../../text/joined.ts'
import { code } from '../../text/markdown.ts'
import { claimAt } from '../../wif/claims.ts'
import { type Identity, identities } from '../../wif/identity.ts'
import {
  ADVISORY_REFRESH,
  MANDATORY_REFRESH,
  mintedLifetime,
  refresh,
  rotationAge,
} from '../../wif/lifetime.ts'
import { issuerOf, providerOf } from '../../wif/pairing.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'
import type { Provider, Segment } from '../../wif/providers/provider.ts'
import { DEFAULT_TOKEN_LIFETIME, type FederationRule } from '../../wif/rule.ts'
import { subjectPattern } from '../../wif/subject.ts'
import type { WorkspaceView } from '../../wif/view.ts'
import { aboutClaim } from '../cel-claim.ts'
import { distinctBy } from '../distinct.ts'
import { shareOf } from '../lenses.ts'
import { placeOfEntity } from '../references.ts'
import type { Field } from './field.ts'
import { ofIssuer } from './issuer.ts'
import { seconds } from './phrases.ts'
import { list, type Prose } from './prose.ts'

/** What is to be said of a field of a rule, beyond what its schema says. */
export function aboutRule(view: WorkspaceView, rule: FederationRule, { path }: Field): Prose[] {
  const provider = providerOf(view, rule)
  const [first, second, third] = path
  switch (path.slice(0, 2).join('/')) {
    case 'match':
      return admitted(view, rule)
    case 'match/subject_prefix':
      return [...subject(rule, provider), ...admitted(view, rule)]
    case 'match/audience':
      return audience(view, rule)
    case 'match/claims': {
      const info = provider && typeof third === 'string' ? claimAt(provider, [third]) : undefined
      return info ? [[aboutClaim(info, provider)], [`_${provider?.name}_`]] : []
    }
    case 'issuer_id':
    case 'issuer_name':
      return named(view, rule)
    case 'token_lifetime_seconds':
      return lifetime(view, rule)
    default:
      return first === 'archived_at' && second === undefined && rule.archivedAt
        ? [[`Archived on ${code(rule.archivedAt.value)}: every exchange is refused.`]]
        : []
  }
}

// --- who ---------------------------------------------------------------------------------------------------

/** How the subject is compared, and what its parts are. */
function subject({ subject: node }: FederationRule, provider: Provider | undefined): Prose[] {
  if (!node || node.value === '') return []
  const { literal, prefix } = subjectPattern(node.value)
  const how = prefix
    ? `**Prefix**: every subject that begins with ${code(literal)}.`
    : `**Exact**: only the subject ${code(literal)}.`
  if (!provider || isPlaceholder(node.value)) return [[how]]
  const { segments, problem } = provider.subject.read(literal)
  const parts = segments.filter(({ text }) => text !== '').map(each => part(each, prefix))
  if (problem || parts.length === 0)
    return [[how], [`_${provider.name}_, which writes ${code(provider.subject.shape)}.`]]
  return [[how], [`_${provider.name}_: ${joined(parts)}.`]]
}

function part({ name, text, closed }: Segment, prefix: boolean): string {
  return prefix && !closed ? `a ${name} that begins with ${code(text)}` : `${name} ${code(text)}`
}

/** The workloads of the workspace that get in. */
function admitted(view: WorkspaceView, rule: FederationRule): Prose[] {
  if (identities(view).length === 0) return []
  const all = accessOf(view, rule)
  const surely = new Set(sources(all.filter(({ how }) => how === 'admitted')))
  const head = `Admits ${shareOf(view, rule)} here`
  const places = list(
    distinctBy(
      all.map(({ identity }) => identity),
      ({ source }) => source,
    ),
    ({ title, source }) => ({
      title,
      place: placeOfEntity(source),
      note: surely.has(source) ? '' : ' perhaps: not all is known of it',
    }),
  )
  return [[places.length === 0 ? `${head}.` : `${head}:`, ...places]]
}

/** The workloads that ask for tokens with the audience. */
function audience(view: WorkspaceView, { audience: node }: FederationRule): Prose[] {
  if (!node || isPlaceholder(node.value)) return []
  const asking = identities(view).filter(({ claims }) => [claims.aud].flat().includes(node.value))
  if (asking.length === 0) return []
  const show = ({ title, source }: Identity) => ({ title, place: placeOfEntity(source) })
  return [
    [
      'Projected by:',
      ...list(
        distinctBy(asking, ({ source }) => source),
        show,
      ),
    ],
  ]
}

/** The issuer that the id stands for. */
function named(view: WorkspaceView, rule: FederationRule): Prose[] {
  const issuer = issuerOf(view, rule)
  if (!issuer) return [['No issuer in this workspace is known to be the one.']]
  const title = issuer.name?.value ?? issuer.id?.value ?? 'issuer'
  return [[{ title, place: placeOfEntity(issuer) }], ...ofIssuer(issuer)]
}

// --- how long ----------------------------------------------------------------------------------------------

/** What becomes of the lifetime with the tokens of the workloads that are admitted. */
function lifetime(view: WorkspaceView, rule: FederationRule): Prose[] {
  const asked = rule.tokenLifetime?.value ?? DEFAULT_TOKEN_LIFETIME
  if (!Number.isFinite(asked)) return []
  const provider = providerOf(view, rule)
  const lives = [
    ...new Set(
      accessOf(view, rule).flatMap(({ identity }) =>
        identity.from === 'kubernetes' ? (identity.lifetime ?? []) : [],
      ),
    ),
  ]
  const usual = provider?.token.lifetime.default
  const once = issuerOf(view, rule)?.checkJti?.value !== false
  return [
    [`Asked for: ${seconds(asked)}.`],
    ...lives.slice(0, 3).map((life): Prose => [arithmetic(life, asked, once)]),
    ...(lives.length === 0 && usual !== undefined
      ? [
          [
            `A token of ${provider?.name} usually lives ${seconds(usual)}, so at most ${seconds(mintedLifetime(asked, usual))} are minted.`,
          ],
        ]
      : []),
  ]
}

/** How a Claude token and the file of a projected token follow each other. */
export function arithmetic(life: number, asked: number, once: boolean): string {
  const minted = mintedLifetime(asked, life)
  const { outcome } = refresh(life, asked)
  const cap = 2 * life < asked ? `, capped at twice the life of the token` : ''
  const end: Record<typeof outcome, string> = {
    safe: 'The file holds a new token in time.',
    marginal: 'When the kubelet is late, there is no token for a while.',
    gap: '**There is no valid token in between**: the one in the file was used already.',
  }
  return [
    `With a projected token of ${seconds(life)}:`,
    `- minted for ${seconds(minted)}${cap}`,
    `- the SDK asks for the next one from second ${Math.max(0, minted - ADVISORY_REFRESH)} on, and must have it by second ${Math.max(0, minted - MANDATORY_REFRESH)}`,
    `- the kubelet replaces the file after ${seconds(rotationAge(life))}${0.8 * life > 86_400 ? '' : ', 80 % of its life'}`,
    ...(once ? ['', end[outcome]] : []),
  ].join('\n')
}
