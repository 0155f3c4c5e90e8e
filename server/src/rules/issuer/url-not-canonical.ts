import { rule } from '../../lint/rule.ts'
import { issuerSlip } from '../../wif/issuer-url.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'

export const urlNotCanonical = rule({
  id: 'issuer/url-not-canonical',
  title: 'No token carries this issuer URL as its `iss`',
  class: 'exchange-fails',
  since: '0.1.0',
  yieldsTo: ['issuer/url-not-dialable'],
  check(file, report) {
    for (const { url, provider } of file.issuers) {
      const slip = url && !isPlaceholder(url.value) ? issuerSlip(url.value) : undefined
      if (!url || !slip) continue
      const { reason, canonical, certain } = slip
      if (canonical === undefined) {
        report(url, reason.replace(/\.$/, ''))
        continue
      }
      const who = provider ? `Tokens from ${provider.name} carry` : 'Tokens carry'
      const message = `${who} \`iss\` "${canonical}", ${reason}; the comparison is byte for byte`
      report(url, message, {
        ...(!certain && { severity: 'warning' }),
        fixes: [
          {
            title: `Set to "${canonical}"`,
            // Whether the tokens of an unknown issuer have a slash at the end, only a token tells.
            safe: provider !== undefined || canonical === url.value.trim(),
            edits: [{ set: url, to: canonical }],
          },
        ],
      })
    }
  },
})
