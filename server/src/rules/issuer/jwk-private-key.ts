import { rule } from '../../lint/rule.ts'
import { textAt } from '../../syntax/node.ts'
import { listed } from '../../text/joined.ts'
import { inlineKeys, secretMembers } from '../../wif/jwk.ts'

export const jwkPrivateKey = rule({
  id: 'issuer/jwk-private-key',
  title: 'An inline key that includes its private part',
  class: 'exchange-fails',
  since: '0.1.0',
  check(file, report) {
    for (const issuer of file.issuers) {
      for (const key of inlineKeys(issuer)) {
        const secrets = secretMembers(key)
        const first = secrets[0]?.key
        if (!first) continue
        const names = secrets.map(member => member.key.value)
        const { start, end } = first
        const at = { type: 'part', node: key, start, end } as const
        if (textAt(key, 'kty') === 'oct') {
          report(
            at,
            `\`${first.value}\` is a shared secret, no public key: whoever reads it can sign tokens as any workload`,
          )
          continue
        }
        const message = `${listed(names)} ${names.length > 1 ? 'are' : 'is'} the private part of this key: whoever reads it can sign tokens as any workload, so remove it and rotate the key`
        const title = 'Keep the public part alone'
        report(at, message, {
          fixes: [{ title, safe: false, edits: secrets.map(member => ({ remove: member })) }],
        })
      }
    }
  },
})
