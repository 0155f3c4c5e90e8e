import { rule } from '../../lint/rule.ts'
import { get, items } from '../../syntax/node.ts'
import { isMintingAction } from '../../wif/iam-policy.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'

export const resourceNotStar = rule({
  id: 'iam/resource-not-star',
  title: 'The actions that mint tokens match no resource but `*`',
  class: 'exchange-fails',
  since: '0.1.0',
  check(file, report) {
    for (const { statements } of file.policies) {
      for (const { node, actions } of statements) {
        const minting = actions.filter(isMintingAction)
        const resource = get(node, 'Resource')
        const [first] = minting
        if (!first || !resource) continue
        const named = resource.type === 'array' ? items(resource) : [resource]
        // What is computed elsewhere, or not there yet, may be `*`.
        if (!named.every(n => n.type === 'string' && n.value !== '*' && !isPlaceholder(n.value))) continue

        const mixed = minting.length < actions.length
        const what = `\`${first.value}\` has no resources to name, so with this it never applies`
        report(resource, mixed ? `${what}; give it a statement of its own, for "*"` : what, {
          ...(mixed && { severity: 'warning' }),
          ...(!mixed && {
            fixes: [{ title: 'Set to "*"', safe: false, edits: [{ set: resource, to: '*' }] }],
          }),
        })
      }
    }
  },
})
