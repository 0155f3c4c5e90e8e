/** How a rule's `subject_prefix` is compared with a token's `sub`. */
export interface SubjectPattern {
  /** The text without the wildcard. */
  literal: string
  /** True for `literal*`: any subject that begins so. False: exactly this subject. */
  prefix: boolean
}

/**
 * Reads `subject_prefix`: exact, unless it ends in `*`. Any other `*` or `?` is an ordinary character
 * (reference, Rule matching semantics).
 */
export function subjectPattern(text: string): SubjectPattern {
  return text.endsWith('*') ? { literal: text.slice(0, -1), prefix: true } : { literal: text, prefix: false }
}

/** Whether every subject that passes `inner` passes `outer`. */
export function covers(outer: SubjectPattern, inner: SubjectPattern): boolean {
  if (inner.prefix) return outer.prefix && inner.literal.startsWith(outer.literal)
  return subjectMatches(outer, inner.literal)
}

/** Whether a token with this `sub` passes; case-sensitive. */
export function subjectMatches(pattern: SubjectPattern, subject: string): boolean {
  return pattern.prefix ? subject.startsWith(pattern.literal) : subject === pattern.literal
}
