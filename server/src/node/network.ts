import { lookup } from 'node:dns/promises'
import ipaddr from 'ipaddr.js'

/** The outside, and how much of it is let in. Tests stand in for it; nothing that people set reaches these. */
export interface Network {
  /** Whatever a URL says. */
  port: number
  /** For everything that one question takes. */
  milliseconds: number
  /** Of one answer. */
  bytes: number
  /** The addresses of a name; rejects as Node's lookup does. */
  resolve(host: string): Promise<string[]>
  /** Whether an address may be dialed. */
  isPublic(address: string): boolean
}

/** The internet, under the limits of the service (reference, URL fields). */
export const INTERNET: Network = {
  port: 443,
  milliseconds: 10_000,
  bytes: 1024 * 1024,
  resolve: async host => (await lookup(host, { all: true })).map(({ address }) => address),
  isPublic,
}

/** What is given out to networks of IPv6 at all (RFC 4291, section 2.4). */
const GLOBAL_UNICAST = ipaddr.IPv6.parse('2000::')

/**
 * Whether `address` belongs to the public internet: none of a private network, of this machine, of a link (where
 * clouds keep their credentials), of a group or of documentation, and no IPv4 address dressed as one of IPv6.
 */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_UNICAST, 3)
}
