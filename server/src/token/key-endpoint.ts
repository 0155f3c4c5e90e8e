import { nearMiss } from '../decide/near-miss.ts'
import { asString, get, type StringNode } from '../syntax/node.ts'
import { isObject, parseObject } from '../text/json.ts'
import { dialedUrls, type FederationIssuer } from '../wif/issuer.ts'
import { isPlaceholder } from '../wif/placeholder.ts'
import type { KeySet } from './verify.ts'

/** Where the keys of an issuer are published. */
export interface KeyEndpoint {
  /** What is dialed first: the discovery document, or the keys themselves. */
  url: string
  /** Of a discovery document: the issuer it must name, byte for byte. Undefined when `url` has the keys. */
  issuer?: string
  /** PEM certificates of the private authority that signs for the endpoint; the public ones without it. */
  ca?: string
}

/** What became of fetching keys. */
export type FetchedKeys =
  | { ok: true; keys: KeySet; from: string }
  /** Nobody has agreed yet to dial this host, for this URL: a discovery document has named it. Ask, and begin again. */
  | { ok: false; asks: { host: string; url: string } }
  /** One sentence for a person. */
  | { ok: false; problem: string }

/**
 * Fetches the keys that an issuer publishes, under the limits that the service has itself (reference, URL fields):
 * https on port 443, public addresses, no redirect to another host, at most 1 MiB, at most 10 s for all of it.
 * Sends nothing but the two URLs, and never rejects.
 * @param consents whether a person has agreed to dial this host; asked before anything is resolved
 */
export type FetchKeys = (endpoint: KeyEndpoint, consents: (host: string) => boolean) => Promise<FetchedKeys>

/** Where the service fetches the keys of `issuer`; undefined when it has them itself, or that is to be filled in. */
export function keyEndpointOf(issuer: FederationIssuer): KeyEndpoint | undefined {
  const [dialed] = dialedUrls(issuer)
  if (!dialed || !isKnown(issuer, dialed)) return undefined
  const ca = asString(get(issuer.node, 'jwks', 'ca_cert_pem'))?.value
  const more = ca === undefined ? {} : { ca }
  if (issuer.keySource === 'explicit_url') return { url: dialed.value, ...more }
  if (!issuer.url || !isKnown(issuer, issuer.url)) return undefined
  return { url: discoveryUrl(dialed.value), issuer: issuer.url.value, ...more }
}

function isKnown({ tree }: FederationIssuer, { value }: StringNode): boolean {
  return value !== '' && !tree.templated && !isPlaceholder(value)
}

/** The discovery document of an issuer; a slash at the end is not doubled (OpenID Connect Discovery 1.0, section 4). */
export function discoveryUrl(base: string): string {
  return `${base.endsWith('/') ? base.slice(0, -1) : base}/.well-known/openid-configuration`
}

/** The address of the keys in the discovery document `text` of `host`, or why there is none. */
export function readDiscovery(
  text: string,
  host: string,
  issuer: string,
): { jwksUri: string } | { problem: string } {
  const document = parseObject(text)
  if (!document) return { problem: `The discovery document of "${host}" is no JSON object` }
  if (typeof document.issuer !== 'string')
    return { problem: `The discovery document of "${host}" does not say whose it is: it has no \`issuer\`` }
  if (document.issuer !== issuer) {
    const near = nearMiss({ text: issuer, prefix: false }, document.issuer)
    const problem = `The discovery document of "${host}" is of the issuer ${quoted(document.issuer)}, not of ${quoted(issuer)}`
    return { problem: near ? `${problem}: ${near.hint}` : problem }
  }
  if (typeof document.jwks_uri !== 'string')
    return { problem: `The discovery document of "${host}" does not say where the keys are: no \`jwks_uri\`` }
  return { jwksUri: document.jwks_uri }
}

/** The keys in the JWKS document `text` of `host`, each with its public members only, or why there are none. */
export function readPublished(text: string, host: string): { keys: KeySet } | { problem: string } {
  const document = parseObject(text)
  if (!document) return { problem: `What "${host}" has for keys is no JSON object` }
  if (!Array.isArray(document.keys))
    return { problem: `What "${host}" has for keys is no JWKS document: it has no list \`keys\`` }
  const keys = document.keys.filter(isObject).map(publicMembers)
  return keys.length > 0 ? { keys } : { problem: `There is no key in the JWKS document of "${host}"` }
}

/** The members that decide over a signature (RFC 7517, section 4; RFC 7518, section 6). */
const PUBLIC = ['kid', 'kty', 'alg', 'use', 'crv', 'x', 'y', 'n', 'e']

/** What a stranger put into a key besides (a nest of lists without end, a private key) goes no further. */
function publicMembers(key: Record<string, unknown>): Record<string, unknown> {
  const members = PUBLIC.filter(name => Object.hasOwn(key, name) && typeof key[name] !== 'object')
  return Object.fromEntries(members.map(name => [name, key[name]]))
}

const MAX_SHOWN = 200

/** A text that a stranger wrote, for a sentence. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text)
}
