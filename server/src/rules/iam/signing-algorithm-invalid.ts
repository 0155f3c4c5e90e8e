import { withoutItem } from '../../lint/items.ts'
import { rule } from '../../lint/rule.ts'
import { fits, grants, isOn, isText, readOperator } from '../../wif/iam-condition.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'

/** What STS signs identity tokens with (STS API reference, GetWebIdentityToken). */
const ALGORITHMS = ['RS256', 'ES384']

export const signingAlgorithmInvalid = rule({
  id: 'iam/signing-algorithm-invalid',
  title: 'STS does not sign with this algorithm',
  class: 'exchange-fails',
  since: '0.1.0',
  check(file, report) {
    for (const policy of file.policies) {
      for (const { statement } of grants(policy)) {
        for (const condition of statement.conditions.filter(c => isOn(c, 'sts:SigningAlgorithm'))) {
          const operator = readOperator(condition)
          if (!isText(operator) || operator.negative) continue
          const named = condition.values.flatMap(v =>
            v.type === 'string' && !isPlaceholder(v.value) ? v : [],
          )
          const wrong = named.filter(v => !ALGORITHMS.some(a => fits(v.value, operator, a)))
          const never = wrong.length === condition.values.length
          for (const value of wrong) {
            const to = /^E/i.test(value.value) ? 'ES384' : 'RS256'
            const there = named.some(v => v.value === to)
            const edit = there ? withoutItem(value) : { set: value, to }
            report(
              value,
              `STS signs with ${ALGORITHMS.join(' or ')}, never with "${value.value}"${never ? ': this never holds' : ''}`,
              {
                ...(!never && { severity: 'info' }),
                ...(edit && {
                  fixes: [{ title: there ? 'Remove it' : `Set to "${to}"`, safe: false, edits: [edit] }],
                }),
              },
            )
          }
        }
      }
    }
  },
})
