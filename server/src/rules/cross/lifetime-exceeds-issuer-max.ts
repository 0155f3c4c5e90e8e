import { decide } from '../../decide/decide.ts'
import { issuerPairs, type Pair, podPairs, whose } from '../../lint/pairs.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { eitherSide } from '../../lint/sides.ts'
import type { Node } from '../../syntax/node.ts'
import { put } from '../../syntax/write.ts'
import type { WifFile } from '../../wif/entity.ts'
import { type FederationIssuer, maxLifetime } from '../../wif/issuer.ts'
import { MAX_ISSUER_LIFETIME } from '../../wif/lifetime.ts'

export const lifetimeExceedsIssuerMax = rule({
  id: 'cross/lifetime-exceeds-issuer-max',
  title: 'Tokens of a pod live longer than their issuer accepts',
  class: 'exchange-fails',
  since: '0.1.0',
  check(file, report, view) {
    for (const pair of podPairs(file, view)) {
      const { issuer, identity } = pair
      if (!issuer || !livesTooLong(pair)) continue
      const name = issuer.name ? ` "${issuer.name.value}"` : ''
      report(
        placeIn(pair),
        `This token lives ${identity.lifetime} s, but issuer${name} accepts at most ${maxLifetime(issuer)} s: every exchange is refused`,
        {
          related: [{ at: limitOf(issuer), message: 'accepted at most', file: issuer.file }],
          fixes: fixes(pair, issuer, file),
        },
      )
    }
    for (const [issuer, pairs] of issuerPairs(file, view)) {
      const wrong = pairs.filter(livesTooLong)
      const [first] = wrong
      if (!first) continue
      report(
        limitOf(issuer),
        `The issuer accepts tokens of at most ${maxLifetime(issuer)} s; those of ${whose(wrong)} live ${first.identity.lifetime} s`,
        {
          related: wrong.map(pair => ({
            at: placeIn(pair),
            message: 'lives longer',
            file: pair.identity.source.file,
          })),
          fixes: fixes(first, issuer, file),
        },
      )
    }
  },
})

/** A token that is meant for another party has a worse mistake than its lifetime. */
function livesTooLong({ identity, issuer, rule }: Pair): boolean {
  const { steps } = decide(identity, issuer, rule)
  return steps.some(s => s.reason === 'lifetime_exceeded') && !steps.some(s => s.reason === 'match_audience')
}

function placeIn({ identity }: Pair): Node {
  return identity.projection?.expiration ?? identity.projection?.node ?? identity.at.aud
}

function limitOf(issuer: FederationIssuer): Node {
  return issuer.maxLifetime ?? issuer.url ?? issuer.node
}

function fixes({ identity }: Pair, issuer: FederationIssuer, file: WifFile): Fix[] {
  const max = maxLifetime(issuer)
  const { projection, lifetime = 0 } = identity
  const field = 'max_jwt_lifetime_seconds'
  const shorten = projection && put(projection.node, 'expirationSeconds', max)
  const raise = put(issuer.node, field, lifetime)
  return eitherSide(file, [
    // The API server takes no less than ten minutes, and the service no more than 49 hours.
    {
      file: identity.source.file,
      title: `Let tokens live ${max} s`,
      edit: max >= 600 ? shorten : undefined,
    },
    {
      file: issuer.file,
      title: `Accept up to ${lifetime} s`,
      edit: lifetime <= MAX_ISSUER_LIFETIME ? raise : undefined,
    },
  ])
}
