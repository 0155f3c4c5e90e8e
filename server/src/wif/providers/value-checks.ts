import type { Problem, Value } from './subject-fields.ts'

/** A check that every value matches `begin` while it grows, and `whole` when it is closed. */
export function shaped(
  reason: string,
  begin: RegExp,
  whole: RegExp = begin,
): (value: Value) => Problem | undefined {
  return ({ value, closed, start, end }) =>
    (closed ? whole : begin).test(value) ? undefined : { reason, start, end }
}

/** A check that the value is one of a few words. */
export function oneOf(words: string[]): (value: Value) => Problem | undefined {
  const reason = `only ${words.map(word => `\`${word}\``).join(' and ')} can stand here`
  return ({ value, closed, start, end }) =>
    words.some(word => (closed ? word === value : word.startsWith(value)))
      ? undefined
      : { reason, start, end }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether `text` is a whole UUID in lower case. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}

/** Whether a UUID in lower case can begin with `text`. */
export function beginsUuid(text: string): boolean {
  return UUID.test(text + '00000000-0000-0000-0000-000000000000'.slice(text.length)) && text.length <= 36
}

/** A check for UUIDs. */
export function uuidValue(name: string): (value: Value) => Problem | undefined {
  const reason = `the ${name} must be a UUID in lower case`
  return ({ value, closed, start, end }) =>
    (closed ? isUuid(value) : beginsUuid(value)) ? undefined : { reason, start, end }
}
