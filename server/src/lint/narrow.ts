import { decide } from '../decide/decide.ts'
import { type Identity, identities } from '../wif/identity.ts'
import { issuerOf } from '../wif/pairing.ts'
import type { FederationRule } from '../wif/rule.ts'
import type { WorkspaceView } from '../wif/view.ts'
import type { Fix } from './rule.ts'

/** More candidates than this are no help in a menu. */
const MAX_FIXES = 8

/** The identities of the workspace that `rule` admits, as far as is known: those its other matchers do not deny. */
export function admittedIdentities(rule: FederationRule, view: WorkspaceView): Identity[] {
  const issuer = issuerOf(view, rule)
  return identities(view).filter(identity => {
    const { steps } = decide(identity, issuer, rule)
    const subject = steps.find(s => s.step === 'subject')
    return subject?.result === 'pass' && !steps.some(s => s.result === 'fail' && s.step !== 'lifetime')
  })
}

/** The subjects of those identities, each once, with an identity that has it. */
export function usedSubjects(
  rule: FederationRule,
  view: WorkspaceView,
): { subject: string; identity: Identity }[] {
  const used = new Map<string, Identity>()
  for (const identity of admittedIdentities(rule, view)) {
    const { sub } = identity.claims
    if (typeof sub === 'string' && !used.has(sub)) used.set(sub, identity)
  }
  return [...used].map(([subject, identity]) => ({ subject, identity }))
}

/**
 * Fixes that narrow the subject of `rule` to one that is really used, a fix for each. Not safe: they change who
 * gets in, so a person chooses.
 */
export function narrowingFixes(rule: FederationRule, view: WorkspaceView): Fix[] {
  const node = rule.subject
  if (!node) return []
  return usedSubjects(rule, view)
    .slice(0, MAX_FIXES)
    .map(({ subject, identity }) => ({
      title: `Narrow to "${subject}" (${fileName(identity.source.file.uri)})`,
      safe: false,
      edits: [{ set: node, to: subject }],
    }))
}

/** The last part of a uri, for people. */
export function fileName(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1))
}
