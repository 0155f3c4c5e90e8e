import { addCondition, visibleGrants } from '../../lint/iam.ts'
import { type Place, rule } from '../../lint/rule.ts'
import type { NodeEdit } from '../../syntax/write.ts'
import { acceptsAnything, isText, readOperator, refusals } from '../../wif/iam-condition.ts'
import { type IamCondition, isAudienceCondition } from '../../wif/iam-policy.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'
import { DEFAULT_AUDIENCE } from '../../wif/rule.ts'

const KEY = 'sts:IdentityTokenAudience'

export const audienceUnconstrained = rule({
  id: 'iam/audience-unconstrained',
  title: 'Tokens can be minted for any relying party',
  class: 'over-broad',
  since: '0.1.0',
  check(file, report) {
    for (const policy of file.policies) {
      if (refusals(policy).some(c => isAudienceCondition(c) && readOperator(c).negative)) continue
      for (const { statement, action } of visibleGrants(policy)) {
        const gaps = statement.conditions
          .filter(c => isAudienceCondition(c) && isText(readOperator(c)))
          .map(gapIn)
        // All conditions must hold, so one without a gap is enough.
        if (gaps.includes(undefined)) continue
        const { at, message, edit } = gaps[0] ?? {
          at: action,
          message: `This role can have a token minted for any relying party; restrict \`${KEY}\``,
          edit: undefined,
        }
        const mend = edit ?? addCondition(statement, 'ForAllValues:StringEquals', KEY, DEFAULT_AUDIENCE)
        const title = `Restrict to "${DEFAULT_AUDIENCE}"`
        report(at, message, { ...(mend && { fixes: [{ title, safe: false, edits: [mend] }] }) })
      }
    }
  },
})

/** Why a condition on the audience leaves others open, and the edit that changes it; undefined when it does not. */
function gapIn(condition: IamCondition): { at: Place; message: string; edit?: NodeEdit } | undefined {
  const operator = readOperator(condition)
  const { key, values } = condition
  const written = `\`${condition.operator.key.value}\``
  if (operator.negative)
    return { at: key, message: `${written} leaves every audience open but those it names` }
  if (operator.ifExists)
    return { at: key, message: `${written} holds as well for a request without \`${KEY}\`` }
  for (const value of values) {
    if (value.type !== 'string' || isPlaceholder(value.value) || !acceptsAnything(value, operator)) continue
    const edit = { set: key.value, to: DEFAULT_AUDIENCE }
    return { at: value, message: `"${value.value}" lets a token be minted for any relying party`, edit }
  }
  return undefined
}
