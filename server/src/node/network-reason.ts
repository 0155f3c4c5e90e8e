/** A name leads to an address that is not dialed. */
export class NotPublic extends Error {
  readonly address: string
  constructor(address: string) {
    super('This address is not public')
    this.address = address
  }
}

/** By the codes of Node, OpenSSL and undici; what ends the sentence that begins with the host. */
const REASONS: Record<string, string> = {
  ENOTFOUND: 'is not a name that is known to DNS',
  ENODATA: 'is a name without an address',
  EAI_AGAIN: 'could not be looked up: DNS does not answer',
  ECONNREFUSED: 'refuses the connection',
  ECONNRESET: 'broke the connection off',
  EPIPE: 'broke the connection off',
  UND_ERR_SOCKET: 'broke the connection off',
  EHOSTUNREACH: 'cannot be reached from here',
  ENETUNREACH: 'cannot be reached from here',
  ETIMEDOUT: 'cannot be reached from here',
  UND_ERR_CONNECT_TIMEOUT: 'cannot be reached from here',
  CERT_HAS_EXPIRED: 'shows a certificate that has expired',
  CERT_NOT_YET_VALID: 'shows a certificate that is not valid yet',
  CERT_REVOKED: 'shows a certificate that was revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'shows a certificate for another name',
  HPE_HEADER_OVERFLOW: 'answers with headers that are too long',
}

/** The same, for whole families of codes. */
const FAMILIES: [RegExp, string][] = [
  [
    /SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|CERT_UNTRUSTED|INVALID_CA|CERT_CHAIN|CERT_SIGNATURE/,
    'shows a certificate of an authority that is not trusted',
  ],
  [/^ERR_(?:SSL|TLS)|^EPROTO/, 'speaks no TLS that can be understood'],
  [/^HPE_/, 'speaks no HTTP that can be understood'],
]

/** What it looks like where only a proxy leads outside. */
const UNREACHED = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** What a person calls it that a question to `host` ended with `error`: one sentence. */
export function networkReason(error: unknown, host: string, milliseconds: number): string {
  if (error instanceof NotPublic)
    return `"${host}" has the address ${error.address}, and only public addresses are dialed`
  const { name, code, cause } = describe(error)
  if (name === 'AbortError' || name === 'TimeoutError')
    return `"${host}" has not answered in full within ${milliseconds / 1000} s${aboutProxy()}`
  // Several addresses were tried; they failed alike, or the first is as good as any.
  if (error instanceof AggregateError && code === '')
    return networkReason(error.errors[0], host, milliseconds)
  const reason = REASONS[code] ?? FAMILIES.find(([codes]) => codes.test(code))?.[1]
  if (reason !== undefined) return `"${host}" ${reason}${UNREACHED.has(code) ? aboutProxy() : ''}`
  return cause === undefined
    ? `"${host}" could not be asked${code && ` (${code})`}`
    : networkReason(cause, host, milliseconds)
}

/** Connections are direct: what a name leads to is checked, and a proxy would look it up by itself. */
function aboutProxy(): string {
  const variable = ['HTTPS_PROXY', 'https_proxy'].find(name => process.env[name])
  return variable === undefined ? '' : `; the proxy in ${variable} is not used`
}

function describe(error: unknown): { name: string; code: string; cause: unknown } {
  if (!(error instanceof Error)) return { name: '', code: '', cause: undefined }
  return { name: error.name, code: 'code' in error ? String(error.code) : '', cause: error.cause }
}
