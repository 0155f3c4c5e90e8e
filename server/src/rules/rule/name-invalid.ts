import { rule } from '../../lint/rule.ts'
import { checkSlug } from '../../lint/slug.ts'
import { get } from '../../syntax/node.ts'

export const ruleNameInvalid = rule({
  id: 'rule/name-invalid',
  title: 'The name of the rule is not a slug',
  class: 'service-rejects',
  since: '0.1.0',
  check(file, report) {
    for (const { node } of file.rules) checkSlug(get(node, 'name'), "A rule's `name`", report)
  },
})
