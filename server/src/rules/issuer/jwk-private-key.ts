import { rule } from '../../lint/rule.ts'
import { listed } from '../../lint/words.ts'
import { type ObjectNode, textAt, toValue } from '../../syntax/node.ts'
import type { Value } from '../../syntax/write.ts'
import { inlineKeys, secretMembers } from '../../wif/jwk.ts'

export const jwkPrivateKey = rule({
  id: 'issuer/jwk-private-key',
  title: 'An inline key that includes its private part',
  class: 'exchange-fails',
  since: '0.1.0',
  check(file, report) {
    for (const issuer of file.issuers) {
      for (const key of inlineKeys(issuer)) {
        const secrets = secretMembers(key).map(member => member.key)
        const [first] = secrets
        if (!first) continue
        const names = secrets.map(name => name.value)
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
          fixes: [{ title, safe: false, edits: [{ set: key, to: without(key, names) }] }],
        })
      }
    }
  },
})

function without({ properties }: ObjectNode, names: readonly string[]): Value {
  const kept = properties.filter(p => !names.includes(p.key.value))
  return Object.fromEntries(kept.map(p => [p.key.value, toValue(p.value) as Value]))
}
