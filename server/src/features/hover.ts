import { ignoreComments } from '../lint/suppress.ts'
import { describe, unsaidDefault } from '../schema/describe.ts'
import type { Range } from '../syntax/node.ts'
import { code } from '../text/markdown.ts'
import type { WifFile } from '../wif/entity.ts'
import { isConfigName } from '../wif/relevance.ts'
import type { WorkspaceView } from '../wif/view.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { type Field, fieldAt } from './hover/field.ts'
import { aboutPolicy } from './hover/iam.ts'
import { aboutIssuer } from './hover/issuer.ts'
import type { Prose } from './hover/prose.ts'
import { aboutRule } from './hover/rule.ts'
import { aboutAccount, aboutWorkload, isVariable } from './hover/workload.ts'

/** What to say of a place, paragraph by paragraph. */
export interface FieldHover {
  range: Range
  paragraphs: Prose[]
}

/**
 * What the field at `offset` means and what its value comes to: in objects of federation and the linter's own
 * configuration. At the id of a rule of the linter: what the rule catches.
 */
export function fieldHover(workspace: Workspace, uri: string, offset: number): FieldHover | undefined {
  const file = workspace.file(uri)
  if (!file) return undefined
  const comment = ignoreComments(file).find(({ start, end }) => start <= offset && offset <= end)
  if (comment) {
    const start = file.text.indexOf(comment.rule, comment.start)
    return hover({ start, end: start + comment.rule.length }, ofLintRule(comment.rule))
  }
  const field = fieldAt(file, offset)
  if (!field) return undefined
  const lintRule = lintRuleAt(field)
  // What holds here comes before what holds everywhere: an editor may show only the beginning.
  const paragraphs =
    lintRule === undefined
      ? [...heading(field), ...about(workspace.view(), field), ...ofSchema(field)]
      : ofLintRule(lintRule)
  return hover(field.at, [...paragraphs, ...(isConfigName(uri) ? linked(file, workspace, field) : [])])
}

function hover({ start, end }: Range, paragraphs: Prose[]): FieldHover | undefined {
  return paragraphs.length === 0 ? undefined : { range: { start, end }, paragraphs }
}

function about(view: WorkspaceView, field: Field): Prose[] {
  const { entity } = field
  switch (entity?.kind) {
    case 'rule':
      return aboutRule(view, entity, field)
    case 'issuer':
      return aboutIssuer(view, entity, field)
    case 'workload':
      return aboutWorkload(view, entity, field)
    case 'service-account':
      return aboutAccount(entity, field)
    case 'iam-policy':
      return aboutPolicy(field)
    default:
      return []
  }
}

// --- what the schema says ----------------------------------------------------------------------------------

function heading(field: Field): Prose[] {
  const { description, path } = field
  if (isVariable(field)) return []
  const { title, deprecated } = description ?? {}
  const name = path.findLast(step => typeof step === 'string')
  return title === undefined
    ? []
    : [[`**${title}** ${deprecated ? '(deprecated) ' : ''}${code(String(name))}`]]
}

function ofSchema(field: Field): Prose[] {
  const { description, isKey, value } = field
  if (!description || isVariable(field)) return []
  const { markdown, rule, enum: words = [], enumMarkdown } = description
  const chosen = 'value' in value ? words.indexOf(value.value) : -1
  const own = isKey ? undefined : enumMarkdown?.[chosen]
  const standard = unsaidDefault(description)
  const choice = words.length > 1 && own === undefined
  return [
    ...(own === undefined ? [] : [[`${code(String(words[chosen]))}: ${own}`]]),
    ...(markdown === undefined ? [] : [[markdown]]),
    ...(choice ? [[`One of ${words.map(word => code(String(word))).join(', ')}.`]] : []),
    ...(standard === undefined ? [] : [[`Default: ${code(standard)}`]]),
    ...(rule === undefined ? [] : [['Checked by ', { title: rule, rule }]]),
  ]
}

// --- the linter's own configuration ------------------------------------------------------------------------

/** The rule of the linter that a field of its configuration names. */
function lintRuleAt({ kind, path, isKey, value }: Field): string | undefined {
  if (kind !== 'config') return undefined
  const [first, second, third] = path
  if (first === 'severity' && path.length === 2 && isKey) return String(second)
  return first === 'ignores' && third === 'rule' && !isKey && value.type === 'string'
    ? value.value
    : undefined
}

/** What a rule catches, and its page. */
function ofLintRule(id: string): Prose[] {
  const found = describe('config', ['severity', id])
  if (!found?.markdown || found.title !== id) return []
  return [[found.markdown], ...(id.includes('/') ? [[{ title: id, rule: id }]] : [])]
}

/** The file that an id under `links` leads to, if it is in the workspace. */
function linked(file: WifFile, workspace: Workspace, { path }: Field): Prose[] {
  const [first, id] = path
  if (first !== 'links' || typeof id !== 'string') return []
  const uri = workspace.view().configOf(file).links.get(id)
  const target = uri === undefined ? undefined : workspace.file(uri)
  const all = target ? [...target.issuers, ...target.rules] : []
  return all.map(entity => [`${entity.kind} ${code(entity.name?.value ?? '')}`])
}
