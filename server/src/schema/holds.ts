import { isObject } from '../text/json.ts'
import type { Schema } from './schemas.ts'

/** The keywords that `holds` knows. A test keeps the `if`s of our schemas within them. */
export const knownInConditions: readonly string[] = [
  '$comment',
  'type',
  'const',
  'enum',
  'pattern',
  'required',
  'properties',
  'propertyNames',
  'maxProperties',
  'anyOf',
  'not',
]

/**
 * Whether `value` fulfils the condition of an `if`: enough of JSON Schema to choose the branch whose fields to
 * describe. Judging documents is the business of `validate`.
 */
export function holds(schema: Schema, value: unknown): boolean {
  const { type, pattern, required, properties, propertyNames, maxProperties, anyOf, not } = schema
  if (type !== undefined && ![type].flat().includes(typeOf(value))) return false
  if ('const' in schema && value !== schema.const) return false
  if (schema.enum && !schema.enum.includes(value)) return false
  if (pattern !== undefined && typeof value === 'string' && !new RegExp(pattern, 'u').test(value))
    return false
  if (anyOf && !anyOf.some(s => holds(s, value))) return false
  if (not && holds(not, value)) return false
  if (!isObject(value)) return true
  const names = Object.keys(value)
  if (maxProperties !== undefined && names.length > maxProperties) return false
  if (propertyNames && !names.every(name => holds(propertyNames, name))) return false
  if (required && !required.every(name => Object.hasOwn(value, name))) return false
  return Object.entries(properties ?? {}).every(
    ([name, s]) => !Object.hasOwn(value, name) || holds(s, value[name]),
  )
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value
}
