import type { Node } from '../syntax/node.ts'
import { fits, grants, type IamOperator, isText, readOperator, refusals } from './iam-condition.ts'
import { type IamCondition, type IamPolicy, type IamStatement, isAudienceCondition } from './iam-policy.ts'
import { isPlaceholder } from './placeholder.ts'

/**
 * The condition because of which `policy` lets no token be minted for `audience`; undefined when it lets one, or
 * when that cannot be told.
 */
export function audienceRefusal(policy: IamPolicy, audience: string): IamCondition | undefined {
  if (policy.tree.templated || isPlaceholder(audience)) return undefined
  // One statement that allows it is enough; in it all conditions must hold.
  const refusals = [...grants(policy)].map(({ statement }) =>
    statement.conditions.find(condition => refuses(condition, audience)),
  )
  return refusals.includes(undefined) ? undefined : refusals[0]
}

/** Whether a token has an audience whatever is chosen of those that a policy leaves open, may or cannot have it. */
export type AudienceChoice = 'always' | 'possible' | 'never'

/** What `policy` lets be chosen; undefined when that cannot be told. */
export function audienceChoice(policy: IamPolicy, audience: string): AudienceChoice | undefined {
  const granting = [...grants(policy)].map(({ statement }) => statement)
  // What another statement refuses under conditions is not weighed.
  if (policy.tree.templated || granting.length === 0 || refusals(policy).length > 0) return undefined
  if (audienceRefusal(policy, audience)) return 'never'
  if (granting.every(statement => demands(statement, audience))) return 'always'
  return granting.some(statement => accepts(statement, audience)) ? 'possible' : undefined
}

function refuses(condition: IamCondition, audience: string): boolean {
  const operator = readOperator(condition)
  // Beside one that is on the list, `ForAnyValue` lets any other be asked for.
  if (!isOnAudience(condition, operator) || operator.set === 'any') return false
  return condition.values.map(textOf).every(text => text !== undefined && !fits(text, operator, audience))
}

/** Whether no token comes about under `statement` without `audience`: it is the only one on the list. */
function demands({ conditions }: IamStatement, audience: string): boolean {
  return conditions.some(condition => {
    const operator = readOperator(condition)
    return (
      isOnAudience(condition, operator) &&
      condition.values.length > 0 &&
      condition.values.every(node => textOf(node) === audience) &&
      (operator.name === 'stringequals' || (operator.name === 'stringlike' && !/[*?]/.test(audience)))
    )
  })
}

/** Whether every condition on the audience that `statement` has is known to hold for it. */
function accepts({ conditions }: IamStatement, audience: string): boolean {
  return conditions.filter(isAudienceCondition).every(condition => {
    const operator = readOperator(condition)
    const texts = condition.values.flatMap(node => textOf(node) ?? [])
    return isOnAudience(condition, operator) && texts.some(text => fits(text, operator, audience))
  })
}

/** Whether the condition lists audiences that may be asked for. */
function isOnAudience(condition: IamCondition, operator: IamOperator): boolean {
  return isAudienceCondition(condition) && isText(operator) && !operator.negative
}

/** The text of a value, unless it is to be filled in. */
function textOf(node: Node): string | undefined {
  return node.type === 'string' && !isPlaceholder(node.value) ? node.value : undefined
}
