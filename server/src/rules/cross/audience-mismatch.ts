import { decide } from '../../decide/decide.ts'
import { type Pair, podPairs, rulePairs, stsPair, unpaired, whose } from '../../lint/pairs.ts'
import { type Fix, type Report, rule } from '../../lint/rule.ts'
import { eitherSide } from '../../lint/sides.ts'
import { put } from '../../syntax/write.ts'
import { foreignParty, isNearClaude, isSlipOfClaude } from '../../wif/audience.ts'
import type { WifFile } from '../../wif/entity.ts'
import { audienceRefusal } from '../../wif/iam-audience.ts'
import type { PodIdentity } from '../../wif/identity.ts'
import { DEFAULT_AUDIENCE, type FederationRule, ruleTitle } from '../../wif/rule.ts'
import type { WorkspaceView } from '../../wif/view.ts'

export const audienceMismatch = rule({
  id: 'cross/audience-mismatch',
  title: 'A workload requests another audience than its rule expects',
  class: 'exchange-fails',
  since: '0.1.0',
  yieldsTo: ['pod/token-file-wrong-token'],
  check(file, report, view) {
    for (const pair of podPairs(file, view)) if (isMismatch(pair)) reportAtPod(pair, file, report)
    for (const [rule, pairs] of rulePairs(file, view))
      reportAtRule(rule, pairs.filter(isMismatch), file, report)
    for (const identity of unpaired(file, view)) reportForeign(identity, view, report)
    reportPolicy(file, view, report)
  },
})

function isMismatch({ identity, issuer, rule }: Pair): boolean {
  return decide(identity, issuer, rule).steps.some(s => s.reason === 'match_audience')
}

function reportAtPod({ identity, rule }: Pair, file: WifFile, report: Report): void {
  const message = `The pod requests audience "${audienceOf(identity)}", but rule "${ruleTitle(rule)}" expects "${expectedBy(rule)}": they must be equal to the letter`
  report(identity.at.aud, message, {
    related: [{ at: placeIn(rule), message: 'expected here', file: rule.file }],
    fixes: bothSides(identity, rule, file),
  })
}

function reportAtRule(rule: FederationRule, wrong: readonly Pair[], file: WifFile, report: Report): void {
  const [first] = wrong
  if (!first) return
  const message = `The rule expects audience "${expectedBy(rule)}", but "${audienceOf(first.identity)}" is requested by ${whose(wrong)}: they must be equal to the letter`
  const requests = wrong.map(({ identity: { at, source } }) => ({ at: at.aud, file: source.file }))
  report(placeIn(rule), message, {
    related: requests.map(place => ({ ...place, message: 'requested here' })),
    fixes: bothSides(first.identity, rule, file),
  })
}

/** Without a rule the default of the service counts, unless somebody has just this audience in mind. */
function reportForeign(identity: PodIdentity, view: WorkspaceView, report: Report): void {
  const audience = audienceOf(identity)
  const party = foreignParty(audience)
  if (!party && !isSlipOfClaude(audience)) return
  if (view.rules().some(r => r.audience?.value === audience)) return
  if (view.configOf(identity.source.file).audiences.includes(audience)) return
  const message = `The audience of this token is "${audience}"${party ? `, for ${party}` : ''}; the exchange expects "${DEFAULT_AUDIENCE}" unless the rule names another`
  const { file } = identity.source
  report(identity.at.aud, message, {
    severity: 'warning',
    fixes: eitherSide(file, [
      { file, title: `Request "${DEFAULT_AUDIENCE}"`, edit: request(identity, DEFAULT_AUDIENCE) },
    ]),
  })
}

/** A policy under which STS mints no token with the audience of the rule. */
function reportPolicy(file: WifFile, view: WorkspaceView, report: Report): void {
  const pair = file.policies.length + file.rules.length > 0 ? stsPair(view) : undefined
  const refusal = pair && audienceRefusal(pair.policy, expectedBy(pair.rule))
  if (!pair || !refusal) return
  const { rule, policy } = pair
  const expected = expectedBy(rule)
  const [only, ...others] = refusal.values
  const value = only && others.length === 0 ? only : refusal.key.value
  const allowed = refusal.values.flatMap(v => (v.type === 'string' ? v.value : []))
  const quoted = allowed.map(each => `"${each}"`).join(', ')
  const kept = value.type === 'string' && !isNearClaude(value.value) ? [value.value, expected] : expected
  const edit = value.type === 'array' ? { append: expected, to: value } : { set: value, to: kept }
  const fixes = eitherSide(file, [{ file: policy.file, title: `Allow "${expected}"`, edit }])
  if (file.policies.includes(policy))
    report(
      value,
      `STS mints tokens for ${quoted} only, but rule "${ruleTitle(rule)}" expects "${expected}"`,
      {
        related: [{ at: placeIn(rule), message: 'expected here', file: rule.file }],
        fixes,
      },
    )
  if (file.rules.includes(rule))
    report(
      placeIn(rule),
      `The rule expects audience "${expected}", but the policy lets STS mint tokens for ${quoted} only`,
      {
        related: [{ at: value, message: 'allowed here', file: policy.file }],
        fixes,
      },
    )
}

function audienceOf({ claims }: PodIdentity): string {
  return Array.isArray(claims.aud) ? String(claims.aud[0]) : ''
}

function expectedBy(rule: FederationRule): string {
  return rule.audience?.value ?? DEFAULT_AUDIENCE
}

function placeIn(rule: FederationRule) {
  return rule.audience ?? rule.match ?? rule.node
}

function bothSides(identity: PodIdentity, rule: FederationRule, file: WifFile): Fix[] {
  const [requested, expected] = [audienceOf(identity), expectedBy(rule)]
  const expect = rule.match && put(rule.match, 'audience', requested)
  return eitherSide(file, [
    { file: identity.source.file, title: `Request "${expected}"`, edit: request(identity, expected) },
    // What is meant for another party, or misspelt, is not to be expected: that would only move the mistake.
    {
      file: rule.file,
      title: `Expect "${requested}"`,
      edit:
        identity.projection && !foreignParty(requested) && !isSlipOfClaude(requested) ? expect : undefined,
    },
  ])
}

function request({ projection }: PodIdentity, audience: string) {
  return projection?.audience && { set: projection.audience, to: audience }
}
