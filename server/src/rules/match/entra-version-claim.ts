import { askedClaims } from '../../lint/asked.ts'
import { type Fix, type Report, rule } from '../../lint/rule.ts'
import { type Property, property, type StringNode } from '../../syntax/node.ts'
import { providerOf } from '../../wif/pairing.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'
import { entraV1 } from '../../wif/providers/entra.ts'
import { isEntra } from '../../wif/providers/index.ts'
import type { Provider } from '../../wif/providers/provider.ts'
import { isUuid } from '../../wif/providers/value-checks.ts'
import type { FederationRule } from '../../wif/rule.ts'

/** The same fact by the names of the two versions. */
const NAMES = [
  { v1: 'appid', v2: 'azp' },
  { v1: 'appidacr', v2: 'azpacr' },
]

export const entraVersionClaim = rule({
  id: 'match/entra-version-claim',
  title: 'Claim or audience of the other version of Entra tokens',
  class: 'exchange-fails',
  since: '0.1.0',
  check(file, report, view) {
    for (const federationRule of file.rules) {
      const provider = providerOf(view, federationRule)
      if (!provider) reportBoth(federationRule, report)
      if (!provider || !isEntra(provider)) continue
      const [own, other] = provider === entraV1 ? (['v1', 'v2'] as const) : (['v2', 'v1'] as const)
      for (const { path, at, entry } of askedClaims(federationRule)) {
        const names = NAMES.find(each => each[other] === path.join())
        if (!names) continue
        const message = `${provider.name} tokens carry \`${names[own]}\`, never \`${names[other]}\``
        report(entry ?? at, message, { fixes: entry ? renaming(federationRule, entry, names[own]) : [] })
      }
      if (federationRule.audience) reportAudience(federationRule.audience, provider, report)
    }
  },
})

/** Whatever the issuer, no token is of both versions. Google has an `azp` too, but no `appid`. */
function reportBoth({ claims }: FederationRule, report: Report): void {
  const [older, newer] = [property(claims, 'appid'), property(claims, 'azp')]
  if (!older || !newer) return
  report(older, 'Entra tokens carry `appid` (v1.0) or `azp` (v2.0), never both', {
    related: [{ at: newer, message: 'the same of the other version' }],
  })
}

function renaming({ claims }: FederationRule, entry: Property, to: string): Fix[] {
  if (property(claims, to)) return []
  return [{ title: `Rename to \`${to}\``, safe: false, edits: [{ rename: entry, to }] }]
}

/** Applications can be set up otherwise, so this is only a warning. */
function reportAudience(audience: StringNode, provider: Provider, report: Report): void {
  const { value } = audience
  const id = value.replace(/^api:\/\//, '')
  const isUri = id !== value
  if (isPlaceholder(value) || (!isUri && !isUuid(value.toLowerCase())) || isUri === (provider === entraV1))
    return
  const form = isUri ? 'the id of the application (a GUID)' : 'its URI, `api://…`,'
  const to = isUri ? id : `api://${id}`
  const fixes: Fix[] = isUuid(id.toLowerCase())
    ? [{ title: `Expect "${to}"`, safe: false, edits: [{ set: audience, to }] }]
    : []
  report(audience, `${provider.name} tokens carry ${form} as their audience`, { severity: 'warning', fixes })
}
