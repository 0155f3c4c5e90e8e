import { isNote, mayHoldMore } from '../../lint/open.ts'
import { type Fix, type Report, rule } from '../../lint/rule.ts'
import { listed } from '../../lint/words.ts'
import { get, type Node, type ObjectNode, property, toValue } from '../../syntax/node.ts'
import type { Value } from '../../syntax/write.ts'
import { nearest } from '../../text/nearest.ts'
import type { FederationIssuer, KeySource } from '../../wif/issuer.ts'
import {
  JWKS_FIELDS,
  jwksAlias,
  KEY_SOURCE_NAMES,
  KEY_SOURCES,
  keySourceNamed,
  keySourceWith,
} from '../../wif/jwks.ts'
import { certificateProblem } from '../../wif/pem.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'

const TYPES = listed(KEY_SOURCE_NAMES, 'or')

export const jwksShape = rule({
  id: 'issuer/jwks-shape',
  title: 'The fields of `jwks` do not go together',
  class: 'service-rejects',
  since: '0.1.0',
  check(file, report) {
    for (const issuer of file.issuers) {
      const jwks = get(issuer.node, 'jwks')
      if (!isGiven(jwks)) continue
      if (jwks.type !== 'object') {
        report(jwks, `\`jwks\` must be an object with a \`type\`: ${TYPES}`, { fixes: wrapped(jwks) })
        continue
      }
      checkType(issuer, jwks, report)
      checkKeys(get(jwks, 'keys'), report)
      checkCertificate(get(jwks, 'ca_cert_pem'), report)
    }
  },
})

/** Whether a value is there to have an opinion about: neither null nor a placeholder. */
function isGiven(node: Node | undefined): node is Node {
  return node !== undefined && node.type !== 'null' && !(node.type === 'string' && isPlaceholder(node.value))
}

function wrapped(jwks: Node): Fix[] {
  const keys = jwks.type === 'array' && jwks.items.length > 0
  const url = jwks.type === 'string' && jwks.value.startsWith('https://')
  if (keys) return [fix('Move into `keys`', [{ set: jwks, to: { type: 'inline', keys: valueOf(jwks) } }])]
  if (url) return [fix('Move into `url`', [{ set: jwks, to: { type: 'explicit_url', url: jwks.value } }])]
  if (jwks.type === 'string' && jwks.value === 'discovery')
    return [fix('Move into `type`', [{ set: jwks, to: { type: 'discovery' } }])]
  return []
}

function checkType(issuer: FederationIssuer, jwks: ObjectNode, report: Report): void {
  const type = property(jwks, 'type')
  const open = mayHoldMore(issuer, jwks)
  const given = jwks.properties.filter(p => p !== type && p.value.type !== 'null')
  const fields = given.filter(p => JWKS_FIELDS.includes(p.key.value))
  const implied = given.length > 0 ? keySourceWith(fields.map(p => p.key.value)) : KEY_SOURCE_NAMES[0]

  if (!type || type.value.type === 'null') {
    if (!open) report(jwks, `\`jwks\` needs a \`type\`: ${TYPES}`, { fixes: setType(jwks, implied, true) })
    return
  }
  if (!isGiven(type.value)) return
  const written = String(toValue(type.value))
  const source = keySourceNamed(written)
  if (!source) {
    const to = implied ?? nearest(written, KEY_SOURCE_NAMES)
    report(type.value, `\`type\` must be ${TYPES}`, { fixes: setType(jwks, to, true) })
    return
  }

  const { takes, needs } = KEY_SOURCES[source]
  const lacks = needs !== undefined && !fields.some(p => p.key.value === needs) && !open
  const foreign = fields.filter(p => !takes.includes(p.key.value))
  for (const field of foreign) {
    const { value: name } = field.key
    const owners = KEY_SOURCE_NAMES.filter(owner => KEY_SOURCES[owner].takes.includes(name))
    const only = takes.length === 1 ? 'only ' : ''
    const fixes = setType(jwks, implied, false)
    if (!lacks) fixes.push({ title: `Remove \`${name}\``, safe: false, edits: [{ remove: field }] })
    report(field, `\`${name}\` belongs to ${listed(owners)}; \`${source}\` takes ${only}${listed(takes)}`, { fixes })
  }
  const misnamed = given.filter(p => !JWKS_FIELDS.includes(p.key.value) && !isNote(p.key.value))
  for (const field of misnamed) {
    const { value: name } = field.key
    const meant = jwksAlias(name) ?? nearest(name, takes)
    const fits = meant !== undefined && takes.includes(meant) && !property(jwks, meant)
    report(field, `\`${name}\` is not a field of \`jwks\`; \`${source}\` takes ${listed(takes)}`, {
      ...(!(lacks && meant === needs) && { severity: 'info' }),
      ...(fits && { fixes: [fix(`Rename to \`${meant}\``, [{ rename: field, to: meant }])] }),
    })
  }
  if (lacks && foreign.length === 0 && misnamed.length === 0)
    report(type.value, `\`${source}\` needs \`${needs}\``)
}
