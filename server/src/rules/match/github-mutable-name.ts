import { addClaims } from '../../lint/claims-fix.ts'
import { repositoryOf } from '../../lint/github.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { property } from '../../syntax/node.ts'
import type { NodeEdit } from '../../syntax/write.ts'
import { readCondition } from '../../wif/condition.ts'
import { issuerOf, providerOf } from '../../wif/pairing.ts'
import { claimThatPins } from '../../wif/pins.ts'
import { issuerReach } from '../../wif/providers/index.ts'
import type { Provider } from '../../wif/providers/provider.ts'
import type { FederationRule } from '../../wif/rule.ts'
import { subjectPattern } from '../../wif/subject.ts'
import type { WorkspaceView } from '../../wif/view.ts'

const IDS = ['repository_id', 'repository_owner_id']

export const githubMutableName = rule({
  id: 'match/github-mutable-name',
  title: 'Repository is known by its name only, which can change hands',
  class: 'hygiene',
  since: '0.1.0',
  profile: 'strict',
  check(file, report, view) {
    for (const federationRule of file.rules) {
      const provider = providerOf(view, federationRule)
      if (provider?.id !== 'github-actions' || isServer(provider, federationRule, view)) continue
      const { subject } = federationRule
      const named = claimThatPins(federationRule, provider, 'tenant')?.value ?? federationRule.condition
      const at = subject ?? named
      if (!at || !repositoryOf(federationRule, provider) || hasIds(federationRule, provider)) continue
      const newer = subject
        ? '; repositories made or renamed since July 2026 send `repo:owner@id/name@id:`, which this does not match'
        : ''
      const message = `The repository is known by its name alone, and whoever takes over the name gets in${newer}`
      report(at, message, {
        fixes: [...withIds(federationRule), ...withoutSubject(federationRule, provider)],
      })
    }
  },
})

/** GitHub Enterprise Server keeps the old form, and its names to itself. */
function isServer(provider: Provider, rule: FederationRule, view: WorkspaceView): boolean {
  const url = issuerOf(view, rule)?.url
  return url !== undefined && issuerReach(provider, url.value) === 'self-hosted'
}

function hasIds({ subject, claims, condition }: FederationRule, { subject: grammar }: Provider): boolean {
  const segments = subject ? grammar.read(subjectPattern(subject.value).literal).segments : []
  const reads = (condition && readCondition(condition)?.reads) ?? []
  return (
    segments.some(s => IDS.includes(s.claim ?? '')) ||
    IDS.some(id => property(claims, id)) ||
    reads.some(read => read.positive && IDS.includes(read.path.join()))
  )
}

function withIds(rule: FederationRule): Fix[] {
  const edits = addClaims(rule, { repository_id: '<repository id>', repository_owner_id: '<owner id>' })
  return edits ? [{ title: 'Match the ids of repository and owner as well', safe: false, edits }] : []
}

/** What an exact subject says, as claims: they are the same in tokens of the old form and of the new one. */
function withoutSubject(rule: FederationRule, { subject: grammar }: Provider): Fix[] {
  const entry = property(rule.match, 'subject_prefix')
  const { literal, prefix } = subjectPattern(rule.subject?.value ?? '')
  const [owner, repository, run, ...more] = grammar.read(literal).segments
  if (!entry || prefix || !owner || !repository || more.length > 0) return []
  if (run?.claim !== 'ref' && run?.claim !== 'environment') return []
  const wanted = { repository_id: '<repository id>', [run.claim]: run.text.replaceAll('%3A', ':') }
  const claims = addClaims(rule, wanted)
  if (!claims) return []
  const edits: NodeEdit[] = [{ remove: entry }, ...claims]
  const title = `Match \`repository_id\` and \`${run.claim}\` in place of the subject`
  return [{ title, safe: false, edits }]
}
