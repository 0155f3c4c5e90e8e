import type { KeySource } from './issuer.ts'

/** What each source of keys takes, and the field it cannot do without (reference, JWKS source modes). */
export const KEY_SOURCES: Record<KeySource, { takes: readonly string[]; needs?: string }> = {
  discovery: { takes: ['discovery_base', 'ca_cert_pem'] },
  explicit_url: { takes: ['url', 'ca_cert_pem'], needs: 'url' },
  inline: { takes: ['keys'], needs: 'keys' },
}

/** The names of the sources, the default first. */
export const KEY_SOURCE_NAMES = Object.keys(KEY_SOURCES) as KeySource[]

/** Every field of `jwks` but `type`. */
export const JWKS_FIELDS = [...new Set(Object.values(KEY_SOURCES).flatMap(s => s.takes))]

/** The source called `name`, if there is one. */
export function keySourceNamed(name: string | undefined): KeySource | undefined {
  return KEY_SOURCE_NAMES.find(source => source === name)
}

/** The one source that takes all of these fields; undefined when none does, or several do. */
export function keySourceWith(fields: readonly string[]): KeySource | undefined {
  const [source, ...others] = KEY_SOURCE_NAMES.filter(name =>
    fields.every(field => KEY_SOURCES[name].takes.includes(field)),
  )
  return others.length === 0 ? source : undefined
}

/** Names of the same things in discovery documents, in the Console and elsewhere. */
const ALIASES: Record<string, string> = { jwks_uri: 'url', jwks_url: 'url', uri: 'url', jwks: 'keys', key: 'keys' }

/** The field of `jwks` that goes elsewhere by the name `name`. */
export function jwksAlias(name: string): string | undefined {
  return Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined
}
