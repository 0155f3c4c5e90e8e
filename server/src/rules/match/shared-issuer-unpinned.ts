import { addClaims } from '../../lint/claims-fix.ts'
import { isCertain, problemsOf } from '../../lint/conditions.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { nearest } from '../../text/nearest.ts'
import { claimAt } from '../../wif/claims.ts'
import { readCondition } from '../../wif/condition.ts'
import { issuerOf, providerOf } from '../../wif/pairing.ts'
import { pinsOf } from '../../wif/pins.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'
import { issuerReach, levelsOfClaim } from '../../wif/providers/index.ts'
import type { Provider } from '../../wif/providers/provider.ts'
import type { FederationRule } from '../../wif/rule.ts'
import { subjectPattern } from '../../wif/subject.ts'

export const sharedIssuerUnpinned = rule({
  id: 'match/shared-issuer-unpinned',
  title: 'Rule on a shared platform does not say whose tokens it means',
  class: 'service-rejects',
  since: '0.1.0',
  yieldsTo: ['match/no-constraint', 'match/inner-wildcard', 'match/malformed-string'],
  check(file, report, view) {
    for (const federationRule of file.rules) {
      const provider = providerOf(view, federationRule)
      const pin = provider?.tenantPin
      const { match, subject } = federationRule
      if (!provider || !pin || !match) continue
      if (pinsOf(federationRule, provider).tenant || mentionsTenant(federationRule, provider)) continue
      if (subject && isPlaceholder(subject.value)) continue

      const url = issuerOf(view, federationRule)?.url?.value
      const reach = url === undefined ? undefined : issuerReach(provider, url)
      if (reach === 'self-hosted' || (reach === 'customer' && !pin.enforced)) continue
      // An issuer of one's own, or one that is not in the files: the service may have nothing against it.
      const certain = pin.enforced && reach === 'platform'
      const rest = certain
        ? `so the service refuses a rule that does not pin the ${provider.words.tenant}`
        : `and this does not pin the ${provider.words.tenant}`
      const message = `${provider.name} signs for every customer with the same issuer, ${rest}`
      report(subject ?? match, message, {
        ...(!certain && { severity: 'warning' }),
        fixes: [...closings(federationRule, provider), ...pinning(federationRule, pin.claim, provider)],
      })
    }
  },
})

/** The service looks for a claim of this kind in the condition; how strong it is there is for the cel/ rules. */
function mentionsTenant({ condition }: FederationRule, provider: Provider): boolean {
  if (!condition) return false
  // Of what is no CEL it cannot be said what it was to mention.
  if (problemsOf(condition).some(isCertain)) return true
  return (readCondition(condition)?.reads ?? []).some(({ path }) => {
    const [name = 'sub'] = path
    if (name === 'sub') return true
    // A slip of its name is what cel/absent-claim tells of.
    const meant = Object.hasOwn(provider.claims, name) ? name : nearest(name, Object.keys(provider.claims))
    const claim = meant === undefined ? undefined : claimAt(provider, [meant, ...path.slice(1)])
    return claim !== undefined && levelsOfClaim(claim).includes('tenant')
  })
}

/** `repo:acme*` was meant as `repo:acme/*`. */
function closings({ subject }: FederationRule, { subject: grammar }: Provider): Fix[] {
  if (!subject) return []
  const { literal } = subjectPattern(subject.value)
  const closed = [...grammar.separators].find(separator => {
    const { segments, problem } = grammar.read(literal + separator)
    const last = segments.at(-1)
    return !problem && last?.closed && last.level === 'tenant'
  })
  if (closed === undefined) return []
  const to = `${literal}${closed}*`
  return [{ title: `End the prefix after "${literal}${closed}"`, safe: false, edits: [{ set: subject, to }] }]
}

function pinning(rule: FederationRule, claim: string, { words }: Provider): Fix[] {
  const edits = addClaims(rule, { [claim]: claim === 'email' ? '<email>' : `<${words.tenant}>` })
  return edits ? [{ title: `Match the claim \`${claim}\``, safe: false, edits }] : []
}
