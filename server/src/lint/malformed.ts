import type { WifFile } from '../wif/entity.ts'
import { providerOf } from '../wif/pairing.ts'
import { isPlaceholder } from '../wif/placeholder.ts'
import { type MarkerSlip, markerSlip, providersOfSubject } from '../wif/providers/index.ts'
import type { Provider } from '../wif/providers/provider.ts'
import type { FederationRule } from '../wif/rule.ts'
import { subjectPattern } from '../wif/subject.ts'
import type { WorkspaceView } from '../wif/view.ts'
import type { Fix, Report } from './rule.ts'

/**
 * Reports the subjects of `file` that no token of their provider can carry, for the providers that `applies` picks.
 * An exact subject that is only a beginning is one too. A subject that another provider writes is left to
 * `cross/provider-subject-mismatch`, and a slip of case to `match/malformed-string`. What `doubtful` says may be meant
 * is only a warning.
 */
export function reportMalformed(
  file: WifFile,
  view: WorkspaceView,
  report: Report,
  applies: (provider: Provider) => boolean,
  doubtful: (literal: string, suggestion: string | undefined) => boolean = () => false,
): void {
  for (const rule of file.rules) {
    const { subject } = rule
    if (!subject) continue
    const { literal, prefix } = subjectPattern(subject.value)
    const provider = intended(rule, literal, view)
    if (literal === '' || /[*?]/.test(literal) || !provider || !applies(provider)) continue
    const { problem, complete } = provider.subject.read(literal)
    if (!problem && (prefix || complete || isPlaceholder(literal))) continue

    const reason = problem?.reason ?? `it stops short of ${provider.subject.shape}`
    const to = problem?.suggestion && problem.suggestion + (prefix ? '*' : '')
    const fixes: Fix[] = to ? [{ title: `Write "${to}"`, safe: false, edits: [{ set: subject, to }] }] : []
    report(subject, `No ${provider.name} token has this subject: ${reason}`, {
      ...(doubtful(literal, problem?.suggestion) && { severity: 'warning' }),
      fixes,
    })
  }
}

/** Whose subject it is meant to be: that of the issuer, else of what it almost begins like. */
function intended(rule: FederationRule, text: string, view: WorkspaceView): Provider | undefined {
  const slip = markerSlip(text)
  if (slip && isCaseOnly(slip)) return undefined
  const provider = providerOf(view, rule)
  if (!provider) return slip?.providers.find(p => p.id === 'kubernetes') ?? slip?.providers[0]
  const writers = providersOfSubject(text)
  return writers.length === 0 || writers.includes(provider) ? provider : undefined
}

/** Whether only upper and lower case is wrong at the beginning of a subject. */
export function isCaseOnly({ found, marker }: MarkerSlip): boolean {
  return found.toLowerCase() === marker
}
