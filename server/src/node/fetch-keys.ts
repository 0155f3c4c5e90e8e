import { X509Certificate } from 'node:crypto'
import {
  type FetchedKeys,
  type FetchKeys,
  type KeyEndpoint,
  quoted,
  readDiscovery,
  readPublished,
} from '../token/key-endpoint.ts'
import { dialProblem } from '../wif/dialable.ts'
import { certificateProblem } from '../wif/pem.ts'
import { type GetOptions, httpsGet } from './https-get.ts'
import { INTERNET, type Network } from './network.ts'

/** Some servers lead on within themselves, to a path without a slash; no more than this is needed. */
const MAX_REDIRECTS = 3

type Failed = Extract<FetchedKeys, { ok: false }>

/**
 * Fetches keys as `FetchKeys` says.
 * @param network for tests
 */
export async function fetchKeys(
  endpoint: KeyEndpoint,
  consents: (host: string) => boolean,
  network: Network = INTERNET,
): ReturnType<FetchKeys> {
  const untrusted = endpoint.ca === undefined ? undefined : authorityProblem(endpoint.ca)
  if (untrusted !== undefined) return failed(untrusted)
  const options: GetOptions = { network, signal: AbortSignal.timeout(network.milliseconds), ca: endpoint.ca }
  const first = await read(endpoint.url, 'The issuer', consents, options)
  if (!first.ok) return first
  if (endpoint.issuer === undefined) return published(first.text, endpoint.url)

  const discovered = readDiscovery(first.text, hostOf(endpoint.url), endpoint.issuer)
  if ('problem' in discovered) return failed(discovered.problem)
  const second = await read(discovered.jwksUri, 'The discovery document', consents, options)
  return second.ok ? published(second.text, discovered.jwksUri) : second
}

/** What is to be read at `address`, which `who` names. */
async function read(
  address: string,
  who: string,
  consents: (host: string) => boolean,
  options: GetOptions,
): Promise<{ ok: true; text: string } | Failed> {
  const refusal = URL.canParse(address) ? dialProblem(address)?.reason : 'this is not a URL'
  if (refusal !== undefined) return failed(`${who} names ${quoted(address)}, which is not dialed: ${refusal}`)
  let url = new URL(address)
  const { hostname } = url
  if (!consents(hostname)) return { ok: false, asks: { host: hostname, url: address } }
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const got = await httpsGet(url, options)
    if (got.is === 'text') return { ok: true, text: got.text }
    if (got.is === 'problem') return failed(got.problem)
    const astray = dialProblem(got.to.href)
    if (got.to.hostname !== hostname || astray)
      return failed(`"${hostname}" redirects to ${quoted(got.to.href)}, which is not followed`)
    url = got.to
  }
  return failed(`"${hostname}" redirects without end`)
}

function published(text: string, url: string): FetchedKeys {
  const found = readPublished(text, hostOf(url))
  return 'problem' in found ? failed(found.problem) : { ok: true, keys: found.keys, from: url }
}

/** Why `ca_cert_pem` cannot be trusted with anything. */
function authorityProblem(ca: string): string | undefined {
  const problem = certificateProblem(ca)
  if (problem) return `The certificate in \`ca_cert_pem\` cannot be used: ${problem.reason}`
  try {
    for (const [block] of ca.matchAll(/-----BEGIN [\s\S]*?-----END [A-Z ]+-----/g)) new X509Certificate(block)
    return undefined
  } catch {
    return 'The certificate in `ca_cert_pem` cannot be used: it is broken'
  }
}

function hostOf(url: string): string {
  return new URL(url).hostname
}

function failed(problem: string): Failed {
  return { ok: false, problem }
}
