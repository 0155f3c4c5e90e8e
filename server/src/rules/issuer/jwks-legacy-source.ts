import { type Fix, rule } from '../../lint/rule.ts'
import { get, type Node, type Property, textAt, toValue } from '../../syntax/node.ts'
import type { Value } from '../../syntax/write.ts'
import { KEY_SOURCE_NAMES, KEY_SOURCES, keySourcesOf } from '../../wif/jwks.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'

/** The Console's flat fields, and what they are called inside `jwks` (SDK, federation issuers). */
const NAMES = new Map([
  ['jwks_source', 'type'],
  ['discovery_base', 'discovery_base'],
  ['jwks_url', 'url'],
  ['jwks_inline', 'keys'],
  ['ca_cert_pem', 'ca_cert_pem'],
])

export const jwksLegacySource = rule({
  id: 'issuer/jwks-legacy-source',
  title: 'Where the keys come from is said in the form of the Console',
  class: 'hygiene',
  since: '0.1.0',
  check(file, report) {
    for (const { node } of file.issuers) {
      const fields = node.properties.filter(p => NAMES.has(p.key.value) && p.value.type !== 'null')
      const jwks = get(node, 'jwks')
      if (jwks && jwks.type !== 'null') {
        for (const field of fields.filter(f => contradicts(f, jwks))) {
          const { value: name } = field.key
          report(field, `\`${name}\` and \`jwks\` say different things; the Admin API reads \`jwks\` alone`, {
            severity: 'warning',
            related: [{ at: jwks, message: 'this is what counts' }],
            fixes: [{ title: `Remove \`${name}\``, safe: false, edits: [{ remove: field }] }],
          })
        }
        continue
      }
      const field = fields.find(p => p.key.value === 'jwks_source') ?? fields[0]
      if (!field) continue
      const source = textAt(node, 'jwks_source') ?? ''
      const lost = fields.length > 1 || (source !== 'discovery' && !isPlaceholder(source))
      const otherwise = lost ? ', and without it the keys come from discovery' : ''
      report(
        field,
        `\`${field.key.value}\` is the form of the Console; the Admin API takes \`jwks\`${otherwise}`,
        {
          ...(lost && { severity: 'warning' }),
          fixes: rewritten(fields),
        },
      )
    }
  },
})

/** Whether `jwks` has another value for what `field` says; where it has none, the two may mean the same. */
function contradicts(field: Property, jwks: Node): boolean {
  const said = get(jwks, NAMES.get(field.key.value) ?? '')
  if (!said) return field.key.value !== 'jwks_source' && jwks.type === 'object'
  return JSON.stringify(toValue(said)) !== JSON.stringify(toValue(field.value))
}

/** The same as `jwks`, in the place of the last of the fields; nothing when they do not go together. */
function rewritten(fields: readonly Property[]): Fix[] {
  const companions = fields.filter(f => f.key.value !== 'jwks_source')
  const names = companions.map(f => NAMES.get(f.key.value) ?? '')
  const written = fields.find(f => f.key.value === 'jwks_source')?.value
  const type = written ? toValue(written) : keySourcesOf(names[0] ?? '')[0]
  const source = KEY_SOURCE_NAMES.find(name => name === type)
  const values = companions.map(({ value }, i) =>
    toValue((names[i] === 'keys' ? get(value, 'keys') : undefined) ?? value),
  )
  const jwks = Object.fromEntries(names.map((name, i) => [name, values[i] as Value]))
  const fits = source && names.every(name => KEY_SOURCES[source].takes.includes(name))
  const last = fields.at(-1)
  if (!fits || !last || ('keys' in jwks && !Array.isArray(jwks.keys))) return []
  return [
    {
      title: 'Rewrite as `jwks`',
      safe: true,
      edits: [
        ...fields.slice(0, -1).map(field => ({ remove: field })),
        { rename: last, to: 'jwks' },
        { set: last.value, to: { type: source, ...jwks } },
      ],
    },
  ]
}
