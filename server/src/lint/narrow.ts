import { nearlyAdmitted } from '../access/access.ts'
import type { StepName } from '../decide/step.ts'
import type { Identity } from '../wif/identity.ts'
import type { Provider } from '../wif/providers/provider.ts'
import type { WorkspaceView } from '../wif/view.ts'
import type { Fix } from './rule.ts'
import { namesRule, splittingFixes } from './split.ts'
import type { ReadSubject } from './subjects.ts'

/** More candidates than this are no help in a menu. */
export const MAX_FIXES = 8

/** A subject that something in the workspace really has. */
export interface UsedSubject {
  subject: string
  identity: Identity
}

/**
 * The subjects of known identities that begin as `read` asks and pass the other matchers, each once. A workload that
 * names the rule means it, whatever audience its token has.
 */
export function usedSubjects({ rule, at, literal }: ReadSubject, view: WorkspaceView): UsedSubject[] {
  const used = new Map<string, Identity>()
  const but: StepName[] = at === rule.subject ? ['lifetime', 'subject'] : ['lifetime']
  for (const { identity, decision } of nearlyAdmitted(view, rule, [...but, 'audience'])) {
    const { sub } = identity.claims
    const isForAnother = decision.steps.some(({ step, result }) => step === 'audience' && result === 'fail')
    if (isForAnother && !namesRule(identity, rule)) continue
    if (typeof sub === 'string' && sub.startsWith(literal) && !used.has(sub)) used.set(sub, identity)
  }
  return [...used].map(([subject, identity]) => ({ subject, identity }))
}

/**
 * Fixes that narrow a prefix to one subject that is really used, a fix for each, and one that makes a rule for each;
 * where none is known, one that leaves its name to be filled in. Not safe: they change who gets in, so a person chooses.
 */
export function narrowingFixes(
  read: ReadSubject,
  view: WorkspaceView,
  used: readonly UsedSubject[] = usedSubjects(read, view),
): Fix[] {
  const fixes = fixesFor(read, used)
  return fixes.length > 0 ? [...fixes, ...splittingFixes(read, view, used)] : namingFixes(read)
}

/** Only the first kind, for a prefix that ends within a name. */
export function usedFixes(read: ReadSubject, view: WorkspaceView): Fix[] {
  const used = usedSubjects(read, view)
  return [...fixesFor(read, used), ...splittingFixes(read, view, used)]
}

function fixesFor(read: ReadSubject, used: readonly UsedSubject[]): Fix[] {
  return used.slice(0, MAX_FIXES).map(({ subject, identity }) => ({
    title: `Narrow to "${subject}" (${fileName(identity.source.file.uri)})`,
    safe: false,
    // Each of several shuts out the others.
    ...(used.length > 1 && { choice: true }),
    edits: [read.exactly(subject)],
  }))
}

/** The fix that completes the subject with `<name>`, for an editor to select. */
export function namingFixes(read: ReadSubject): Fix[] {
  const subject = wholeSubject(read.provider, read.literal)
  if (subject === undefined) return []
  const title = `Name one ${read.provider.words.workload}: "${subject}"`
  return [{ title, safe: false, edits: [read.exactly(subject)] }]
}

/**
 * `literal`, which ends on a boundary, completed with the rest of its provider's shape. Undefined where no whole
 * subject helps: it would be another on the next run, or name whoever starts it.
 */
export function wholeSubject({ subject, claims }: Provider, literal: string): string | undefined {
  const { segments: named } = subject.read(literal)
  const parts = subject.shape.replace(/<[^<>]*\/>/g, '').match(/<[^<>]*>|[^<>:/@]+|[:/@]/g) ?? []
  const open = Math.max(1, parts.filter(isName).length - named.filter(s => s.closed).length)
  for (const [from] of parts.entries()) {
    const rest = parts.slice(from)
    if (rest.filter(isName).length > open || /^[:/@]/.test(rest[0] ?? '')) continue
    const text = literal + rest.join('')
    const { segments, complete, problem } = subject.read(text)
    // What is filled in must be a name: `branch:ref:<branch>` behind a group would make a project of `branch`.
    const next = segments.find(s => s.end > literal.length)
    const added = next && text.slice(Math.max(next.start, literal.length), next.end)
    if (!complete || problem || !added || !/^[\w./]*<[^<>]*>$/.test(added)) continue
    const fleeting = segments.some(({ claim = '', callerControlled }) => {
      const info = Object.hasOwn(claims, claim) ? claims[claim] : undefined
      return info?.volatile || (callerControlled ?? info?.callerControlled) !== undefined
    })
    return fleeting ? undefined : text
  }
  return undefined
}

/** Whether this part of a shape is a name to fill in. */
function isName(text: string): boolean {
  return /^<[^<>]*>$/.test(text)
}

/** The last part of a uri, for people: of `untitled:Untitled-1` too, which has no slash. */
export function fileName(uri: string): string {
  return decodeURIComponent(uri.replace(/^(.*\/|[^/:]*:)/, ''))
}
