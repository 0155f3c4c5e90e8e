import { rule } from '../../lint/rule.ts'
import { property } from '../../syntax/node.ts'
import { scopesOf } from '../../wif/scopes.ts'

const FIELD = 'applies_to_all_workspaces'

export const allWorkspaces = rule({
  id: 'rule/all-workspaces',
  title: 'The rule covers every workspace of the organization',
  class: 'over-broad',
  since: '0.1.0',
  check(file, report) {
    for (const rule of file.rules) {
      const { node, allWorkspaces, workspaceId, shape } = rule
      const field = property(node, FIELD)
      if (!field || allWorkspaces?.value !== true) continue
      // Administration is not bound to a workspace.
      const scopes = scopesOf(rule)
      const adminOnly = scopes.length > 0 && scopes.every(name => name === 'org:admin')
      const one = workspaceId
        ? { title: `Remove \`${FIELD}\``, safe: false, edits: [{ remove: field }] }
        : {
            title: 'Name one workspace',
            safe: false,
            edits: [
              { rename: field, to: 'workspace_id' },
              { set: field.value, to: 'wrkspc_...' },
            ],
          }
      report(
        allWorkspaces,
        'Whoever matches can choose any workspace of the organization, also one created later',
        {
          ...(adminOnly && { severity: 'info' }),
          fixes: shape === 'request' ? [one] : [],
        },
      )
    }
  },
})
