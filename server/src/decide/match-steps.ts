import type { EvaluateOptions, Evaluation } from '../cel/index.ts'
import { isAbsent, properties } from '../syntax/node.ts'
import { foreignParty } from '../wif/audience.ts'
import type { Presented } from '../wif/identity.ts'
import { isPlaceholder } from '../wif/placeholder.ts'
import { DEFAULT_AUDIENCE, type FederationRule } from '../wif/rule.ts'
import { misspeltMatchers } from '../wif/rule-fields.ts'
import { subjectMatches, subjectPattern } from '../wif/subject.ts'
import { type NearMiss, nearMiss } from './near-miss.ts'
import { fail, type Place, pass, placeAt, type Step, unknown } from './step.ts'

/** Evaluates a condition over the claims of a token, some of which may not be known. */
export type EvaluateCondition = (condition: string, claims: unknown, options: EvaluateOptions) => Evaluation

export function audienceStep(token: Presented, rule: FederationRule): Step {
  const step = 'audience'
  const place = placeAt(rule.audience ?? rule.match, 'aud')
  const wanted = rule.audience?.value ?? DEFAULT_AUDIENCE
  const aud = known(token, 'aud')
  // An empty one is no audience, and may be none at all.
  const isKnown = rule.audience ? wanted !== '' && !isPlaceholder(wanted) : !mayHave(rule, 'audience')
  if (!isKnown) return unknown(step, 'The audience that the rule expects is not known', place)
  if (aud === undefined) return choiceStep(token, wanted, place)
  const given: unknown[] = aud === null ? [] : Array.isArray(aud) ? aud : [aud]
  if (given.includes(wanted)) return pass(step, `The audience is ${listed(given)}`, place)

  const near = given.flatMap(each => nearMiss({ text: wanted, prefix: false }, each) ?? []).find(isClose)
  const [first, ...more] = given
  const party = typeof first === 'string' && more.length === 0 ? foreignParty(first) : undefined
  const meant = party === undefined ? '' : ` (for ${party})`
  const message = `The token's audience is ${listed(given) || 'missing'}${meant}, the rule expects "${wanted}"`
  return withNearMiss(fail(step, 'match_audience', message, place), near)
}

/** Whether what is chosen when the token is asked for can be the audience that is `wanted`. */
function choiceStep({ title, choice }: Presented, wanted: string, place: Place): Step {
  const step = 'audience'
  const answer = choice?.(wanted)
  if (answer === 'always')
    return pass(step, `Every token of the ${title} has the audience "${wanted}"`, place)
  if (answer === 'never')
    return fail(step, 'match_audience', `The ${title} may not ask for the audience "${wanted}"`, place)
  const message =
    answer === 'possible'
      ? `The ${title} may ask for the audience "${wanted}", and for others`
      : 'The audience of the token is not known'
  return unknown(step, message, place)
}

export function subjectStep(token: Presented, rule: FederationRule): Step {
  const step = 'subject'
  const sub = known(token, 'sub')
  if (sub === '' || (token.complete && typeof sub !== 'string'))
    return fail(step, 'claim_missing', 'The token needs `sub`, a text that is not empty', { claim: 'sub' })
  if (!rule.subject)
    return mayHave(rule, 'subject_prefix')
      ? unknown(step, 'The subject that the rule admits is not known', placeAt(rule.match))
      : pass(step, 'The rule asks for no subject', placeAt(rule.match))
  const place = placeAt(rule.subject, 'sub')
  if (isPlaceholder(rule.subject.value))
    return unknown(step, 'The subject that the rule admits is not known', place)
  if (sub === undefined) return unknown(step, 'The subject of the token is not known', place)
  const pattern = subjectPattern(rule.subject.value)
  const how = pattern.prefix ? `begins with "${pattern.literal}"` : `is exactly "${pattern.literal}"`
  if (typeof sub === 'string' && subjectMatches(pattern, sub)) return pass(step, `\`sub\` ${how}`, place)

  const near = nearMiss({ text: pattern.literal, prefix: pattern.prefix }, sub)
  const message = `\`sub\` is ${shown(sub)}; the rule admits what ${how}`
  return withNearMiss(fail(step, 'match_subject_prefix', message, place), near)
}

