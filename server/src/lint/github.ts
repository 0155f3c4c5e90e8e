import { claimThatPins } from '../wif/pins.ts'
import type { Provider, SubjectReading } from '../wif/providers/provider.ts'
import type { FederationRule } from '../wif/rule.ts'
import { subjectPattern } from '../wif/subject.ts'

/** `owner/name` of the repository that `rule` is about, by its subject or the claim `repository`. */
export function repositoryOf(rule: FederationRule, provider: Provider): string | undefined {
  const claim = claimThatPins(rule, provider, 'project')
  if (claim?.key.value === 'repository' && claim.value.type === 'string') return claim.value.value
  if (!rule.subject) return undefined
  const names = repositoryNames(provider.subject.read(subjectPattern(rule.subject.value).literal))
  return names && `${names.owner}/${names.repository}`
}

/** Owner and repository of a GitHub subject. */
function repositoryNames({ segments }: SubjectReading): { owner: string; repository: string } | undefined {
  const owner = segments.find(s => s.name === 'owner')
  const repository = segments.find(s => s.name === 'repository')
  return owner && repository && { owner: owner.text, repository: repository.text }
}

/** The subject up to and with the colon behind the repository: `repo:acme/app:`. */
export function upToRepository(literal: string, { segments }: SubjectReading): string | undefined {
  const last = segments.findLast(s => s.name === 'repository' || s.name === 'repository id')
  return last && `${literal.slice(0, last.end)}:`
}
