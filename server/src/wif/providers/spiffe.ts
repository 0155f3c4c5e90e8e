import { isPlaceholder } from '../placeholder.ts'
import { pieceEnd } from './piece.ts'
import type { Provider, Segment, SubjectReading } from './provider.ts'
import { audienceList, standardClaims, tokenId } from './standard-claims.ts'
import { type Fail, failing, withSoundSuggestions } from './subject-fields.ts'

/**
 * SPIFFE. Sources: SPIFFE-ID standard, sections 2.1 (trust domain: lower-case letters, digits, `.-_`, at most
 * 255) and 2.2 (path segments: letters, digits, `.-_`; none empty, `.` or `..`; no slash at the end), and 2.3
 * (2048 bytes); JWT-SVID standard, section 3. `ns/<namespace>/sa/<name>` is only a convention (SPIRE's
 * Kubernetes registrar). The issuer is whatever the operator set in SPIRE, so no host tells it.
 */
const SCHEME = 'spiffe://'

function read(subject: string): SubjectReading {
  const segments: Segment[] = []
  const fail = failing(segments)
  if (!subject.startsWith(SCHEME)) {
    if (SCHEME.startsWith(subject)) return { segments, complete: false }
    const slip = /^spiffe:\/*/i.exec(subject)?.[0]
    const suggestion = slip === undefined ? undefined : SCHEME + subject.slice(slip.length)
    return fail('it must begin with `spiffe://`', 0, slip?.length ?? subject.length, suggestion)
  }
  const domainEnd = pieceEnd(subject, SCHEME.length, '/')
  const domain = subject.slice(SCHEME.length, domainEnd)
  const closed = domainEnd < subject.length
  if (domain === '') {
    return closed
      ? fail('the trust domain is missing', SCHEME.length, SCHEME.length + 1)
      : { segments, complete: false }
  }
  const [start, end] = [SCHEME.length, domainEnd]
  segments.push({ name: 'trust domain', level: 'tenant', text: domain, start, end, closed })
  if (!/^[a-z0-9._-]{1,255}$/.test(domain) && !isPlaceholder(domain)) {
    const lower = `${SCHEME}${domain.toLowerCase()}${subject.slice(end)}`
    const reason = 'a trust domain has lower-case letters, digits and `.-_`, at most 255'
    return fail(reason, start, end, /^[\w.-]{1,255}$/.test(domain) ? lower : undefined)
  }
  return closed ? readPath(subject, domainEnd + 1, segments, fail) : { segments, complete: false }
}

function readPath(subject: string, from: number, segments: Segment[], fail: Fail): SubjectReading {
  let before = ''
  let convention = false
  for (let at = from, index = 0; at < subject.length; index += 1) {
    const end = pieceEnd(subject, at, '/')
    const value = subject.slice(at, end)
    const closed = end < subject.length
    if (index === 0) convention = closed && value === 'ns'
    const name = !convention
      ? 'path'
      : index === 1
        ? 'namespace'
        : index === 3 && before === 'sa'
          ? 'service account'
          : 'path'
    const level = name === 'service account' || (name === 'path' && !closed) ? 'workload' : 'project'
    if (value === '') return fail('a name is missing between the slashes', at, at + 1)
    const isKey = convention && (index === 0 || (index === 2 && closed && value === 'sa'))
    if (!isKey) segments.push({ name, level, text: value, start: at, end, closed })
    if (!/^[\w.-]+$/.test(value) && !isPlaceholder(value))
      return fail('a path has only letters, digits and `.-_`', at, end)
    if (closed && (value === '.' || value === '..')) return fail('a path has no `.` or `..`', at, end)
    if (!closed) return { segments, complete: value !== '.' && value !== '..' && subject.length <= 2048 }
    before = value
    at = end + 1
  }
  return { segments, complete: false }
}

export const spiffe: Provider = {
  id: 'spiffe',
  name: 'SPIFFE',
  shared: false,
  publicKeys: false,
  issuer: {
    example: 'https://<oidc discovery host>',
    matches: () => false,
    form: () => ({ ok: true }),
    reach: () => 'self-hosted',
  },
  subject: {
    shape: 'spiffe://<trust domain>/<path>',
    marker: SCHEME,
    separators: '/',
    read: withSoundSuggestions(read),
  },
  claims: {
    ...standardClaims,
    iss: { type: 'string', about: 'The issuer set in SPIRE (`jwt_issuer`).', optional: true },
    aud: audienceList,
    jti: { ...tokenId, optional: true },
  },
  words: {
    tenant: 'trust domain',
    project: 'path',
    workload: 'SPIFFE ID',
    creator: 'whoever can register a workload under it',
  },
  // SPIRE's default for JWT-SVIDs (`jwt_svid_ttl`) is 5 minutes.
  token: { lifetime: { default: 300 }, jti: 'sometimes' },
}
