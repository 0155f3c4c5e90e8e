import { mayHoldMore } from '../../lint/open.ts'
import { rule } from '../../lint/rule.ts'
import { type Node, type Property, property } from '../../syntax/node.ts'
import { put } from '../../syntax/write.ts'
import { isStandIn } from '../../wif/placeholder.ts'
import { creates } from '../../wif/rule-fields.ts'

const ONE = 'workspace_id'
const ALL = 'applies_to_all_workspaces'

export const workspaceSelection = rule({
  id: 'rule/workspace-selection',
  title: 'A rule is for one workspace, or for all of them',
  class: 'service-rejects',
  since: '0.1.0',
  check(file, report) {
    for (const rule of file.rules) {
      const { node, allWorkspaces } = rule
      const one = given(node, ONE)
      const all = given(node, ALL)
      if (all && all.value.type !== 'boolean' && !isStandIn(all.value)) {
        const written = all.value.type === 'string' ? all.value.value.toLowerCase() : ''
        const to = written === 'true' ? true : written === 'false' ? false : undefined
        report(all.value, `\`${ALL}\` must be \`true\` or \`false\``, {
          ...(to !== undefined && {
            fixes: [{ title: `Set to \`${to}\``, safe: false, edits: [{ set: all.value, to }] }],
          }),
        })
      } else if (one && all && allWorkspaces?.value) {
        report(one, `\`${ONE}\` adds nothing to a rule for every workspace`, {
          severity: 'info',
          fixes: [one, all].map(field => ({
            title: `Remove \`${field.key.value}\``,
            safe: false,
            edits: [{ remove: field }],
          })),
        })
      } else if (
        !one &&
        (!all || allWorkspaces?.value === false) &&
        creates(rule) &&
        !mayHoldMore(rule, node)
      ) {
        report(all?.value ?? node, `A rule cannot be created without \`${ONE}\`, or \`${ALL}: true\``, {
          fixes: [{ title: 'Name one workspace', safe: false, edits: [put(node, ONE, 'wrkspc_...')] }],
        })
      }
    }
  },
})

/** The field, if it says anything. */
function given(node: Node, name: string): Property | undefined {
  const field = property(node, name)
  return field?.value.type === 'null' ? undefined : field
}
