import { mayHoldMore } from '../../lint/open.ts'
import { type Fix, type Report, rule } from '../../lint/rule.ts'
import { get, isAbsent, type Node, property, type StringNode } from '../../syntax/node.ts'
import { realId } from '../../wif/pairing.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'
import type { FederationRule } from '../../wif/rule.ts'
import { unknownFields } from '../../wif/rule-fields.ts'
import type { WorkspaceView } from '../../wif/view.ts'

const ACCOUNT = 'service_account_id'

interface Reference {
  field: string
  prefix: string
  node: StringNode
}

export const referenceId = rule({
  id: 'rule/reference-id',
  title: 'A reference that is no id, or the id of something else',
  class: 'service-rejects',
  since: '0.1.0',
  check(file, report, view) {
    for (const rule of file.rules) {
      const { issuerId, serviceAccountId, workspaceId } = rule
      const wrong = [
        ...wrongReference('issuer_id', 'fdis_', issuerId),
        ...wrongReference(ACCOUNT, 'svac_', serviceAccountId),
        ...wrongReference('workspace_id', 'wrkspc_', workspaceId),
      ]
      for (const reference of wrong) {
        const { field, prefix, node } = reference
        const isDefault = node === workspaceId && node.value === 'default'
        const message = isDefault
          ? '"default" is documented for the exchange only; a rule takes a `wrkspc_` id'
          : `\`${field}\` takes a \`${prefix}\` id; this is ${kindOf(node.value)}`
        report(node, message, {
          ...(isDefault && { severity: 'warning' }),
          fixes: mend(reference, wrong, view),
        })
      }
      checkTarget(rule, report)
    }
  },
})

function wrongReference(field: string, prefix: string, node: StringNode | undefined): Reference[] {
  if (!node || isPlaceholder(node.value)) return []
  return new RegExp(`^${prefix}[0-9A-Za-z]+$`).test(node.value) ? [] : [{ field, prefix, node }]
}

function kindOf(value: string): string {
  const [, prefix] = /^\s*((?:fdis|fdrl|svac|wrkspc|user)_)[0-9A-Za-z]+\s*$/.exec(value) ?? []
  if (value.trim() === '') return 'empty'
  if (value !== value.trim()) return 'one with white space around it'
  return prefix === undefined ? `"${value}"` : `a \`${prefix}\` id`
}

/** The same without white space; the other id, where two have changed places; or the id of the issuer that is named. */
function mend({ prefix, node }: Reference, wrong: readonly Reference[], view: WorkspaceView): Fix[] {
  const { value } = node
  const trimmed = value.trim()
  if (trimmed !== value && trimmed.startsWith(prefix))
    return [{ title: `Set to "${trimmed}"`, safe: true, edits: [{ set: node, to: trimmed }] }]
  const other = wrong.find(
    o => o.node !== node && o.node.value.startsWith(prefix) && value.startsWith(o.prefix),
  )
  if (other)
    return [
      {
        title: `Swap with \`${other.field}\``,
        safe: true,
        edits: [
          { set: node, to: other.node.value },
          { set: other.node, to: value },
        ],
      },
    ]
  const named = prefix === 'fdis_' ? view.issuers().filter(i => i.name?.value === value) : []
  const ids = new Set(named.flatMap(i => realId(i.id?.value) ?? []))
  return [...ids].map(to => ({ title: `Set to "${to}"`, safe: false, edits: [{ set: node, to }] }))
}

function checkTarget(rule: FederationRule, report: Report): void {
  const { node, target, shape } = rule
  const written = get(node, 'target')
  if (written?.type === 'string' && !isPlaceholder(written.value)) {
    const to = { type: 'service_account', [ACCOUNT]: written.value }
    const fixes: Fix[] = /^svac_/.test(written.value)
      ? [{ title: `Move into \`${ACCOUNT}\``, safe: true, edits: [{ set: written, to }] }]
      : []
    report(written, `\`target\` must be an object with \`type\` and \`${ACCOUNT}\``, { fixes })
  }
  if (!target || mayHoldMore(rule, target)) return

  const put = (name: string, to: string, safe: boolean): Fix => {
    const there = property(target, name)?.value
    const edit = there ? { set: there, to } : { insert: name, into: target, to }
    return { title: `Set \`${name}\` to "${to}"`, safe, edits: [edit] }
  }
  const type = get(target, 'type')
  if (!isAccountType(type))
    report(type ?? target, 'The `type` of a target must be "service_account"', {
      fixes: [put('type', 'service_account', true)],
    })
  const name = property(target, 'service_account_name')
  const ignored = '`service_account_name` is ignored when it is sent'
  // A field that only has another name is what rule/unknown-field tells of.
  if (unknownFields(rule).some(({ part, meant }) => part === 'target' && meant === ACCOUNT)) return
  if (isAbsent(target, ACCOUNT)) {
    const message = name ? `${ignored}; give \`${ACCOUNT}\`` : `The target needs \`${ACCOUNT}\``
    report(name?.value ?? target, message, { fixes: [put(ACCOUNT, 'svac_...', false)] })
  } else if (name && shape === 'request') {
    report(name, ignored, {
      severity: 'info',
      fixes: [{ title: 'Remove it', safe: false, edits: [{ remove: name }] }],
    })
  }
}

function isAccountType(type: Node | undefined): boolean {
  return type?.type === 'string' && (type.value === 'service_account' || isPlaceholder(type.value))
}
