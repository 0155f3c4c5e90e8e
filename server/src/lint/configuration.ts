import { fields } from '../schema/describe.ts'
import { validate } from '../schema/validate.ts'
import { get, items, label, type Node, properties, type Range, textAt } from '../syntax/node.ts'
import { nearest } from '../text/nearest.ts'
import type { Config, Ignore } from '../wif/config.ts'
import type { WifFile } from '../wif/entity.ts'
import { finding, syntaxFindings } from './finding.ts'
import { withoutItem } from './items.ts'
import type { Finding, Fix, LintRule } from './rule.ts'
import { groupOf, type IgnoreComment } from './suppress.ts'

/** Ids of what is found about the configuration itself; these belong to no rule of the catalogue. */
const UNKNOWN_RULE = 'config/unknown-rule'
const UNUSED_IGNORE = 'config/unused-ignore'
const DEAD_LINK = 'config/dead-link'
const PASSED_OVER = 'config/passed-over'

/** What is wrong in a configuration file; `used` are the ignores that silenced something. */
export function configurationFindings(
  file: WifFile,
  config: Config,
  rules: readonly LintRule[],
  used: ReadonlySet<Ignore>,
): Finding[] {
  const [tree] = file.trees
  const root = tree?.root
  const findings = syntaxFindings(file.format, tree?.problems ?? [])
  if (!root) return findings
  for (const problem of validate('config', root)) {
    findings.push(
      finding('schema/config', 'service-rejects', problem.message, label(problem.node), problem.node),
    )
  }
  findings.push(...unknownSettings(root), ...unknownRules(root, rules))
  for (const ignore of config.ignores) {
    if (used.has(ignore) || !isRuleId(ignore.rule, rules)) continue
    const message = `Nothing is found any more that this ignores: no \`${ignore.rule}\` there`
    const list = ignore.node.parent
    const edit = withoutItem(ignore.node) ?? (list?.type === 'array' ? { set: list, to: [] } : undefined)
    const fixes: Fix[] = edit ? [{ title: 'Remove the ignore', safe: true, edits: [edit] }] : []
    findings.push({
      ...finding(UNUSED_IGNORE, 'unreliable', message, label(ignore.node), ignore.node),
      fixes,
    })
  }
  return findings.sort((a, b) => a.start - b.start)
}

/**
 * The links that lead to no file in which ids are looked for.
 * @param leads whether there is an issuer or a rule in the file with this uri
 */
export function deadLinks(file: WifFile, config: Config, leads: (uri: string) => boolean): Finding[] {
  const folder = file.uri.slice(0, file.uri.lastIndexOf('/') + 1)
  const links = get(file.trees[0]?.root, 'links')
  return properties(links).flatMap(({ key, value }) => {
    const uri = config.links.get(key.value)
    // What lies elsewhere may not have been read.
    if (value.type !== 'string' || !uri?.startsWith(folder) || leads(uri)) return []
    const message = `No issuer and no rule is in "${value.value}", so \`${key.value}\` leads nowhere`
    return finding(DEAD_LINK, 'unreliable', message, label(value), value)
  })
}

/** That another configuration in the same folder counts. */
export function passedOver(file: WifFile, by: Config): Finding[] {
  const root = file.trees[0]?.root
  const name = by.uri.slice(by.uri.lastIndexOf('/') + 1)
  const message = `Nothing of this counts: one configuration holds in a folder, and here that is ${name}`
  return root ? [finding(PASSED_OVER, 'unreliable', message, label(root), root)] : []
}

/** What is wrong with ignore comments of a file that silence nothing. */
export function commentFindings(
  file: WifFile,
  rules: readonly LintRule[],
  idle: readonly IgnoreComment[],
): Finding[] {
  return idle.flatMap(comment => {
    const { start, end, rule } = comment
    if (rule === '') {
      const message = 'A `wif-ignore` comment names one rule, as in `wif-ignore match/tenant-wide: reason`'
      return finding(UNKNOWN_RULE, 'unreliable', message, comment, undefined)
    }
    if (!isRuleId(rule, rules)) {
      const at = file.text.indexOf(rule, start)
      return unknown(rule, rules, { start: at, end: at + rule.length }, undefined)
    }
    const before = /[^\S\n]*$/.exec(file.text.slice(0, start))?.[0].length ?? 0
    const fixes: Fix[] = [
      {
        title: 'Remove the comment',
        safe: true,
        edits: [{ replace: { start: start - before, end }, by: '' }],
      },
    ]
    const message = `Nothing is found any more that this ignores: no \`${rule}\` here`
    return { ...finding(UNUSED_IGNORE, 'unreliable', message, comment, undefined), fixes }
  })
}

function unknownSettings(root: Node): Finding[] {
  if (root.type !== 'object') return []
  const known = fields('config', []).map(f => f.name)
  return root.properties.flatMap(property => {
    const { key } = property
    if (known.includes(key.value) || key.alias) return []
    const meant = nearest(key.value, known)
    const message = `There is no setting \`${key.value}\`${meant ? `; did you mean \`${meant}\`?` : ''}`
    const fixes: Fix[] = meant
      ? [{ title: `Rename to \`${meant}\``, safe: true, edits: [{ rename: property, to: meant }] }]
      : []
    return { ...finding('schema/config', 'unreliable', message, key, key), fixes }
  })
}

function unknownRules(root: Node, rules: readonly LintRule[]): Finding[] {
  const severities = get(root, 'severity')
  const named = properties(severities)
  const groups = new Set(['default', 'schema', ...rules.map(r => groupOf(r.id))])
  const inSeverity = named.flatMap(property => {
    if (groups.has(property.key.value) || isRuleId(property.key.value, rules)) return []
    return unknown(property.key.value, rules, property.key, property.key, [...groups], to => ({
      rename: property,
      to,
    }))
  })
  const inIgnores = items(get(root, 'ignores')).flatMap(item => {
    const node = get(item, 'rule')
    const id = textAt(item, 'rule')
    if (!node || id === undefined || isRuleId(id, rules)) return []
    return unknown(id, rules, node, node, [], to => ({ set: node, to }))
  })
  return [...inSeverity, ...inIgnores]
}

function unknown(
  id: string,
  rules: readonly LintRule[],
  { start, end }: Range,
  node: Node | undefined,
  more: readonly string[] = [],
  edit: (to: string) => Fix['edits'][number] = to => ({ replace: { start, end }, by: to }),
): Finding {
  const meant = nearest(id, [...rules.map(r => r.id), ...more])
  const message = `There is no rule \`${id}\`${meant ? `; did you mean \`${meant}\`?` : ''}`
  const fixes: Fix[] = meant ? [{ title: `Change to \`${meant}\``, safe: true, edits: [edit(meant)] }] : []
  return { ...finding(UNKNOWN_RULE, 'unreliable', message, { start, end }, node), fixes }
}

/** Whether findings can have this id: a rule's, or a schema's. */
function isRuleId(id: string, rules: readonly LintRule[]): boolean {
  return /^(schema|config)\//.test(id) || rules.some(r => r.id === id)
}
