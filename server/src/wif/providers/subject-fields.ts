import { isPlaceholder } from '../placeholder.ts'
import { pieceEnd } from './piece.ts'
import type { Level, Segment, SubjectReading } from './provider.ts'

export type Problem = NonNullable<SubjectReading['problem']>

/** A value and where it stands, for a check. */
export interface Value {
  text: string
  value: string
  start: number
  end: number
  closed: boolean
}

/** One part of a subject that is written as literal keys and values: `pipeline:<slug>:`. */
export interface Field {
  /** What comes before the value, with its separator: `pipeline:`. Empty for a plain path of values. */
  key: string
  name: string
  level: Level
  alsoPins?: Level[]
  claim?: string
  callerControlled?: string
  /** The key is the value: `pull_request`. */
  bare?: true
  /** The value ends where this begins (instead of at the separator); empty for "at the end of the text". */
  until?: string
  /** The subject may end after this field. */
  final?: true
  mayBeEmpty?: true
  /** Why no value can begin like this; for a closed value, why none can be this. Not asked about placeholders. */
  check?(value: Value): Problem | undefined
  /** The segments of the value, when it is more than one. */
  split?(value: Value): Segment[]
  next?: Field[]
}

/** Says more about a text where none of the expected fields begins; `before` is the field that was read last. */
export type Unexpected = (text: string, at: number, before: Field | undefined) => Problem | undefined

/** Reads a subject made of fields, as far as it goes. */
export function readFields(
  text: string,
  first: Field[],
  separator: string,
  unexpected?: Unexpected,
): SubjectReading {
  const segments: Segment[] = []
  let at = 0
  let fields = first
  let before: Field | undefined
  for (;;) {
    const pieceStop = pieceEnd(text, at, separator)
    const piece = text.slice(at, pieceStop)
    const field = fields.find(each => (each.bare ? piece === each.key : text.startsWith(each.key, at)))
    if (field === undefined) {
      const rest = text.slice(at)
      const mayCome = fields.some(each => each.key.startsWith(rest)) || isPlaceholder(piece)
      if (mayCome) return { segments, complete: false }
      const fallback = { reason: expectation(fields, before), start: at, end: pieceStop }
      return { segments, complete: false, problem: unexpected?.(text, at, before) ?? fallback }
    }
    const start = field.bare ? at : at + field.key.length
    const end = valueEnd(text, start, field, separator)
    const value: Value = { text, value: text.slice(start, end), start, end, closed: end < text.length }
    const empty = start === end && !field.mayBeEmpty
    if (empty && !value.closed) return { segments, complete: false }
    const problem = empty ? emptyValue(field, value) : check(field, value)
    if (start < end) segments.push(...(field.split?.(value) ?? [segmentOf(field, value)]))
    if (problem !== undefined) return { segments, complete: false, problem }
    if (!value.closed) {
      return {
        segments,
        complete: field.final === true && check(field, { ...value, closed: true }) === undefined,
      }
    }
    at = end + 1
    before = field
    fields = field.next ?? []
    if (fields.length === 0) {
      const reason = `nothing comes after the ${field.name}`
      return { segments, complete: false, problem: { reason, start: end, end: text.length } }
    }
  }
}

function valueEnd(text: string, start: number, field: Field, separator: string): number {
  if (field.until === undefined) return pieceEnd(text, start, separator)
  const end = field.until === '' ? -1 : text.indexOf(field.until, start)
  return end < 0 ? text.length : end
}

function check(field: Field, value: Value): Problem | undefined {
  return isPlaceholder(value.value) ? undefined : field.check?.(value)
}

function emptyValue(field: Field, value: Value): Problem {
  return { reason: `the ${field.name} is empty`, start: value.start, end: value.start + 1 }
}

function expectation(fields: Field[], before: Field | undefined): string {
  const keys = fields.slice(0, 3).map(each => `\`${each.key}\``)
  if (before === undefined) return `it must begin with ${keys.join(' or ')}`
  return `the ${before.name} is followed by ${keys.join(' or ')}${fields.length > 3 ? ' and the like' : ''}`
}

function segmentOf(field: Field, value: Value): Segment {
  return {
    name: field.name,
    level: field.level,
    text: value.value,
    start: value.start,
    end: value.end,
    closed: value.closed,
    ...(field.alsoPins && { alsoPins: field.alsoPins }),
    ...(field.claim && { claim: field.claim }),
    ...(field.callerControlled && { callerControlled: field.callerControlled }),
  }
}

/** Answers for a subject that breaks off: the segments up to there, and why. */
export type Fail = (reason: string, start: number, end: number, suggestion?: string) => SubjectReading

/** The answers for one whose segments are collected in `segments`. */
export function failing(segments: Segment[]): Fail {
  return (reason, start, end, suggestion) => ({
    segments,
    complete: false,
    problem: { reason, start, end, ...(suggestion !== undefined && { suggestion }) },
  })
}

/** `read`, with `rewrite(text)` as the suggestion of a problem when that is different and reads without one. */
export function rewriting(
  read: (text: string) => SubjectReading,
  rewrite: (text: string) => string,
): (text: string) => SubjectReading {
  return text => {
    const reading = read(text)
    if (reading.problem === undefined) return reading
    const suggestion = rewrite(text)
    if (suggestion === text || read(suggestion).problem) return reading
    return { ...reading, problem: { ...reading.problem, suggestion } }
  }
}

/** `read`, without the suggestions that have a problem of their own. */
export function withSoundSuggestions(
  read: (text: string) => SubjectReading,
): (text: string) => SubjectReading {
  return text => {
    const reading = read(text)
    const suggestion = reading.problem?.suggestion
    if (reading.problem === undefined || suggestion === undefined) return reading
    if (suggestion !== text && !read(suggestion).problem) return reading
    const { reason, start, end } = reading.problem
    return { ...reading, problem: { reason, start, end } }
  }
}
