import { underOperator } from '../../lint/iam.ts'
import { rule } from '../../lint/rule.ts'
import { grants, isText, readOperator } from '../../wif/iam-condition.ts'
import { isAudienceCondition } from '../../wif/iam-policy.ts'

export const audienceSetOperator = rule({
  id: 'iam/audience-set-operator',
  title: 'The condition on the audience does not cover all audiences of a call',
  class: 'over-broad',
  since: '0.1.0',
  check(file, report) {
    for (const policy of file.policies) {
      for (const { statement } of grants(policy)) {
        const conditions = statement.conditions
          .filter(isAudienceCondition)
          .map(condition => ({ condition, operator: readOperator(condition) }))
          .filter(({ operator }) => isText(operator) && !operator.negative)
        // One that covers all of them is enough: all conditions must hold.
        if (conditions.some(({ operator }) => operator.set === 'all')) continue
        for (const { condition, operator } of conditions) {
          const written = condition.operator.key.value
          const any = operator.set === 'any'
          const message = any
            ? `\`${written}\` asks that one audience of a call is on the list; the caller may add others to the same token`
            : `A call may name several audiences, and \`${written}\` is made for a single value`
          const name = `ForAllValues:${written.replace(/^.*:/, '')}`
          const edits = underOperator(condition, statement, name)
          report(condition.operator, message, {
            ...(!any && { severity: 'info' }),
            ...(edits && { fixes: [{ title: `Use \`${name}\``, safe: false, edits }] }),
          })
        }
      }
    }
  },
})
