import { quote } from '../cel/index.ts'
import { readCondition } from '../wif/condition.ts'
import type { WifFile } from '../wif/entity.ts'
import { providerOf } from '../wif/pairing.ts'
import type { Provider, SubjectReading } from '../wif/providers/provider.ts'
import type { FederationRule } from '../wif/rule.ts'
import { subjectPattern } from '../wif/subject.ts'
import type { WorkspaceView } from '../wif/view.ts'
import { conditionEdit } from './condition-edit.ts'
import { partOf } from './part.ts'
import type { FixEdit, Place } from './rule.ts'

/** What a rule asks of `sub`, taken apart as its provider writes subjects. */
export interface ReadSubject {
  rule: FederationRule
  /** Where it is asked: the `subject_prefix`, or a part of the condition. */
  at: Place
  /** The text without the wildcard. */
  literal: string
  /** True when the subject only begins so. */
  prefix: boolean
  provider: Provider
  reading: SubjectReading
  /** Asks for exactly `subject` in its place. */
  exactly(subject: string): FixEdit
}

/** The `subject_prefix` of each rule in `file` whose provider is known. */
export function* subjects(file: WifFile, view: WorkspaceView): Generator<ReadSubject> {
  for (const rule of file.rules) {
    const { subject } = rule
    const provider = providerOf(view, rule)
    if (!subject || !provider) continue
    const pattern = subjectPattern(subject.value)
    const reading = provider.subject.read(pattern.literal)
    yield { rule, at: subject, ...pattern, provider, reading, exactly: to => ({ set: subject, to }) }
  }
}

/**
 * What rules ask the subject to begin with, in `subject_prefix` or as `claims.sub.startsWith("...")`, where a subject
 * can begin so. The empty prefix, inner wildcards and malformed subjects are other rules' business.
 */
export function* prefixes(file: WifFile, view: WorkspaceView): Generator<ReadSubject> {
  for (const read of subjects(file, view)) if (isRealPrefix(read)) yield read
  for (const rule of file.rules) {
    // Beside an exact subject a prefix in the condition widens nothing.
    if (rule.subject && !subjectPattern(rule.subject.value).prefix) continue
    for (const read of conditionPrefixes(rule, view)) if (isRealPrefix(read)) yield read
  }
}

function isRealPrefix({ literal, prefix, reading }: ReadSubject): boolean {
  return prefix && literal !== '' && !/[*?]/.test(literal) && !reading.problem
}

function* conditionPrefixes(rule: FederationRule, view: WorkspaceView): Generator<ReadSubject> {
  const { condition } = rule
  const read = condition && readCondition(condition)
  if (!condition || !read) return
  const provider = providerOf(view, rule)
  if (!provider) return
  for (const fact of read.facts) {
    if (fact.kind !== 'startsWith' || fact.path.join() !== 'sub') continue
    const [literal, ...more] = fact.values
    if (typeof literal !== 'string' || more.length > 0) continue
    const { start, end } = fact
    yield {
      rule,
      at: partOf(rule, condition, fact),
      literal,
      prefix: true,
      provider,
      reading: provider.subject.read(literal),
      exactly: to =>
        conditionEdit(rule, condition, { start, end, text: `claims.sub == ${quote(to)}`, title: '' }),
    }
  }
}
