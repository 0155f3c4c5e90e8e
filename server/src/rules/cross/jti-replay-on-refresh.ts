import { decide } from '../../decide/decide.ts'
import { type Pair, podPairs, rulePairs, whose } from '../../lint/pairs.ts'
import { type Fix, rule, type Severity } from '../../lint/rule.ts'
import { eitherSide } from '../../lint/sides.ts'
import { isAbsent, type Node } from '../../syntax/node.ts'
import { put } from '../../syntax/write.ts'
import type { WifFile } from '../../wif/entity.ts'
import { isTokenLifetime, mintedLifetime, type Refresh, refresh, safeLifetime } from '../../wif/lifetime.ts'
import { providerOf } from '../../wif/pairing.ts'
import { isKubernetes } from '../../wif/providers/index.ts'
import { DEFAULT_TOKEN_LIFETIME, type FederationRule } from '../../wif/rule.ts'
import type { WorkspaceView } from '../../wif/view.ts'

export const jtiReplayOnRefresh = rule({
  id: 'cross/jti-replay-on-refresh',
  title: 'The Claude token ends before the kubelet brings a new identity token',
  class: 'unreliable',
  since: '0.1.0',
  check(file, report, view) {
    for (const pair of podPairs(file, view)) {
      const risk = riskOf(pair, view)
      const { projection } = pair.identity
      if (!risk || !projection) continue
      report(projection.expiration ?? projection.node, sentence(risk, 'this JWT', 'the file'), {
        severity: risk.severity,
        related: [
          { at: lifetimeIn(pair.rule), message: 'lifetime of the Claude token', file: pair.rule.file },
        ],
        fixes: fixes(pair, risk, file),
      })
    }
    for (const [rule, pairs] of rulePairs(file, view)) {
      const risky = pairs.filter(pair => riskOf(pair, view))
      const [first] = risky
      const risk = first && riskOf(first, view)
      if (!risk) continue
      report(lifetimeIn(rule), sentence(risk, `the JWT of ${whose(risky)}`, 'its file'), {
        severity: risk.severity,
        related: risky.map(({ identity: { projection, at, source } }) => ({
          at: projection?.expiration ?? at.aud,
          message: 'lifetime of the identity token',
          file: source.file,
        })),
        fixes: fixes(first, risk, file),
      })
    }
  },
})

interface Risk extends Refresh {
  expiration: number
  minted: number
  severity: Severity
}

/** Nothing for a token that is not exchanged at all, may be exchanged again, or is not of a cluster. */
function riskOf(pair: Pair, view: WorkspaceView): Risk | undefined {
  const { identity, issuer, rule } = pair
  const expiration = identity.projection ? identity.lifetime : undefined
  const asked = lifetimeOf(rule)
  if (expiration === undefined || asked === undefined || issuer?.checkJti?.value === false) return undefined
  const provider = providerOf(view, rule)
  if (provider && !isKubernetes(provider)) return undefined
  if (decide(identity, issuer, rule).verdict === 'denied') return undefined
  const course = refresh(expiration, asked)
  if (course.outcome === 'safe') return undefined
  const minted = mintedLifetime(asked, expiration)
  return { ...course, expiration, minted, severity: course.outcome === 'gap' ? 'warning' : 'info' }
}

function lifetimeOf({ node, tree, tokenLifetime }: FederationRule): number | undefined {
  // One that the service refuses has a finding of its own.
  if (tokenLifetime) return isTokenLifetime(tokenLifetime.value) ? tokenLifetime.value : undefined
  const absent = isAbsent(node, 'token_lifetime_seconds')
  return absent && !tree.templated ? DEFAULT_TOKEN_LIFETIME : undefined
}

function lifetimeIn({ tokenLifetime, node }: FederationRule): Node {
  return tokenLifetime ?? node
}

/** Each number with where it comes from, so that a reader can check it. */
function sentence(
  { outcome, minted, usableUntil, rotation, expiration }: Risk,
  jwt: string,
  file: string,
): string {
  const lives = `The Claude token lives ${minted} s, and ${jwt} can be exchanged once`
  const until = `${usableUntil} (${minted - usableUntil} s before its end)`
  const from = `${rotation} (${rotation < 0.8 * expiration ? 'a day' : `80 % of ${expiration} s`})`
  return outcome === 'gap'
    ? `${lives}: from second ${until} to ${from}, when the kubelet replaces ${file}, there is no valid token`
    : `${lives}: it is used until second ${until}, and the kubelet replaces ${file} from second ${from} on, up to two minutes later`
}

function fixes(pair: Pair, { expiration }: Risk, file: WifFile): Fix[] {
  const { identity, issuer, rule } = pair
  const { projection } = identity
  const least = safeLifetime(expiration)
  const asked =
    least === undefined ? undefined : least <= expiration ? expiration : 300 * Math.ceil(least / 300)
  const longer = asked !== undefined ? put(rule.node, 'token_lifetime_seconds', asked) : undefined
  const often: Fix = {
    title: 'Renew every 10 minutes: tokens of 600 s, Claude tokens of 900 s',
    safe: false,
    edits: [
      ...(projection
        ? [{ ...put(projection.node, 'expirationSeconds', 600), file: identity.source.file }]
        : []),
      { ...put(rule.node, 'token_lifetime_seconds', 900), file: rule.file },
    ],
  }
  const again = issuer && {
    file: issuer.file,
    title: 'Accept each token again and again (`check_jti: false`)',
    edit: put(issuer.node, 'check_jti', false),
  }
  return [
    ...eitherSide(file, [{ file: rule.file, title: `Let Claude tokens live ${asked} s`, edit: longer }]),
    ...(expiration > 600 ? [often] : []),
    ...eitherSide(file, again ? [again] : []),
  ]
}
