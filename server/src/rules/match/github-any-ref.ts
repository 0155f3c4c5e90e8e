import { askedClaims } from '../../lint/asked.ts'
import { addClaims } from '../../lint/claims-fix.ts'
import { repositoryOf, upToRepository } from '../../lint/github.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { claimAt } from '../../wif/claims.ts'
import { readCondition } from '../../wif/condition.ts'
import { providerOf } from '../../wif/pairing.ts'
import { claimThatPins, pinsOf } from '../../wif/pins.ts'
import { levelsOfClaim } from '../../wif/providers/index.ts'
import type { Provider, SubjectReading } from '../../wif/providers/provider.ts'
import type { FederationRule } from '../../wif/rule.ts'
import { subjectPattern } from '../../wif/subject.ts'

export const githubAnyRef = rule({
  id: 'match/github-any-ref',
  title: 'Every branch, tag and pull request of a repository matches',
  class: 'over-broad',
  since: '0.1.0',
  check(file, report, view) {
    for (const federationRule of file.rules) {
      const provider = providerOf(view, federationRule)
      if (provider?.id !== 'github-actions') continue
      const { subject, condition } = federationRule
      const { project, workload } = pinsOf(federationRule, provider)
      if (!project || workload || narrows(federationRule, provider)) continue
      const { literal } = subjectPattern(subject?.value ?? '')
      const reading = provider.subject.read(literal)
      if (reading.problem || /[*?]/.test(literal) || namesPart(reading)) continue

      const at = subject ?? claimThatPins(federationRule, provider, 'project')?.value ?? condition
      const repository = repositoryOf(federationRule, provider) ?? 'the repository'
      if (at) report(at, messageFor(literal, repository), { fixes: fixes(federationRule, literal, reading) })
    }
  },
})

/** Whether a claim beside the subject says which run, if only in part: how well is for other rules. */
function narrows(rule: FederationRule, provider: Provider): boolean {
  const isRun = (path: readonly string[]) => {
    const claim = claimAt(provider, path)
    return claim !== undefined && levelsOfClaim(claim).includes('workload')
  }
  const reads = (rule.condition && readCondition(rule.condition)?.reads) ?? []
  if (reads.some(read => read.positive && !read.test && isRun(read.path))) return true
  // What the caller chooses is what match/github-caller-controlled is about; an event alone is not enough there.
  return askedClaims(rule).some(
    ({ path }) => path.join() !== 'event_name' && claimAt(provider, path)?.callerControlled !== undefined,
  )
}

/** Whether the prefix goes into the name of a ref or the like: `refs/tags/`, `refs/heads/release/`. */
function namesPart({ segments }: SubjectReading): boolean {
  const last = segments.at(-1)
  return last?.level === 'workload' && !['refs', 'refs/', 'refs/heads', 'refs/heads/'].includes(last.text)
}

function messageFor(literal: string, repository: string): string {
  if (literal.endsWith(':environment:'))
    return `Every environment of ${repository} matches; name the one that is meant`
  const runs = literal.endsWith(':ref:refs/heads/') ? 'branch' : 'branch, tag and pull request run'
  return `Every ${runs} of ${repository} matches; add \`claims.ref\`, or name an environment in the subject`
}

function fixes(rule: FederationRule, literal: string, reading: SubjectReading): Fix[] {
  const ref = 'refs/heads/main'
  const claims = addClaims(rule, { ref })
  const repository = upToRepository(literal, reading)
  const byClaim = claims && { title: `Match \`ref\` "${ref}"`, safe: false, edits: claims }
  const to = `${repository}environment:<environment>`
  const byEnvironment = rule.subject &&
    repository && { title: `Match "${to}"`, safe: false, edits: [{ set: rule.subject, to }] }
  return [...(byClaim ? [byClaim] : []), ...(byEnvironment ? [byEnvironment] : [])]
}
