import { isPlaceholder } from '../placeholder.ts'
import { pieceEnd } from './piece.ts'
import type { IssuerForm } from './provider.ts'

/** What the rest of a known host's issuer should be: the path tokens carry, or why there is none. */
export type PathAnswer = string | { reason: string }

const BRACKETED = /<[^<>]*>|\$?\{\{[^{}]*\}\}|\$\{[^{}]*\}|\$\([^()]*\)|…/g
const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i

/**
 * An issuer as a URL, for recognising its host. Placeholders become a plain word, so that
 * `https://<uuid>.tokens.sts.global.api.aws` has a host; a missing scheme is taken as https.
 */
export function issuerUrl(text: string): URL | undefined {
  const plain = text.trim().replace(BRACKETED, 'placeholder')
  try {
    return new URL(SCHEME.test(plain) ? plain : `https://${plain}`)
  } catch {
    return undefined
  }
}

/** The parts of an issuer as they are written. */
function partsOf(written: string) {
  const text = written.trim()
  const scheme = SCHEME.exec(text)?.[0] ?? ''
  const host = pieceEnd(text, scheme.length, '/?#')
  const path = pieceEnd(text, host, '?#')
  return {
    scheme: scheme.slice(0, -3),
    host: text.slice(scheme.length, host),
    path: text.slice(host, path),
    tail: text.slice(path),
  }
}

/** Addresses of the keys that get pasted in place of the issuer (RFC 8414, Kubernetes, Okta). */
const KEY_PATHS = ['/openid/v1/jwks', '/jwks.json', '/jwks', '/keys']

/** `path` without the discovery document, the address of the keys, and slashes at its end. */
export function barePath(path: string): string {
  const wellKnown = path.indexOf('/.well-known/')
  const cut = withoutSlashes(wellKnown < 0 ? path : path.slice(0, wellKnown))
  const keys = KEY_PATHS.find(end => cut.endsWith(end))
  return keys === undefined ? cut : withoutSlashes(cut.slice(0, -keys.length))
}

function withoutSlashes(path: string): string {
  let end = path.length
  while (path.charAt(end - 1) === '/') end -= 1
  return path.slice(0, end)
}

/**
 * Compares an issuer with `https://<host><path>`, where `pathOf` gives the path from what was written
 * (already without discovery suffix and slashes at the end).
 * `ownOrigin`: the operator chooses scheme and port, so they are right as written.
 */
export function compareIssuer(
  text: string,
  pathOf: (path: string) => PathAnswer,
  ownOrigin = false,
): IssuerForm {
  const parts = partsOf(text)
  const path = pathOf(barePath(parts.path))
  if (typeof path !== 'string') return { ok: false, reason: path.reason }
  const scheme = ownOrigin && parts.scheme !== '' ? parts.scheme : 'https'
  const host = hostOf(parts.host, ownOrigin)
  const canonical = `${scheme}://${host}${path}`
  if (canonical === text) return { ok: true }
  const reasons: string[] = []
  if (text !== text.trim()) reasons.push('without white space around it')
  if (parts.scheme !== scheme) reasons.push('with `https://`')
  if (host.toLowerCase() !== parts.host.toLowerCase()) reasons.push('with the host alone')
  else if (host !== parts.host) reasons.push('with the host in lower case')
  if (parts.path !== path) reasons.push(pathReason(parts.path, path))
  if (parts.tail !== '') reasons.push('without a query or fragment')
  return { ok: false, reason: reasons.join(', '), canonical }
}

/** The host in lower case, without user and port; placeholders keep their case. */
function hostOf(written: string, ownOrigin: boolean): string {
  if (ownOrigin) return written
  const host = written.slice(written.lastIndexOf('@') + 1).replace(/:\d*$/, '')
  let lower = ''
  for (let at = 0; at < host.length; ) {
    const end = pieceEnd(host, at, '.')
    const label = host.slice(at, end)
    lower += (isPlaceholder(label) ? label : label.toLowerCase()) + host.charAt(end)
    at = end + 1
  }
  return lower
}

function pathReason(written: string, path: string): string {
  if (written === `${path}/`) return 'without the slash at the end'
  if (path === `${written}/`) return 'with a slash at the end'
  if (written.startsWith(path)) return `without \`${written.slice(path.length)}\``
  return written.toLowerCase() === path.toLowerCase()
    ? `with upper and lower case as in \`${path}\``
    : `with the path \`${path}\``
}

/** For hosts whose issuer has no path at all. */
export function noPath(): PathAnswer {
  return ''
}

/** The names in a path: `/a/b` gives `['a', 'b']`. */
export function pathNames(path: string): string[] {
  return path.split('/').slice(1)
}
