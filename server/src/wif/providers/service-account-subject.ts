import { isPlaceholder } from '../placeholder.ts'
import { pieceEnd } from './piece.ts'
import type { SubjectGrammar } from './provider.ts'
import { type Field, type Problem, readFields, rewriting } from './subject-fields.ts'

/**
 * `sub` of a Kubernetes service-account token. Sources: Kubernetes "Authenticating", section
 * "Service account tokens" (user name `system:serviceaccount:(NAMESPACE):(SERVICEACCOUNT)`, groups
 * `system:serviceaccounts…`); "Object Names and IDs" (a namespace is an RFC 1123 label of at most 63
 * characters, a service account an RFC 1123 subdomain of at most 253).
 */
const MARKER = 'system:serviceaccount:'

const LABEL_BEGIN = /^[a-z0-9][a-z0-9-]{0,62}$/
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

const serviceAccount: Field = {
  key: '',
  name: 'service account',
  level: 'workload',
  final: true,
  check({ value, closed, start, end }) {
    const labels = value.split('.')
    const label = (text: string, last: boolean) =>
      (last && !closed ? /^(?:[a-z0-9][a-z0-9-]*)?$/ : /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/).test(text)
    if (value.length <= 253 && labels.every((text, index) => label(text, index === labels.length - 1))) return
    const reason =
      'a service account name has lower-case letters, digits, `-` and `.` (RFC 1123, at most 253)'
    return { reason, start, end }
  },
}

const namespace: Field = {
  key: MARKER,
  name: 'namespace',
  level: 'project',
  check({ value, closed, start, end }) {
    if ((closed ? LABEL : LABEL_BEGIN).test(value)) return
    const slash = value.indexOf('/')
    if (slash >= 0) {
      const reason = 'a `:` stands between namespace and service account, not a `/`'
      return { reason, start: start + slash, end: start + slash + 1 }
    }
    const reason = 'a namespace has lower-case letters, digits and `-` (RFC 1123 label, at most 63)'
    return { reason, start, end }
  },
  next: [serviceAccount],
}

/** The subject people mean: right marker, `:` for `/`, lower case outside placeholders. */
function rewrite(text: string): string {
  const marker = /^system:service-?accounts?[:/]/i.exec(text)?.[0]
  if (marker === undefined) return text
  const names: string[] = []
  for (let at = marker.length; at <= text.length; ) {
    const end = pieceEnd(text, at, ':/')
    const name = text.slice(at, end)
    names.push(isPlaceholder(name) ? name : name.toLowerCase())
    at = end + 1
  }
  // The group of a namespace is every account in it: the beginning that ends after the namespace.
  const group = /accounts/i.test(marker) && names.length === 1 && names[0] !== ''
  return MARKER + names.join(':') + (group ? ':' : '')
}

function unexpected(text: string, at: number): Problem | undefined {
  if (at !== 0) return undefined
  if (/^system:serviceaccounts(?::|$)/.test(text)) {
    const reason = '`system:serviceaccounts` is a group of service accounts, never the subject of a token'
    return { reason, start: 0, end: 'system:serviceaccounts'.length }
  }
  const wrong = /^system:service-?accounts?[:/]?/i.exec(text)?.[0].length ?? pieceEnd(text, 0, ':')
  return { reason: `it must begin with \`${MARKER}\``, start: 0, end: wrong }
}

export const serviceAccountSubject: SubjectGrammar = {
  shape: 'system:serviceaccount:<namespace>:<name>',
  marker: MARKER,
  separators: ':',
  read: rewriting(text => readFields(text, [namespace], ':', unexpected), rewrite),
}