export function claimSteps(token: Presented, rule: FederationRule): Step[] {
  const step = 'claims'
  const isOpen = rule.claims ? rule.tree.templated : mayHave(rule, 'claims')
  const steps = properties(rule.claims).map(({ key, value }) => {
    const place = placeAt(value, key.value)
    if (value.type !== 'string' || isPlaceholder(value.value) || isPlaceholder(key.value))
      return unknown(step, `What the rule asks of "${key.value}" is not known`, place)
    const actual = known(token, key.value)
    if (actual === undefined) return unknown(step, `The claim "${key.value}" is not known`, place)
    if (actual === value.value) return pass(step, `"${key.value}" is "${value.value}"`, place)

    const found = nearMiss({ text: value.value, prefix: false }, actual)
    // No `*` at the end of a claim would help.
    const near = found?.kind === 'wildcard' ? undefined : found
    const message =
      actual === null
        ? `The token has no claim "${key.value}"`
        : `"${key.value}" is ${shown(actual)}, the rule asks for "${value.value}"`
    return withNearMiss(fail(step, 'match_claims', message, place), near)
  })
  if (!isOpen) return steps
  return [...steps, unknown(step, 'Whether the rule asks for claims is not known', placeAt(rule.match))]
}

export function conditionSteps(
  token: Presented,
  rule: FederationRule,
  evaluate: EvaluateCondition | undefined,
): Step[] {
  const { condition } = rule
  const step = 'condition'
  if (!condition)
    return mayHave(rule, 'condition')
      ? [unknown(step, 'The condition of the rule is not known', placeAt(rule.match))]
      : []
  const place = placeAt(condition)
  if (!evaluate || isPlaceholder(condition.value))
    return [unknown(step, 'The condition was not evaluated', place)]
  const answer = evaluate(condition.value, token.claims, { complete: token.complete })
  const parts = { parts: answer.trace }
  if ('error' in answer) {
    const message = `The condition gives no answer: ${answer.error}`
    return [
      {
        ...(answer.stopped ? unknown(step, message, place) : fail(step, 'match_condition', message, place)),
        ...parts,
      },
    ]
  }
  if (answer.result === 'unknown')
    return [{ ...unknown(step, 'The condition depends on claims that are not known', place), ...parts }]
  if (answer.result) return [{ ...pass(step, 'The condition holds', place), ...parts }]
  const refused = answer.trace.filter(part => part.result === false)
  const message = `The condition does not hold: ${refused.map(({ start, end }) => `\`${condition.value.slice(start, end)}\``).join(' and ')} ${refused.length === 1 ? 'is' : 'are'} false`
  return [{ ...fail(step, 'match_condition', message, place), ...parts }]
}

/** Whether a matcher that is not read may be there all the same: in a wrong form, misspelt, or in a template. */
function mayHave(rule: FederationRule, name: string): boolean {
  const { match, tree } = rule
  return (
    tree.templated ||
    !isAbsent(match, name) ||
    properties(match).some(({ key }) => key.value === '<<' || isPlaceholder(key.value)) ||
    misspeltMatchers(rule).includes(name)
  )
}

/** The claim as the token has it; null when a whole token lacks it, undefined when it cannot be known. */
function known({ claims, complete }: Presented, claim: string): unknown {
  const value = Object.hasOwn(claims, claim) ? claims[claim] : undefined
  return value === undefined && complete ? null : value
}

/** Two audiences of one host begin alike without having to do with each other; a `*` is a character like others there. */
function isClose({ kind }: NearMiss): boolean {
  return kind !== 'differs' && kind !== 'wildcard'
}

function withNearMiss(step: Step, near: NearMiss | undefined): Step {
  return near ? { ...step, message: `${step.message}: ${near.hint}`, nearMiss: near } : step
}

function listed(values: readonly unknown[]): string {
  return values.map(shown).join(', ')
}

function shown(value: unknown): string {
  return value === null ? 'missing' : JSON.stringify(value)
}
