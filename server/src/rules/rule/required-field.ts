import { mayHoldMore } from '../../lint/open.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { isAbsent, type Property, property, toValue } from '../../syntax/node.ts'
import type { Value } from '../../syntax/write.ts'
import { issuerOf, realId } from '../../wif/pairing.ts'
import type { FederationRule } from '../../wif/rule.ts'
import { creates, REQUIRED_FIELDS, unknownFields } from '../../wif/rule-fields.ts'
import type { WorkspaceView } from '../../wif/view.ts'

export const requiredField = rule({
  id: 'rule/required-field',
  title: 'A rule cannot be created without this field',
  class: 'service-rejects',
  since: '0.1.0',
  check(file, report, view) {
    for (const rule of file.rules) {
      const { node, shape } = rule
      if (shape === 'response' || property(node, 'id') || mayHoldMore(rule, node)) continue
      if (!creates(rule)) {
        const message = 'This can only update a rule: one cannot be created without `issuer_id` and `target`'
        report(node, message, { severity: 'info' })
        continue
      }
      const unknown = unknownFields(rule).filter(u => u.part === 'rule')
      for (const name of REQUIRED_FIELDS.filter(name => isAbsent(node, name))) {
        const misnamed = unknown.find(u => u.meant === name)?.field
        const there = property(node, name)
        if (misnamed) {
          const message = `\`${misnamed.key.value}\` is not a field of a rule; without \`${name}\` it cannot be created`
          report(misnamed, message, { fixes: [rename(misnamed, name)] })
        } else {
          const to = usual(name, rule, view)
          const edit = there ? { set: there.value, to } : { insert: name, into: node, to }
          report(there?.value ?? node, `A rule cannot be created without \`${name}\``, {
            fixes: [{ title: `Add \`${name}\``, safe: false, edits: [edit] }],
          })
        }
      }
    }
  },
})

function rename(field: Property, to: string): Fix {
  const title = `Rename to \`${to}\``
  if (to !== 'target') return { title, safe: false, edits: [{ rename: field, to }] }
  // The id of the service account, without the object around it.
  const id = toValue(field.value) as Value
  return {
    title: 'Move into `target`',
    safe: false,
    edits: [
      { rename: field, to },
      { set: field.value, to: { type: 'service_account', service_account_id: id } },
    ],
  }
}

/** What to begin with: the least that is of use, and what the workspace already says. */
function usual(name: string, rule: FederationRule, view: WorkspaceView): Value {
  if (name === 'issuer_id') return realId(issuerOf(view, rule)?.id?.value) ?? 'fdis_...'
  if (name === 'target') return { type: 'service_account', service_account_id: 'svac_...' }
  return name === 'oauth_scope' ? 'workspace:inference' : '<name>'
}
