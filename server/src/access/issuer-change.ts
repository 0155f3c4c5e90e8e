import { get, toValue } from '../syntax/node.ts'
import { type FederationIssuer, maxLifetime } from '../wif/issuer.ts'
import { inlineKeys } from '../wif/jwk.ts'
import { isPlaceholder } from '../wif/placeholder.ts'
import { type Change, change, type Direction, setDirection } from './change.ts'

/** What two revisions of an issuer trust, each difference by itself. */
export function issuerChanges(before: FederationIssuer, after: FederationIssuer): Change[] {
  const [old, now] = [maxLifetime(before), maxLifetime(after)]
  return [
    ...urlChange(before, after),
    ...keysChange(before, after),
    ...change('lifetime', old === now ? undefined : now > old ? 'wider' : 'narrower', `${old} s`, `${now} s`),
    ...jtiChange(before, after),
  ]
}

function urlChange(before: FederationIssuer, after: FederationIssuer): Change[] {
  const [old, now] = [before.url?.value, after.url?.value]
  if (old === now) return []
  const open = [old, now].some(url => url !== undefined && isPlaceholder(url))
  return change('url', open ? 'unclear' : 'other', old, now)
}

/** Who holds a key can sign for everybody: where keys come from is who is trusted. */
function keysChange(before: FederationIssuer, after: FederationIssuer): Change[] {
  const [old, now] = [keySource(before), keySource(after)]
  if (old.from !== now.from) return change('keys', 'other', old.from, now.from)
  const shown = (keys: Set<string>) => `${keys.size} ${keys.size === 1 ? 'key' : 'keys'} of its own`
  return change('keys', setDirection(old.keys, now.keys), shown(old.keys), shown(now.keys))
}

function keySource(issuer: FederationIssuer): { from: string; keys: Set<string> } {
  const keys = new Set(inlineKeys(issuer).map(key => JSON.stringify(toValue(key))))
  if (keys.size > 0) return { from: 'keys of its own', keys }
  const { node, keySource: mode } = issuer
  const url =
    get(node, 'jwks', 'url') ??
    get(node, 'jwks_url') ??
    get(node, 'jwks', 'discovery_base') ??
    get(node, 'discovery_base')
  return { from: url?.type === 'string' ? url.value : (mode ?? 'nowhere known'), keys }
}

/** The service remembers each `jti` unless it is told not to (reference, Single use). */
function jtiChange(before: FederationIssuer, after: FederationIssuer): Change[] {
  const [old, now] = [before.checkJti?.value !== false, after.checkJti?.value !== false]
  const direction: Direction | undefined = old === now ? undefined : old ? 'wider' : 'narrower'
  return change('jti', direction, String(old), String(now))
}
