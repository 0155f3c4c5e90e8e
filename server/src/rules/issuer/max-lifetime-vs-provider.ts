import { rule } from '../../lint/rule.ts'
import { isAbsent } from '../../syntax/node.ts'
import { identities } from '../../wif/identity.ts'
import { maxLifetime } from '../../wif/issuer.ts'

/** No provider documents tokens for workloads that live longer. */
const A_DAY = 86400
const FIELD = 'max_jwt_lifetime_seconds'

export const maxLifetimeVsProvider = rule({
  id: 'issuer/max-lifetime-vs-provider',
  title: "The longest accepted token lifetime does not suit the provider's tokens",
  class: 'unreliable',
  since: '0.1.0',
  // The number itself comes first.
  yieldsTo: ['issuer/max-lifetime-range'],
  check(file, report, view) {
    for (const issuer of file.issuers) {
      const { provider, url, node, maxLifetime: written } = issuer
      // What is written but no number yet says nothing.
      if (!url || (!written && !isAbsent(node, FIELD))) continue
      const cap = maxLifetime(issuer)
      const { usual = 0, max = A_DAY } = provider?.token.lifetime ?? {}
      const set = (to: number) => (written ? { set: written, to } : { insert: FIELD, into: node, to })

      if (provider && cap < usual) {
        const some = max > usual ? `, some up to ${max} s` : ''
        const message = `Tokens from ${provider.name} live up to ${usual} s${some}; this issuer accepts ${cap} s${written ? '' : ' by default'} and refuses longer ones`
        const fixes = (provider.token.accept ?? []).map(({ seconds, whose }) => ({
          title: `Accept ${seconds} s, for ${whose}`,
          safe: false,
          edits: [set(seconds)],
        }))
        report(written ?? url, message, { fixes })
      } else if (
        written &&
        cap > max &&
        !identities(view).some(i => i.lifetime !== undefined && i.lifetime > max)
      ) {
        const whose = provider ? `Tokens from ${provider.name}` : 'Tokens of workloads'
        const message = `${whose} live at most ${max} s; accepting ${cap} s only helps whoever forges a longer one`
        report(written, message, {
          severity: 'info',
          fixes: [{ title: `Set to ${max}`, safe: false, edits: [set(max)] }],
        })
      }
    }
  },
})
