import { rulePairs } from '../../lint/pairs.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { mintedLifetime } from '../../wif/lifetime.ts'
import { providerOf } from '../../wif/pairing.ts'
import { isKubernetes } from '../../wif/providers/index.ts'

export const mintCapTruncates = rule({
  id: 'cross/mint-cap-truncates',
  title: 'The Claude token cannot live as long as the rule says',
  class: 'hygiene',
  since: '0.1.0',
  profile: 'strict',
  check(file, report, view) {
    const paired = rulePairs(file, view)
    for (const rule of file.rules) {
      const { tokenLifetime } = rule
      if (!tokenLifetime) continue
      const provider = providerOf(view, rule)
      const pods = (paired.get(rule) ?? []).map(pair => pair.identity.lifetime)
      // A pod says how long its tokens live; those of other providers have a usual life.
      const [life, whose] =
        pods.length > 0
          ? [pods.includes(undefined) ? undefined : Math.max(...pods.map(Number)), 'of its pods']
          : [
              provider && !isKubernetes(provider) ? provider.token.lifetime.default : undefined,
              `of ${provider?.name}`,
            ]
      const cap = life === undefined ? undefined : mintedLifetime(tokenLifetime.value, life)
      if (cap === undefined || cap >= tokenLifetime.value) continue
      const usual = pods.length > 0 ? '' : ' by default'
      const fix: Fix = { title: `Set to ${cap}`, safe: false, edits: [{ set: tokenLifetime, to: cap }] }
      report(
        tokenLifetime,
        `A Claude token lives at most twice as long as the identity token: tokens ${whose} live ${life} s${usual}, so this one lives ${cap} s`,
        { fixes: pods.length > 0 ? [fix] : [] },
      )
    }
  },
})
