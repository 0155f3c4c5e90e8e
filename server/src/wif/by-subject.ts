import { isPlaceholder } from './placeholder.ts'
import type { FederationRule } from './rule.ts'
import { subjectMatches, subjectPattern } from './subject.ts'
import type { WorkspaceView } from './view.ts'

/** The rules that name `subject` and no other. */
export function rulesNaming(view: WorkspaceView, subject: string): readonly FederationRule[] {
  return view.by('rules', named).get(subject) ?? []
}

/** The rules that do not name one subject: a prefix, a placeholder, or none. */
export function openRules(view: WorkspaceView): readonly FederationRule[] {
  return view.by('rules', named).get(undefined) ?? []
}

/** Those of them whose subject does not refuse `subject` already. */
export function openRulesFor(view: WorkspaceView, subject: string): FederationRule[] {
  return openRules(view).filter(
    rule =>
      !rule.subject ||
      isPlaceholder(rule.subject.value) ||
      subjectMatches(subjectPattern(rule.subject.value), subject),
  )
}

function named({ subject }: FederationRule): [string | undefined] {
  if (!subject || isPlaceholder(subject.value)) return [undefined]
  const { literal, prefix } = subjectPattern(subject.value)
  return [prefix ? undefined : literal]
}
