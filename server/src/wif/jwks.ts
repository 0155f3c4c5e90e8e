import { isAbsent, type ObjectNode, type Property, property, textAt } from '../syntax/node.ts'
import { nearest } from '../text/nearest.ts'
import type { KeySource } from './issuer.ts'

/** What each source of keys takes, and the field it cannot do without (reference, JWKS source modes). */
export const KEY_SOURCES: Record<KeySource, { takes: readonly string[]; needs?: string }> = {
  discovery: { takes: ['discovery_base', 'ca_cert_pem'] },
  explicit_url: { takes: ['url', 'ca_cert_pem'], needs: 'url' },
  inline: { takes: ['keys'], needs: 'keys' },
}

/** The names of the sources, the default first. */
export const KEY_SOURCE_NAMES = Object.keys(KEY_SOURCES) as KeySource[]

const FIELDS = new Set(Object.values(KEY_SOURCES).flatMap(s => s.takes))

/** How the fields of a `jwks` object go together. */
export interface JwksReading {
  /** What `type` says, if it is a source. */
  source: KeySource | undefined
  /** The one source that takes all the fields; undefined when none does, or several do. */
  implied: KeySource | undefined
  /** Fields of other sources. */
  foreign: Property[]
  /** Fields of no source, each with the one of this source that it stands for, where that is plain and not there. */
  unknown: { field: Property; meant: string | undefined }[]
  /** The field that the source needs and that is not there. */
  lacks: string | undefined
}

/** Reads `jwks`; fields that are null count as absent. */
export function readJwks(jwks: ObjectNode): JwksReading {
  const source = KEY_SOURCE_NAMES.find(name => name === textAt(jwks, 'type'))
  const given = jwks.properties.filter(p => p.key.value !== 'type' && p.value.type !== 'null')
  const known = given.filter(p => FIELDS.has(p.key.value))
  const takes = (name: KeySource, field: Property) => KEY_SOURCES[name].takes.includes(field.key.value)
  const fitting = KEY_SOURCE_NAMES.filter(name => known.every(field => takes(name, field)))
  const needs = source && KEY_SOURCES[source].needs
  return {
    source,
    implied: fitting.length === 1 ? fitting[0] : undefined,
    foreign: source ? known.filter(field => !takes(source, field)) : [],
    unknown: given
      .filter(field => !FIELDS.has(field.key.value))
      .map(field => ({ field, meant: meantBy(field.key.value, jwks, source) })),
    lacks: needs !== undefined && isAbsent(jwks, needs) ? needs : undefined,
  }
}

function meantBy(name: string, jwks: ObjectNode, source: KeySource | undefined): string | undefined {
  const takes = source ? KEY_SOURCES[source].takes : []
  const meant = ALIASES.get(name) ?? nearest(name, takes)
  return meant !== undefined && takes.includes(meant) && !property(jwks, meant) ? meant : undefined
}

/** What goes by another name in discovery documents, in the Console and elsewhere. */
const ALIASES = new Map([
  ['jwks_uri', 'url'],
  ['jwks_url', 'url'],
  ['uri', 'url'],
  ['jwks', 'keys'],
])

/** The sources that take `field`. */
export function keySourcesOf(field: string): KeySource[] {
  return KEY_SOURCE_NAMES.filter(name => KEY_SOURCES[name].takes.includes(field))
}
