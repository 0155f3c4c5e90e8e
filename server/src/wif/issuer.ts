import {
  asBoolean,
  asNumber,
  asObject,
  asString,
  type BooleanNode,
  get,
  isAbsent,
  type NumberNode,
  type ObjectNode,
  property,
  type StringNode,
  textAt,
} from '../syntax/node.ts'
import { nearest } from '../text/nearest.ts'
import type { Entity } from './entity.ts'
import { providerOfIssuer } from './providers/index.ts'
import type { Provider } from './providers/provider.ts'

export type KeySource = 'discovery' | 'explicit_url' | 'inline'

/** A federation issuer: whose tokens are trusted, and where their keys come from. */
export interface FederationIssuer extends Entity {
  kind: 'issuer'
  /** What the API answered (has `id`, `type` or `created_at`), or what is sent to it. */
  shape: 'request' | 'response'
  id: StringNode | undefined
  name: StringNode | undefined
  url: StringNode | undefined
  jwks: ObjectNode | undefined
  /** How the service gets the keys; discovery when nothing is said. Undefined when what is said is no mode. */
  keySource: KeySource | undefined
  /** Seconds. */
  maxLifetime: NumberNode | undefined
  checkJti: BooleanNode | undefined
  archivedAt: StringNode | undefined
  /** The provider whose issuer this is, if its host is known. */
  provider: Provider | undefined
}

/** The service's default for `max_jwt_lifetime_seconds` (reference, JWT verification). */
export const DEFAULT_MAX_LIFETIME = 3600

/** What a program asks for that takes logins from an OIDC issuer, or checks its tokens; it has a `name` as well. */
const RELYING_PARTY =
  /^(?:client_?(?:id|secret)|redirect_ur(?:i|l)s?|scopes|audiences|(?:principal|required)_claims?)$/i

/**
 * An object with a string `issuer_url` and one of the other fields of an issuer. An `issuer_url` is common elsewhere:
 * with the fields of a relying party it is the configuration of one, and in words it is a label or a help text.
 */
export function isIssuer(node: ObjectNode): boolean {
  const url = textAt(node, 'issuer_url')
  if (url === undefined) return false
  if (textAt(node, 'type') === 'federation_issuer' || textAt(node, 'id')?.startsWith('fdis_')) return true
  if (isProse(url) || node.properties.some(({ key }) => RELYING_PARTY.test(key.value))) return false
  if (property(node, 'jwks') || property(node, 'jwks_source')) return true
  return (
    property(node, 'name') !== undefined && (providerOfIssuer(url) !== undefined || hasOwnFieldsOnly(node))
  )
}

/** What an issuer may have besides: with fields of other things it is one of those. */
const FIELDS = [
  ...['name', 'description', 'issuer_url', 'max_jwt_lifetime_seconds', 'check_jti', 'jwks_polling_disabled'],
  ...['jwks_url', 'jwks_inline', 'discovery_base', 'ca_cert_pem', 'id', 'type', 'archived_at'],
]

function hasOwnFieldsOnly({ properties }: ObjectNode): boolean {
  return properties.every(
    ({ key }) =>
      /^[$_#/]|^(?:created|updated|archived)_/.test(key.value) || nearest(key.value, FIELDS) !== undefined,
  )
}

function isProse(text: string): boolean {
  return /\S\s+\S/.test(text) && !text.includes('://')
}

/** Reads an issuer; total on any object. */
export function readIssuer(node: ObjectNode, place: Pick<Entity, 'file' | 'tree'>): FederationIssuer {
  const url = asString(get(node, 'issuer_url'))
  const jwks = asObject(get(node, 'jwks'))
  return {
    ...place,
    kind: 'issuer',
    node,
    shape: isResponse(node, 'federation_issuer', 'fdis_') ? 'response' : 'request',
    id: asString(get(node, 'id')),
    name: asString(get(node, 'name')),
    url,
    jwks,
    keySource: keySource(node),
    maxLifetime: asNumber(get(node, 'max_jwt_lifetime_seconds')),
    checkJti: asBoolean(get(node, 'check_jti')),
    archivedAt: asString(get(node, 'archived_at')),
    provider: url && providerOfIssuer(url.value),
  }
}

function keySource(node: ObjectNode): KeySource | undefined {
  const said = get(node, 'jwks', 'type') ?? get(node, 'jwks_source')
  if (!said && isAbsent(node, 'jwks')) return 'discovery'
  const mode = asString(said)?.value
  return mode === 'discovery' || mode === 'explicit_url' || mode === 'inline' ? mode : undefined
}

/** The seconds a token for `issuer` may live at most, with the service's default. */
export function maxLifetime(issuer: FederationIssuer): number {
  return issuer.maxLifetime?.value ?? DEFAULT_MAX_LIFETIME
}

/**
 * The URLs the service fetches for this issuer (reference, URL fields): only these must be public https. In the
 * other modes `issuer_url` is compared with `iss` and never fetched.
 */
export function dialedUrls(issuer: FederationIssuer): StringNode[] {
  const { node } = issuer
  const first = (...candidates: (StringNode | undefined)[]) => candidates.flatMap(c => c ?? []).slice(0, 1)
  if (issuer.keySource === 'discovery') {
    return first(
      asString(get(node, 'jwks', 'discovery_base')),
      asString(get(node, 'discovery_base')),
      issuer.url,
    )
  }
  if (issuer.keySource === 'explicit_url')
    return first(asString(get(node, 'jwks', 'url')), asString(get(node, 'jwks_url')))
  return []
}

/** Whether the object is what the API answers, by its `type`, the kind of its `id`, or `created_at`. */
export function isResponse(node: ObjectNode, type: string, idPrefix: string): boolean {
  if (textAt(node, 'type') === type || property(node, 'created_at')) return true
  return textAt(node, 'id')?.startsWith(idPrefix) === true
}
