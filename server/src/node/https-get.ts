import { type RequestOptions, request } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { Network } from './network.ts'
import { NotPublic, networkReason } from './network-reason.ts'

/** What a server answered, or why that is of no use: one sentence. */
export type Got =
  | { is: 'text'; text: string }
  | { is: 'redirect'; to: URL }
  | { is: 'problem'; problem: string }

export interface GetOptions {
  network: Network
  /** Ends it, however far it has come. */
  signal: AbortSignal
  /** PEM certificates that are trusted instead of the public authorities. */
  ca: string | undefined
}

/**
 * One GET of an https URL; redirects are left to the caller. The connection goes to an address that was checked:
 * what the name resolves to a moment later does not matter. Never rejects.
 */
export async function httpsGet(url: URL, options: GetOptions): Promise<Got> {
  const { hostname } = url
  if (isIP(hostname.replace(/^\[|\]$/g, '')))
    return { is: 'problem', problem: `"${hostname}" is an IP address, and only names are dialed` }
  try {
    return await answerOf(url, options)
  } catch (error) {
    return { is: 'problem', problem: networkReason(error, hostname, options.network.milliseconds) }
  }
}

function answerOf(url: URL, { network, signal, ca }: GetOptions): Promise<Got> {
  const { hostname } = url
  const options: RequestOptions = {
    host: hostname,
    servername: hostname,
    port: network.port,
    path: `${url.pathname}${url.search}`,
    // Compressed, a megabyte is a thousand.
    headers: { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'wif-policy-linter' },
    lookup: checkedLookup(network),
    // A connection of its own, and certificates are checked whatever the environment of the process says.
    agent: false,
    rejectUnauthorized: true,
    signal,
    ...(ca !== undefined && { ca }),
  }
  return new Promise((resolve, reject) => {
    const sent = request(options, response => {
      const { statusCode = 0, headers } = response
      const encoding = headers['content-encoding'] ?? 'identity'
      const end = (got: Got) => {
        resolve(got)
        response.destroy()
      }
      if (statusCode >= 300 && statusCode < 400 && statusCode !== 304)
        return end(redirect(url, headers.location))
      if (statusCode !== 200)
        return end({ is: 'problem', problem: `"${hostname}" answers with the status ${statusCode}` })
      if (encoding !== 'identity')
        return end({ is: 'problem', problem: `"${hostname}" answers in an encoding that nobody asked for` })

      const chunks: Uint8Array[] = []
      let size = 0
      response.on('data', (chunk: Uint8Array) => {
        size += chunk.length
        if (size > network.bytes)
          end({ is: 'problem', problem: `"${hostname}" answers with more than ${network.bytes} bytes` })
        else chunks.push(chunk)
      })
      response.on('error', reject)
      response.on('end', () => resolve(textOf(Buffer.concat(chunks), hostname)))
    })
    sent.on('error', reject)
    sent.end()
  })
}

function redirect(from: URL, location: string | undefined): Got {
  const to = location !== undefined && URL.canParse(location, from) ? new URL(location, from) : undefined
  return to
    ? { is: 'redirect', to }
    : { is: 'problem', problem: `"${from.hostname}" answers with a redirect to nowhere` }
}

function textOf(bytes: Uint8Array, hostname: string): Got {
  try {
    return { is: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { is: 'problem', problem: `"${hostname}" answers with what is no UTF-8` }
  }
}

/** A lookup that gives only addresses which may be dialed. All of a name must be: no luck decides over the one. */
function checkedLookup(network: Network): LookupFunction {
  const addressesOf = async (host: string) => {
    const [first, ...more] = await network.resolve(host)
    if (first === undefined) throw Object.assign(new Error(), { code: 'ENODATA' })
    const refused = [first, ...more].find(address => !network.isPublic(address))
    if (refused !== undefined) throw new NotPublic(refused)
    return [first, ...more]
  }
  return (host, { all }, callback) => {
    addressesOf(host).then(
      ([first = '', ...more]) => {
        if (all)
          callback(
            null,
            [first, ...more].map(address => ({ address, family: isIP(address) })),
          )
        else callback(null, first, isIP(first))
      },
      (error: Error) => callback(error, ''),
    )
  }
}
