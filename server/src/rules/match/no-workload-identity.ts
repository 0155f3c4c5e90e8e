import { addClaims } from '../../lint/claims-fix.ts'
import { namingFixes } from '../../lint/narrow.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { prefixes } from '../../lint/subjects.ts'
import { put } from '../../syntax/write.ts'
import { providerOf } from '../../wif/pairing.ts'
import { pinsOf } from '../../wif/pins.ts'
import { isKubernetes } from '../../wif/providers/index.ts'
import type { Provider } from '../../wif/providers/provider.ts'
import type { FederationRule } from '../../wif/rule.ts'

export const noWorkloadIdentity = rule({
  id: 'match/no-workload-identity',
  title: 'Nothing says which workload of the issuer is meant',
  class: 'over-broad',
  since: '0.1.0',
  yieldsTo: [
    'match/tenant-wide',
    'match/k8s-namespace-wildcard',
    'match/group-wide',
    'match/segment-boundary',
  ],
  check(file, report, view) {
    const asked = new Map([...prefixes(file, view)].map(read => [read.rule, read]))
    for (const federationRule of file.rules) {
      const { match } = federationRule
      // A lone `*` is as good as no subject.
      const subject = /^\**$/.test(federationRule.subject?.value ?? '') ? undefined : federationRule.subject
      const provider = providerOf(view, federationRule)
      if (!match || !provider) continue
      const pins = pinsOf(federationRule, provider)
      if (pins.workload || !pins.tenant || (isBuildPlatform(provider) && (pins.project || provider.shared)))
        continue
      // A prefix is a matter of its own, unless something else names the group and it names nothing.
      const read = asked.get(federationRule)
      if (subject ? !read || !pins.project : read) continue

      const { words } = provider
      const message = `Nothing here says which ${words.workload} of the ${words.tenant} is meant: ${words.creator} can obtain a Claude token`
      report(subject ?? match, message, {
        fixes: read ? namingFixes(read) : identifying(federationRule, provider),
      })
    }
  },
})

/** Where a project, with whatever runs in it, is a usual thing to trust; a tenant is not, see match/tenant-wide. */
function isBuildPlatform(provider: Provider): boolean {
  return provider.subject.separators !== '' && !isKubernetes(provider) && provider.id !== 'aws-sts'
}

/** Asks for the claim that names the workload, or what stands for it; where that is not a plain claim, for the subject. */
function identifying(rule: FederationRule, provider: Provider): Fix[] {
  const level = isBuildPlatform(provider) ? 'project' : 'workload'
  const [claim] =
    Object.entries(provider.claims).find(([, { type, pins }]) => type === 'string' && pins === level) ?? []
  if (claim !== undefined) {
    const edits = addClaims(rule, { [claim]: `<${claim}>` })
    return edits ? [{ title: `Match the claim \`${claim}\``, safe: false, edits }] : []
  }
  const { match } = rule
  const { shape } = provider.subject
  if (!match) return []
  const edits = [put(match, 'subject_prefix', shape)]
  return [{ title: `Match the subject "${shape}"`, safe: false, edits }]
}
