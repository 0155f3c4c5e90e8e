import { issuerUrl } from './providers/issuer-form.ts'

/** Why the service refuses to fetch a URL. */
export interface DialProblem {
  /** The rest of a sentence: "this is `http`". */
  reason: string
  /** The host exists only inside a network, so no other spelling of the URL helps. */
  internal: boolean
  /** The URL with `https` and without a port, where that would be accepted. */
  public?: string
}

/** Endings of names that no public DNS resolves (RFC 6762, 6761, 8375; ICANN for `.internal`; Kubernetes services). */
const PRIVATE = /\.(?:local|localhost|internal|lan|svc|home\.arpa)\.?$/i

/**
 * Why the service would not fetch `text`, or undefined when it would: public https on port 443, a DNS name and no IP
 * address (reference, URL fields). DNS is never asked, so a public-looking name of a private zone passes.
 */
export function dialProblem(text: string): DialProblem | undefined {
  const url = issuerUrl(text)
  if (!url?.hostname)
    return { reason: text.trim() === '' ? 'this is empty' : 'this is not a URL', internal: false }
  const { hostname } = url
  if (hostname.startsWith('[') || /^[\d.]+$/.test(hostname))
    return { reason: 'its host is an IP address, not a DNS name', internal: true }
  if (PRIVATE.test(hostname) || !/[^.]\.[^.]/.test(hostname))
    return { reason: `"${hostname}" is a name of a private network`, internal: true }

  const [, scheme, host, rest] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/?#]*)(.*)$/is.exec(text.trim()) ?? []
  const port = /:(?!443$)\d+$/.exec(host ?? '')?.[0].slice(1)
  const reasons: string[] = []
  if (scheme?.toLowerCase() !== 'https')
    reasons.push(scheme === undefined ? 'this has no scheme' : `this is \`${scheme}\``)
  if (port !== undefined) reasons.push(`port ${port} is never tried`)
  if (reasons.length === 0) return undefined
  return {
    reason: reasons.join(' and '),
    internal: false,
    public: `https://${host?.replace(/:\d*$/, '')}${rest}`,
  }
}
