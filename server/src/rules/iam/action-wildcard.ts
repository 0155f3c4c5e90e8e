import { setsBounds } from '../../lint/iam.ts'
import { withoutItem } from '../../lint/items.ts'
import { rule } from '../../lint/rule.ts'
import { get, type StringNode, walk } from '../../syntax/node.ts'
import { coversGetToken, type IamStatement, isMintingAction } from '../../wif/iam-policy.ts'
import { providerOfIssuer } from '../../wif/providers/index.ts'

const ACTION = 'sts:GetWebIdentityToken'

export const actionWildcard = rule({
  id: 'iam/action-wildcard',
  title: 'More is allowed than to have a token minted',
  class: 'over-broad',
  since: '0.1.0',
  check(file, report) {
    for (const policy of file.policies) {
      const bounds = setsBounds(policy)
      for (const statement of policy.statements.filter(s => s.effect?.value === 'Allow')) {
        const { actions } = statement
        for (const action of actions) {
          if (coversGetToken(action) && !isMintingAction(action)) {
            if (bounds) continue
            const listed = actions.some(a => a.value === ACTION)
            const edit = (listed ? withoutItem(action) : undefined) ?? { set: action, to: ACTION }
            report(
              action,
              `"${action.value}" allows more than federation needs, which is \`${ACTION}\` alone`,
              {
                fixes: [{ title: `Allow \`${ACTION}\` alone`, safe: false, edits: [edit] }],
              },
            )
          } else if (isTagging(action) && !hasTagCondition(statement)) {
            const edit = withoutItem(action)
            const message = `\`${action.value}\` lets the caller write any \`request_tags\` into the token; a rule that matches on them trusts the caller`
            report(action, message, {
              ...(edit && { fixes: [{ title: 'Remove the action', safe: false, edits: [edit] }] }),
            })
          }
        }
        for (const federated of wrongDirection(statement))
          report(
            federated,
            'STS does not take its own identity tokens back: this role can never be assumed with one',
            {
              severity: 'error',
            },
          )
      }
    }
  },
})

function isTagging(action: StringNode): boolean {
  return isMintingAction(action) && /^sts:tag/i.test(action.value)
}

function hasTagCondition({ conditions }: IamStatement): boolean {
  return conditions.some(c => /^aws:(?:RequestTag\/|TagKeys$)/i.test(c.key.key.value))
}

/** The principals of `sts:AssumeRoleWithWebIdentity` that are issuers of STS itself. */
function wrongDirection({ node, actions }: IamStatement): StringNode[] {
  if (!actions.some(a => /^sts:AssumeRoleWithWebIdentity$/i.test(a.value))) return []
  return [...walk(get(node, 'Principal', 'Federated'))].flatMap(principal => {
    if (principal.type !== 'string') return []
    const [, issuer] = /:oidc-provider\/(.+)$/.exec(principal.value) ?? []
    return issuer !== undefined && providerOfIssuer(issuer)?.id === 'aws-sts' ? principal : []
  })
}
