import { isObject } from '../text/json.ts'
import type { DecodedToken } from '../token/decode.ts'
import { discoveryUrl, type KeyEndpoint, keyEndpointOf } from '../token/key-endpoint.ts'
import { readKeySet } from '../token/verify.ts'
import { dialProblem } from '../wif/dialable.ts'
import type { FederationIssuer } from '../wif/issuer.ts'
import { formatOf } from '../wif/relevance.ts'
import type { Session } from './session.ts'
import type { KeySources, KeysResult } from './token-protocol.ts'

/** A key set has a few keys of some hundred bytes each. */
const MAX_LENGTH = 1024 * 1024

/**
 * The JWKS files in `folders`. If some have the key `kid`, only these: the others are of other issuers, or old.
 */
export async function keyFiles(
  { runtime }: Session,
  folders: readonly string[],
  kid: unknown,
): Promise<KeySources['files']> {
  const found: KeySources['files'] = []
  for (const folder of folders) {
    for await (const uri of runtime.files.list(folder)) {
      const keys = formatOf(uri) === 'json' ? keysIn(await runtime.files.read(uri)) : undefined
      if (keys) found.push({ uri, fits: keys.some(key => key.kid === kid) })
    }
  }
  const fitting = found.filter(({ fits }) => fits)
  return fitting.length > 0 ? fitting : found
}

/** The keys in one of these files, or why there are none. */
export async function readKeys({ runtime }: Session, uri: string): Promise<KeysResult> {
  const keys = keysIn(await runtime.files.read(uri))
  return keys ? { keys } : { problem: 'The file holds no keys any more' }
}

/**
 * Where the service would fetch the keys for a token: as its issuer says, or, when that is not in the workspace, by
 * the discovery document of who the token says has issued it.
 */
export function endpointOf(
  issuer: FederationIssuer | undefined,
  { iss }: DecodedToken['claims'],
): KeyEndpoint | undefined {
  if (issuer) return keyEndpointOf(issuer)
  return typeof iss === 'string' && URL.canParse(iss) && !dialProblem(iss)
    ? { url: discoveryUrl(iss), issuer: iss }
    : undefined
}

/** What is dialed first, for a person to agree to. */
export function dialed(endpoint: KeyEndpoint): KeySources['fetch'] {
  const refused = dialProblem(endpoint.url)
  if (refused) return { problem: `"${endpoint.url}" is not dialed: ${refused.reason}` }
  return { url: endpoint.url, host: new URL(endpoint.url).hostname }
}

/** Fetches keys, from no host but `hosts`. */
export async function fetchFrom(
  { runtime }: Session,
  endpoint: KeyEndpoint | undefined,
  hosts: readonly string[],
): Promise<KeysResult> {
  if (!endpoint || !runtime.fetchKeys) return { problem: 'There is nowhere to fetch the keys from' }
  const fetched = await runtime.fetchKeys(endpoint, host => hosts.includes(host))
  if (fetched.ok) return { keys: [...fetched.keys] }
  return 'asks' in fetched ? { asks: fetched.asks } : { problem: fetched.problem }
}

/** The keys in a text, if it is a JWKS document with keys for signatures in it. */
function keysIn(text: string | undefined): Record<string, unknown>[] | undefined {
  if (text === undefined || text.length > MAX_LENGTH || !text.includes('"kty"')) return undefined
  try {
    const keys = readKeySet(JSON.parse(text))
      ?.filter(isObject)
      .filter(key => 'kty' in key)
    return keys && keys.length > 0 ? keys : undefined
  } catch {
    return undefined
  }
}
