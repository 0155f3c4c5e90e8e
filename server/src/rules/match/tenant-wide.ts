import { narrowingFixes } from '../../lint/narrow.ts'
import { rule } from '../../lint/rule.ts'
import { prefixes, type ReadSubject } from '../../lint/subjects.ts'
import { providerOf } from '../../wif/pairing.ts'
import { claimThatPins, pinsOf } from '../../wif/pins.ts'
import type { Provider } from '../../wif/providers/provider.ts'

export const tenantWide = rule({
  id: 'match/tenant-wide',
  title: 'Rule admits everything in an account, organization or cluster',
  class: 'over-broad',
  since: '0.1.0',
  yieldsTo: ['match/entra-weak-pin', 'match/shared-issuer-unpinned', 'cel/unanchored'],
  check(file, report, view) {
    const said = new Set()
    for (const read of prefixes(file, view)) {
      const { rule, at, literal, provider, reading } = read
      if (provider.subject.separators === '') {
        const message = `Subjects of ${provider.name} have no structure: a prefix matches unrelated ${provider.words.workload}s`
        const exact = { title: `Match exactly "${literal}"`, safe: false, edits: [read.exactly(literal)] }
        report(at, message, { fixes: reading.complete ? [exact] : narrowingFixes(read, view) })
        continue
      }
      const pins = pinsOf(rule, provider)
      if (!stopsAtTenant(read) || pins.project) continue
      said.add(rule)
      const tenant = reading.segments[0]?.text
      const fixes = narrowingFixes(read, view)
      if (pins.workload) report(at, everyProject(provider, tenant), { severity: 'info', fixes })
      else report(at, everything(provider, tenant), { fixes })
    }

    // On a platform that signs for everyone: a claim or condition that names the tenant, and nothing below it.
    for (const rule of file.rules) {
      const provider = providerOf(view, rule)
      if (rule.subject || said.has(rule) || !provider?.shared || provider.subject.separators === '') continue
      const pins = pinsOf(rule, provider)
      const claim = claimThatPins(rule, provider, 'tenant')?.value
      const at = claim ?? rule.condition
      if (!at || !pins.tenant || pins.project) continue
      const tenant = claim?.type === 'string' ? claim.value : undefined
      if (pins.workload) report(at, everyProject(provider, tenant), { severity: 'info' })
      else report(at, everything(provider, tenant))
    }
  },
})

/** An open last segment is a slip of its own: match/segment-boundary. */
function stopsAtTenant({ reading }: ReadSubject): boolean {
  return reading.segments.every(s => s.level === 'tenant' && s.closed)
}

function everything({ words }: Provider, tenant: string | undefined): string {
  return `Every ${words.workload} in ${nameOf(words, tenant)} matches: ${words.creator} can obtain a Claude token`
}

/** When something else in the rule says which workload is meant, wherever it is. */
function everyProject({ words }: Provider, tenant: string | undefined): string {
  return `Every ${words.project} in ${nameOf(words, tenant)} matches; only the other matchers say which ${words.workload} is meant`
}

function nameOf(words: Provider['words'], tenant: string | undefined): string {
  return tenant ? `${words.tenant} ${tenant}` : `the ${words.tenant}`
}
