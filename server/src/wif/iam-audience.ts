import { globMatches } from './glob.ts'
import { grants, isText, readOperator } from './iam-condition.ts'
import { type IamCondition, type IamPolicy, isAudienceCondition } from './iam-policy.ts'
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

function refuses(condition: IamCondition, audience: string): boolean {
  const operator = readOperator(condition)
  if (!isAudienceCondition(condition) || !isText(operator) || operator.negative) return false
  return condition.values.every(node => {
    if (node.type !== 'string' || isPlaceholder(node.value)) return false
    if (operator.name === 'stringlike') return !globMatches(node.value, audience)
    return operator.name === 'stringequalsignorecase'
      ? node.value.toLowerCase() !== audience.toLowerCase()
      : node.value !== audience
  })
}
