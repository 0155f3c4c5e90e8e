import { globMatches } from '../wif/glob.ts'
import { providersOfSubject } from '../wif/providers/index.ts'

/** How a value that did not match comes near to one that would. */
export interface NearMiss {
  kind: 'case' | 'space' | 'slash' | 'wildcard' | 'inner' | 'ids' | 'form' | 'list' | 'type' | 'differs'
  /** The rest of a sentence. */
  hint: string
  /** The first character (UTF-16, from 0) in which the two differ. */
  at?: number
}

/** What a rule asks for: exactly this text, or a text that begins so. */
export interface Wanted {
  text: string
  prefix: boolean
}

/** How `actual` misses what is `wanted`; undefined when it does not, or the two have nothing in common. */
export function nearMiss({ text, prefix }: Wanted, actual: unknown): NearMiss | undefined {
  if (Array.isArray(actual)) {
    const within = actual.includes(text)
    return within
      ? { kind: 'list', hint: 'it is a list that holds this text, not the text itself' }
      : undefined
  }
  if (typeof actual === 'number' || typeof actual === 'boolean')
    return String(actual) === text ? { kind: 'type', hint: `it is a ${typeof actual}, not text` } : undefined
  if (typeof actual !== 'string') return undefined
  const compared = prefix ? actual.slice(0, text.length) : actual
  if (compared === text) return undefined
  const at = firstDifference(text, compared)
  if (compared.toLowerCase() === text.toLowerCase())
    return { kind: 'case', hint: 'only upper and lower case differ', at }
  if (compared.trim() === text.trim()) return { kind: 'space', hint: 'only white space differs', at }
  if (!prefix && withoutSlash(actual) === withoutSlash(text))
    return { kind: 'slash', hint: 'only the slash at the end differs', at }
  if (!prefix && text !== '' && actual.startsWith(text))
    return { kind: 'wildcard', hint: 'without `*` at the end the rule asks for exactly this', at }
  if (beginsLike(withoutIds(actual), withoutIds(text), prefix))
    return { kind: 'ids', hint: 'only the ids behind `@` differ', at }
  if (text.includes('*') && globMatches(prefix ? `${text}*` : text, actual))
    return { kind: 'inner', hint: 'a `*` that is not at the end is an ordinary character', at }
  const written = asWritten(text)
  if (written !== undefined && beginsLike(actual, written, prefix))
    return { kind: 'form', hint: 'the rule names the same in a form that tokens do not carry', at }
  return at === 0 ? undefined : { kind: 'differs', hint: `they differ from character ${at + 1} on`, at }
}

/** The first offset (UTF-16) at which two texts differ; their common length when one continues the other. */
function firstDifference(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  for (let i = 0; i < shorter; i++) if (a[i] !== b[i]) return i
  return shorter
}

function withoutSlash(text: string): string {
  return text.endsWith('/') ? text.slice(0, -1) : text
}

function beginsLike(actual: string, wanted: string, prefix: boolean): boolean {
  return prefix ? actual.startsWith(wanted) : actual === wanted
}

/** `repo:owner@12/name@34:…` as it was before GitHub wrote ids into subjects. */
function withoutIds(subject: string): string {
  return subject.replace(/@\d+(?=[/:]|$)/g, '')
}

/** A subject as its provider writes it: the role of a session ARN. */
function asWritten(subject: string): string | undefined {
  for (const provider of providersOfSubject(subject)) {
    const suggestion = provider.subject.read(subject).problem?.suggestion
    if (suggestion !== undefined) return suggestion
  }
  return undefined
}
