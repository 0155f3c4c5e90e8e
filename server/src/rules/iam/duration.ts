import { addCondition, underOperator, visibleGrants } from '../../lint/iam.ts'
import { type Report, rule } from '../../lint/rule.ts'
import type { Node } from '../../syntax/node.ts'
import { isOn, readOperator, refusals } from '../../wif/iam-condition.ts'
import { type IamCondition, type IamStatement, isMintingAction } from '../../wif/iam-policy.ts'
import { isStandIn } from '../../wif/placeholder.ts'

const KEY = 'sts:DurationSeconds'
/** What a call may ask for (STS API reference, GetWebIdentityToken). */
const MIN = 60
const MAX = 3600
/** A quarter of an hour is plenty to exchange a token in. */
const SUGGESTED = 900

export const duration = rule({
  id: 'iam/duration',
  title: 'The lifetime of minted tokens is not bounded, or bounded to what STS never gives',
  class: 'hygiene',
  since: '0.1.0',
  check(file, report) {
    for (const policy of file.policies) {
      const refused = refusals(policy).some(c => isOn(c, KEY) && readOperator(c).name.includes('greater'))
      for (const { statement, action } of visibleGrants(policy)) {
        const conditions = statement.conditions.filter(c => isOn(c, KEY))
        for (const condition of conditions) checkCondition(condition, statement, report)
        const bounded = conditions.some(c => !/greater|not|null/.test(readOperator(c).name))
        if (bounded || refused) continue
        // Requests of other actions have no such key, and must not be shut out by it.
        const alone = statement.actions.every(isMintingAction)
        const operator = alone ? 'NumericLessThanEquals' : 'NumericLessThanEqualsIfExists'
        const cap = addCondition(statement, operator, KEY, SUGGESTED)
        report(action, `Minted tokens may live an hour, and whoever holds one is this role; cap \`${KEY}\``, {
          ...(cap && { fixes: [{ title: `Cap at ${SUGGESTED} s`, safe: false, edits: [cap] }] }),
        })
      }
    }
  },
})

function checkCondition(condition: IamCondition, statement: IamStatement, report: Report): void {
  const { name, negative } = readOperator(condition)
  const { key, values, operator } = condition
  if (negative || values.some(isUnread)) return
  if (name.startsWith('string')) {
    const edits = underOperator(condition, statement, 'NumericEquals')
    report(key, `\`${operator.key.value}\` compares text and \`${KEY}\` is a number, so this never holds`, {
      severity: 'error',
      ...(edits && { fixes: [{ title: 'Use `NumericEquals`', safe: false, edits }] }),
    })
  }
  if (!name.startsWith('numeric')) return
  const fixes = [{ title: `Set to ${SUGGESTED}`, safe: false, edits: [{ set: key.value, to: SUGGESTED }] }]
  const [first] = values
  const loose = values.find(value => secondsOf(value) > MAX)
  if (first && !values.some(value => isPossible(name, secondsOf(value))))
    report(first, `A minted token lives ${MIN} to ${MAX} s, so this never holds`, {
      severity: 'error',
      fixes,
    })
  else if (loose && !name.includes('greater'))
    report(loose, `No minted token lives longer than ${MAX} s, so this bounds nothing`, { fixes })
}

/** Whether the value is computed elsewhere. */
function isUnread(value: Node): boolean {
  return value.type === 'object' || isStandIn(value)
}

/** The number that a value of a condition is; IAM takes numbers as text too. */
function secondsOf(value: Node): number {
  if (value.type === 'number') return value.value
  return value.type === 'string' && value.value.trim() !== '' ? Number(value.value) : Number.NaN
}

/** Whether some lifetime that STS gives compares so with `seconds`. */
function isPossible(operator: string, seconds: number): boolean {
  switch (operator) {
    case 'numericlessthan':
      return seconds > MIN
    case 'numericlessthanequals':
      return seconds >= MIN
    case 'numericgreaterthan':
      return seconds < MAX
    case 'numericgreaterthanequals':
      return seconds <= MAX
    default:
      return seconds >= MIN && seconds <= MAX
  }
}
