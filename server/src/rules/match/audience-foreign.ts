import { rule } from '../../lint/rule.ts'
import { foreignParty } from '../../wif/audience.ts'
import { DEFAULT_AUDIENCE } from '../../wif/rule.ts'

export const audienceForeign = rule({
  id: 'match/audience-foreign',
  title: 'Audience belongs to another relying party',
  class: 'over-broad',
  since: '0.1.0',
  yieldsTo: ['match/malformed-string'],
  check(file, report, view) {
    const { audiences } = view.configOf(file)
    for (const { audience } of file.rules) {
      const party = audience && foreignParty(audience.value)
      if (!audience || !party || audiences.includes(audience.value)) continue
      const message = `Tokens with audience "${audience.value}" are minted for ${party}; whoever receives one there could exchange it here`
      report(audience, message, {
        fixes: [
          {
            title: `Expect "${DEFAULT_AUDIENCE}"`,
            safe: false,
            edits: [{ set: audience, to: DEFAULT_AUDIENCE }],
          },
        ],
      })
    }
  },
})
