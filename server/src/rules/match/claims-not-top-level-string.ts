import { claim, quote } from '../../cel/index.ts'
import { claimType, whatItIs } from '../../lint/claim-type.ts'
import { moveToCondition, removeClaim } from '../../lint/condition-fix.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { type Property, properties, property } from '../../syntax/node.ts'
import { belowObject, nestedPath, otherType } from '../../wif/nested.ts'
import { providerOf } from '../../wif/pairing.ts'
import { awsSts } from '../../wif/providers/aws-sts.ts'
import { kubernetes } from '../../wif/providers/kubernetes.ts'
import type { ClaimInfo, Provider } from '../../wif/providers/provider.ts'
import type { FederationRule } from '../../wif/rule.ts'

export const claimsNotTopLevelString = rule({
  id: 'match/claims-not-top-level-string',
  title: 'Claim is nested or no string, so the claims map cannot match it',
  class: 'exchange-fails',
  since: '0.1.0',
  check(file, report, view) {
    for (const federationRule of file.rules) {
      const provider = providerOf(view, federationRule)
      for (const entry of properties(federationRule.claims)) {
        const { value: name } = entry.key
        const type = otherType(provider, name)
        const path = type ? [name] : nestedIn(provider, name)
        if (!path || entry.value.type === 'null') continue
        const what = type
          ? whatItIs(provider, path, type)
          : `\`${name}\` lies inside the claim \`${path[0]}\``
        report(
          entry,
          `${what}; the \`claims\` map compares only strings at the top level, so this never matches`,
          {
            fixes: [
              ...toAudience(federationRule, entry),
              ...toCondition(federationRule, entry, path, provider),
            ],
          },
        )
      }
    }
  },
})

/** Without the issuer only a name that begins with that of the object tells. */
function nestedIn(provider: Provider | undefined, name: string): string[] | undefined {
  return provider ? nestedPath(provider, name) : (belowObject(kubernetes, name) ?? belowObject(awsSts, name))
}

/** For the audience there is a matcher of its own, which knows lists. */
function toAudience({ match }: FederationRule, entry: Property): Fix[] {
  const { key, value } = entry
  if (key.value !== 'aud' || value.type !== 'string' || !match || property(match, 'audience')) return []
  const edits: Fix['edits'] = [removeClaim(entry), { insert: 'audience', into: match, to: value.value }]
  return [{ title: 'Move to `audience`', safe: false, edits }]
}

function toCondition(
  rule: FederationRule,
  entry: Property,
  path: string[],
  provider: Provider | undefined,
): Fix[] {
  const expression = comparison(rule, entry, path, claimType(provider, path))
  const edits = expression === undefined ? undefined : moveToCondition(rule, entry, expression)
  return edits ? [{ title: `Move to \`condition\`: ${expression}`, safe: false, edits }] : []
}

/** What was meant, as CEL; undefined where that cannot be told. */
function comparison(
  { tree }: FederationRule,
  { value }: Property,
  path: string[],
  type: ClaimInfo['type'] | undefined,
): string | undefined {
  if (value.type === 'object' || value.type === 'array' || value.type === 'null' || type === 'object')
    return undefined
  const text = value.type === 'string' ? value.value : tree.text.slice(value.start, value.end)
  if (type === 'array') return `${quote(text)} in ${claim(path)}`
  if (type === 'boolean') return /^(?:true|false)$/.test(text) ? `${claim(path)} == ${text}` : undefined
  if (type === 'number') return /^-?\d+$/.test(text) ? `${claim(path)} == ${text}` : undefined
  return `${claim(path)} == ${quote(text)}`
}
