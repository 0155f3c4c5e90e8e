import { rule } from '../../lint/rule.ts'
import { get } from '../../syntax/node.ts'
import { dialProblem } from '../../wif/dialable.ts'
import { issuerOf, subjectProvider } from '../../wif/pairing.ts'
import { issuerReach } from '../../wif/providers/index.ts'
import { ruleTitle } from '../../wif/rule.ts'

export const jwksModeMismatch = rule({
  id: 'issuer/jwks-mode-mismatch',
  title: 'Inline keys, where discovery would keep up with rotation',
  class: 'hygiene',
  since: '0.1.0',
  check(file, report, view) {
    for (const issuer of file.issuers) {
      const { jwks, keySource, provider, url } = issuer
      if (keySource !== 'inline' || !jwks || !url) continue
      const published = provider?.publicKeys && issuerReach(provider, url.value) !== 'self-hosted'
      const spiffe = view
        .rules()
        .find(r => subjectProvider(r)?.id === 'spiffe' && issuerOf(view, r) === issuer)
      if (!published && !spiffe) continue

      const who = published
        ? `${provider.name} publishes its keys`
        : 'SPIRE changes its keys about once a day'
      const reachable = !dialProblem(url.value)
      report(
        get(jwks, 'type') ?? jwks,
        `${who}, and inline ones are never refreshed: exchanges fail after the next rotation`,
        {
          ...(!published && { severity: 'warning' }),
          ...(spiffe?.subject && {
            related: [
              { at: spiffe.subject, message: `"${ruleTitle(spiffe)}" admits a SPIFFE ID`, file: spiffe.file },
            ],
          }),
          ...(reachable && {
            fixes: [
              {
                title: 'Switch to discovery',
                safe: false,
                edits: [{ set: jwks, to: { type: 'discovery' } }],
              },
            ],
          }),
        },
      )
    }
  },
})
