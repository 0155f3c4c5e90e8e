import { fields } from '../schema/describe.ts'
import { asObject, toValue } from '../syntax/node.ts'
import type { Value } from '../syntax/write.ts'
import { realId } from '../wif/pairing.ts'
import type { FederationRule } from '../wif/rule.ts'
import { RULE_ID } from '../wif/variables.ts'
import type { WorkspaceView } from '../wif/view.ts'
import { envVar } from '../wif/workload.ts'
import type { UsedSubject } from './narrow.ts'
import type { Fix, FixEdit, NewFile } from './rule.ts'
import { slug } from './slug.ts'
import type { ReadSubject } from './subjects.ts'

/** More rules than this are no help to anyone who must create them. */
const MAX_RULES = 20

/**
 * The fix that makes, of one wide rule, a rule for each workload that uses it. The rule itself keeps its id and its
 * name, and admits the workload that names it; the others come in where rules can stand: in its list, as documents of
 * its YAML stream, or in JSON as files of their own, for one object there is what is sent to the service.
 */
export function splittingFixes(
  { rule, at, provider }: ReadSubject,
  view: WorkspaceView,
  used: readonly UsedSubject[],
): Fix[] {
  const { subject } = rule
  if (!subject || at !== subject || rule.tree.templated || used.length < 2 || used.length > MAX_RULES)
    return []
  const first = used.find(({ identity }) => namesRule(identity, rule)) ?? used[0]
  if (!first) return []
  const names = newNames(
    rule,
    view,
    used.filter(each => each !== first).map(each => each.subject),
  )
  const placed = place(
    rule,
    [...names].map(([to, name]) => ({ name, value: copyFor(rule, to, name) })),
  )
  if (!placed) return []
  const where = placed.creates ? ', in files of their own' : ''
  const title = `Split into one rule for each of the ${used.length} ${provider.words.workload}s${where}`
  return [
    {
      title,
      safe: false,
      choice: true,
      ...placed,
      edits: [{ set: subject, to: first.subject }, ...placed.edits],
    },
  ]
}

/** Whether a container of the workload has the id of `rule` in its environment. */
export function namesRule(identity: UsedSubject['identity'], { id }: FederationRule): boolean {
  const { source } = identity
  const wanted = realId(id?.value)
  if (source.kind !== 'workload' || wanted === undefined) return false
  return source.containers.some(container => envVar(container, RULE_ID)?.value?.value === wanted)
}

/** For each subject the name of its rule: `<name>-<workload>`, with as much of the subject as tells them apart. */
function newNames(
  rule: FederationRule,
  view: WorkspaceView,
  subjects: readonly string[],
): Map<string, string> {
  const taken = new Set(view.rules().flatMap(each => each.name?.value ?? []))
  const names = new Map<string, string>()
  for (const subject of subjects) {
    const parts = subject.split(/[:/]/)
    const candidates = parts.map((_, i) => slug(`${rule.name?.value ?? ''}-${parts.slice(-1 - i).join('-')}`))
    const name = candidates.find(each => !taken.has(each)) ?? slug(`${candidates[0]}-${taken.size}`)
    taken.add(name)
    names.set(subject, name)
  }
  return names
}

/** The request that makes the same rule for another subject, without what only the service says. */
function copyFor(rule: FederationRule, subject: string, name: string): Value {
  const own = toValue(rule.node) as Record<string, Value>
  const said = new Set(fields('rule', []).flatMap(field => (field.readOnly ? [field.name] : [])))
  const copy = Object.fromEntries(Object.entries(own).filter(([key]) => !said.has(key)))
  const [workspace, ...more] = rule.workspaces
  const target = asObject(rule.target) && (toValue(rule.target) as Record<string, Value>)
  const { service_account_name: _, ...account } = target ?? {}
  return {
    ...copy,
    ...(rule.name && { name }),
    match: { ...(toValue(rule.match) as Record<string, Value>), subject_prefix: subject },
    ...(target && { target: account }),
    ...(!('workspace_id' in own) && workspace && more.length === 0 && { workspace_id: workspace.value }),
  }
}

interface Placed {
  edits: FixEdit[]
  creates?: NewFile[]
}

/** How the copies come to stand beside the rule; undefined where they cannot. */
function place(
  { file, tree, node }: FederationRule,
  copies: readonly { name: string; value: Value }[],
): Placed | undefined {
  const list = node.parent
  if (list?.type === 'array')
    return { edits: copies.map(({ value }) => ({ append: value, to: list, after: node })) }
  if (tree.root !== node) return undefined
  if (file.format === 'yaml')
    return { edits: [{ documents: copies.map(({ value }) => value), behind: tree }] }
  const [, folder = '', extension = ''] = /^([a-z][\w+.-]*:\/\/.*\/)[^/]*?(\.\w+)$/i.exec(file.uri) ?? []
  if (folder === '') return undefined
  return {
    edits: [],
    creates: copies.map(({ name, value }) => ({ uri: `${folder}${name}${extension}`, value, like: tree })),
  }
}
