import { isNote, mayHoldMore } from '../../lint/open.ts'
import { type Fix, type Report, rule } from '../../lint/rule.ts'
import { get, type Node, type ObjectNode, property, toValue } from '../../syntax/node.ts'
import { put, type Value } from '../../syntax/write.ts'
import { listed } from '../../text/joined.ts'
import { nearest } from '../../text/nearest.ts'
import type { FederationIssuer } from '../../wif/issuer.ts'
import { type JwksReading, KEY_SOURCE_NAMES, KEY_SOURCES, keySourcesOf, readJwks } from '../../wif/jwks.ts'
import { certificateProblem } from '../../wif/pem.ts'
import { filledIn, isStandIn } from '../../wif/placeholder.ts'

const TYPES = listed(KEY_SOURCE_NAMES, 'or')

export const jwksShape = rule({
  id: 'issuer/jwks-shape',
  title: 'The fields of `jwks` do not go together',
  class: 'service-rejects',
  since: '0.1.0',
  check(file, report) {
    for (const issuer of file.issuers) {
      const jwks = filledIn(get(issuer.node, 'jwks'))
      if (jwks?.type === 'object') {
        const reading = readJwks(jwks)
        checkFields(issuer, jwks, reading, report)
        if (reading.source === undefined || reading.source === 'inline')
          checkKeys(filledIn(get(jwks, 'keys')), report)
        if (reading.source !== 'inline') checkCertificate(filledIn(get(jwks, 'ca_cert_pem')), report)
      } else if (jwks) {
        const list = jwks.type === 'array' && jwks.items.length > 0
        report(jwks, `\`jwks\` must be an object with a \`type\`: ${TYPES}`, {
          ...(list && {
            fixes: [replace('Move the list into `keys`', jwks, { type: 'inline', keys: plain(jwks) })],
          }),
        })
      }
    }
  },
})

function checkFields(issuer: FederationIssuer, jwks: ObjectNode, reading: JwksReading, report: Report): void {
  const { source, implied, foreign, lacks } = reading
  const type = property(jwks, 'type')
  const open = mayHoldMore(issuer, jwks)
  if (!source) {
    if (type ? isStandIn(type.value) : open) return
    const word = type?.value.type === 'string' ? nearest(type.value.value, KEY_SOURCE_NAMES) : undefined
    const message = type ? `\`type\` must be ${TYPES}` : `\`jwks\` needs a \`type\`: ${TYPES}`
    report(type?.value ?? jwks, message, { fixes: setType(jwks, implied ?? word, true) })
    return
  }
  const takes = `\`${source}\` takes ${listed(KEY_SOURCES[source].takes)}`
  for (const field of foreign) {
    const name = field.key.value
    const fixes = setType(jwks, implied, false)
    if (!lacks) fixes.push({ title: `Remove \`${name}\``, safe: false, edits: [{ remove: field }] })
    report(field, `\`${name}\` belongs to ${listed(keySourcesOf(name))}; ${takes}`, { fixes })
  }
  const unknown = reading.unknown.filter(({ field }) => !isNote(field.key.value))
  for (const { field, meant } of unknown) {
    const rename = {
      title: `Rename to \`${meant}\``,
      safe: false,
      edits: [{ rename: field, to: meant ?? '' }],
    }
    report(field, `\`${field.key.value}\` is not a field of \`jwks\`; ${takes}`, {
      ...((!lacks || meant !== lacks) && { severity: 'info' }),
      ...(meant !== undefined && { fixes: [rename] }),
    })
  }
  const said = foreign.length > 0 || unknown.some(({ meant }) => meant === lacks)
  if (lacks && type && !said && !open) report(type.value, `\`${source}\` needs \`${lacks}\``)
}

function checkKeys(keys: Node | undefined, report: Report): void {
  if (keys?.type === 'array' && keys.items.length > 0) return
  if (keys?.type === 'array') {
    report(keys, '`keys` holds no key, so no token can be verified')
  } else if (keys) {
    const inner = get(keys, 'keys')
    const list = inner?.type === 'array' ? plain(inner) : get(keys, 'kty') ? [plain(keys)] : undefined
    const message = inner
      ? '`keys` must be the list itself, not the object around it'
      : '`keys` must be a list of keys'
    report(keys, message, { ...(list && { fixes: [replace('Keep the list alone', keys, list)] }) })
  }
}

function checkCertificate(certificate: Node | undefined, report: Report): void {
  if (certificate?.type !== 'string') return
  const problem = certificateProblem(certificate.value)
  if (!problem) return
  const { repaired, reason } = problem
  report(certificate, `\`ca_cert_pem\` takes PEM blocks of type \`CERTIFICATE\`; ${reason}`, {
    ...(repaired !== undefined && { fixes: [replace('Write real line breaks', certificate, repaired)] }),
  })
}

function setType(jwks: ObjectNode, to: string | undefined, safe: boolean): Fix[] {
  return to === undefined
    ? []
    : [{ title: `Set \`type\` to \`${to}\``, safe, edits: [put(jwks, 'type', to)] }]
}

/** For a value that can only have been meant so. */
function replace(title: string, node: Node, to: Value): Fix {
  return { title, safe: true, edits: [{ set: node, to }] }
}

function plain(node: Node): Value {
  return toValue(node) as Value
}
