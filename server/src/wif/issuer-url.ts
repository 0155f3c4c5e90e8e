import { issuerForm } from './providers/index.ts'

/** How a written `issuer_url` differs from what tokens carry as `iss`. */
export interface IssuerSlip {
  /** The rest of a sentence that says how; a sentence of its own when a known provider has no form to offer. */
  reason: string
  /** What tokens carry, where it can be derived. */
  canonical?: string
  /** Nothing else could have been meant by it. */
  certain: boolean
}

/** Addresses below an issuer that people paste in its place: the discovery document and the keys. */
const DOCUMENT = /\/+\.well-known\/.*$/s
const KEYS = /\/+(?:openid\/v1\/jwks|jwks\.json|jwks|keys)\/*$/

/**
 * Why no token carries `text` as its `iss`, or undefined when one may. Of a known provider every byte is known; of
 * any other issuer only that it holds no white space, no query and no fragment, and is not the address of one of its
 * documents (OpenID Connect Discovery 1.0, sections 3 and 4). A slash at its end is the operator's choice.
 */
export function issuerSlip(text: string): IssuerSlip | undefined {
  const form = issuerForm(text)
  if (!form) return generalSlip(text)
  return form.ok ? undefined : { certain: true, ...form }
}

function generalSlip(text: string): IssuerSlip | undefined {
  const trimmed = text.trim()
  const bare = trimmed.replace(/[?#].*$/s, '')
  const issuer = bare.replace(DOCUMENT, '')
  if (issuer !== bare)
    return { reason: 'without the path of its discovery document', canonical: issuer, certain: true }
  if (bare !== trimmed) return { reason: 'without a query or fragment', canonical: bare, certain: true }
  const owner = bare.replace(KEYS, '')
  if (owner !== bare) return { reason: 'without the path of its keys', canonical: owner, certain: false }
  return trimmed === text
    ? undefined
    : { reason: 'without white space around it', canonical: trimmed, certain: true }
}
