import type { StringNode } from '../syntax/node.ts'
import type { WifFile } from '../wif/entity.ts'
import { providerOf } from '../wif/pairing.ts'
import type { Provider, SubjectReading } from '../wif/providers/provider.ts'
import type { FederationRule } from '../wif/rule.ts'
import { type SubjectPattern, subjectPattern } from '../wif/subject.ts'
import type { WorkspaceView } from '../wif/view.ts'

/** A rule's subject, taken apart as its provider writes subjects. */
export interface ReadSubject {
  rule: FederationRule
  subject: StringNode
  pattern: SubjectPattern
  provider: Provider
  reading: SubjectReading
}

/** The subjects of the rules in `file` whose provider is known. */
export function* subjects(file: WifFile, view: WorkspaceView): Generator<ReadSubject> {
  for (const rule of file.rules) {
    const { subject } = rule
    const provider = providerOf(view, rule)
    if (!subject || !provider) continue
    const pattern = subjectPattern(subject.value)
    yield { rule, subject, pattern, provider, reading: provider.subject.read(pattern.literal) }
  }
}

/**
 * The subjects that are real prefixes: `literal*` with a literal that some subject begins with. The empty prefix,
 * inner wildcards and malformed subjects are other rules' business.
 */
export function* prefixes(file: WifFile, view: WorkspaceView): Generator<ReadSubject> {
  for (const read of subjects(file, view)) {
    const { literal, prefix } = read.pattern
    if (prefix && literal !== '' && !/[*?]/.test(literal) && !read.reading.problem) yield read
  }
}
