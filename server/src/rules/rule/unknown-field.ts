import { isNote } from '../../lint/open.ts'
import { type Fix, type Report, rule } from '../../lint/rule.ts'
import {
  type ArrayNode,
  children,
  isAbsent,
  items,
  type Node,
  type ObjectNode,
  type Property,
  property,
  toValue,
} from '../../syntax/node.ts'
import type { NodeEdit, Value } from '../../syntax/write.ts'
import { providerOf } from '../../wif/pairing.ts'
import type { FederationRule } from '../../wif/rule.ts'
import {
  answeredFields,
  creates,
  REQUIRED_FIELDS,
  type UnknownField,
  unknownFields,
} from '../../wif/rule-fields.ts'
import type { WorkspaceView } from '../../wif/view.ts'

export const unknownField = rule({
  id: 'rule/unknown-field',
  title: 'A field that rules do not have',
  class: 'service-rejects',
  since: '0.1.0',
  check(file, report, view) {
    for (const rule of file.rules) {
      for (const unknown of unknownFields(rule)) {
        if (isNote(unknown.field.key.value)) continue
        if (unknown.part === 'match') checkMatcher(unknown, rule, view, report)
        else checkField(unknown, rule, report)
      }
      for (const field of answeredFields(rule)) checkAnswered(field, rule, report)
    }
  },
})

/** What is no matcher is not matched: if the service does not refuse it, the rule is wider than it reads. */
function checkMatcher(
  { field, meant }: UnknownField,
  rule: FederationRule,
  view: WorkspaceView,
  report: Report,
): void {
  const name = field.key.value
  const claims = providerOf(view, rule)?.claims ?? {}
  const wider = 'if the service ignores it, the rule is wider than it reads'
  if (meant !== undefined) {
    report(field, `\`${name}\` is not a matcher, \`${meant}\` is; ${wider}`, {
      fixes: [fix(`Rename to \`${meant}\``, { rename: field, to: meant }, ...single(field, meant))],
    })
  } else if (Object.hasOwn(claims, name)) {
    report(field, `\`${name}\` is a claim and belongs into \`claims\`; ${wider}`, {
      fixes: intoClaims(field, rule),
    })
  } else {
    report(field, `\`${name}\` is not a matcher, so no token is held to it`, { severity: 'info' })
  }
}

/** The one audience of a list: rules take no more. */
function single({ value }: Property, meant: string): NodeEdit[] {
  const [only, ...more] = items(value)
  return meant === 'audience' && only?.type === 'string' && more.length === 0
    ? [{ set: value, to: only.value }]
    : []
}

function intoClaims(field: Property, { match, claims }: FederationRule): Fix[] {
  const { key, value } = field
  if (value.type !== 'string') return []
  const title = 'Move into `claims`'
  if (claims) return [fix(title, { remove: field }, { insert: key.value, into: claims, to: value.value })]
  if (!match || !isAbsent(match, 'claims')) return []
  if (property(match, 'claims'))
    return [
      fix(title, { remove: field }, { insert: 'claims', into: match, to: { [key.value]: value.value } }),
    ]
  return [fix(title, { rename: field, to: 'claims' }, { set: value, to: { [key.value]: value.value } })]
}

function checkField({ field, part, meant }: UnknownField, rule: FederationRule, report: Report): void {
  const name = field.key.value
  // rule/required-field says that the other one is missing, and offers this fix.
  if (part === 'rule' && meant !== undefined && REQUIRED_FIELDS.includes(meant) && creates(rule)) return
  const { target } = rule
  const what = `\`${name}\` is not a field of ${part === 'rule' ? 'a rule' : 'a target'}`
  if (part === 'rule' && name === 'service_account_id' && target) {
    const move = fix(
      'Move into `target`',
      { remove: field },
      { insert: name, into: target, to: toValue(field.value) as Value },
    )
    report(field, `${what}, but of its \`target\``, {
      severity: 'info',
      ...(isAbsent(target, name) && { fixes: [move] }),
    })
  } else
    report(field, meant === undefined ? what : `${what}; did you mean \`${meant}\`?`, {
      // Without its service account a rule is refused.
      ...(meant !== 'service_account_id' && { severity: 'info' }),
      ...(meant !== undefined && { fixes: [fix(`Rename to \`${meant}\``, { rename: field, to: meant })] }),
    })
}

function checkAnswered(field: Property, { node, shape }: FederationRule, report: Report): void {
  const { key, value } = field
  const remove = fix(`Remove \`${key.value}\``, { remove: field })
  if (key.value === 'attributes') {
    const empty = isCollection(value) ? children(value).length === 0 : value.value === ''
    if (!empty) report(field, '`attributes` is refused unless it is empty', { fixes: [remove] })
  } else if (shape === 'request') {
    const [only, ...more] = key.value === 'workspace_ids' ? items(value) : []
    const one = only?.type === 'string' && more.length === 0 && isAbsent(node, 'workspace_id')
    const rename = fix(
      'Rename to `workspace_id`',
      { rename: field, to: 'workspace_id' },
      { set: value, to: one ? only.value : '' },
    )
    report(field, `\`${key.value}\` is only in what the API answers`, {
      severity: 'info',
      fixes: [one ? rename : remove],
    })
  }
}

function isCollection(node: Node): node is ObjectNode | ArrayNode {
  return node.type === 'object' || node.type === 'array'
}

function fix(title: string, ...edits: NodeEdit[]): Fix {
  return { title, safe: false, edits }
}
