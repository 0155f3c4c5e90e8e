import { mayHoldMore } from '../../lint/open.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { get, isAbsent, property, textAt } from '../../syntax/node.ts'
import { put } from '../../syntax/write.ts'
import { readCondition } from '../../wif/condition.ts'
import { providerOf } from '../../wif/pairing.ts'
import { isEntra } from '../../wif/providers/index.ts'
import { DEFAULT_AUDIENCE, type FederationRule } from '../../wif/rule.ts'
import { misspeltMatchers } from '../../wif/rule-fields.ts'

export const audienceMissing = rule({
  id: 'match/audience-missing',
  title: 'Rule does not state its audience',
  class: 'hygiene',
  since: '0.1.0',
  check(file, report, view) {
    for (const federationRule of file.rules) {
      const { match } = federationRule
      if (!match || statesAudience(federationRule) || mayHoldMore(federationRule, match)) continue
      if (misspeltMatchers(federationRule).includes('audience')) continue
      const provider = providerOf(view, federationRule)
      const entra = provider !== undefined && isEntra(provider)
      // The audience of an Entra token is an application, so the default never fits.
      const message = entra
        ? `Without an audience, tokens must carry "${DEFAULT_AUDIENCE}", and Entra tokens carry the id of an application: set it to their \`aud\``
        : `Without an audience, tokens must carry "${DEFAULT_AUDIENCE}"; state it, so that pods and rules can be checked against each other`
      const to = entra ? '<application id>' : DEFAULT_AUDIENCE
      const fix: Fix = { title: `Expect "${to}"`, safe: false, edits: [put(match, 'audience', to)] }
      report(get(match, 'audience') ?? match, message, {
        ...(entra && { severity: 'warning' }),
        fixes: [fix],
      })
    }
  },
})

function statesAudience({ match, claims, condition }: FederationRule): boolean {
  if (!isAbsent(match, 'audience') && textAt(match, 'audience')?.trim() !== '') return true
  if (property(claims, 'aud')) return true
  const read = condition && readCondition(condition)
  // A condition that does not parse may ask for it.
  return condition !== undefined && (!read || read.reads.some(({ path }) => path[0] === 'aud'))
}
