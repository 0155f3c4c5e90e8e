import { type Node, property, type Range } from '../syntax/node.ts'
import { isPlaceholder } from '../wif/placeholder.ts'
import { DEFAULT_AUDIENCE, type FederationRule } from '../wif/rule.ts'
import { subjectPattern } from '../wif/subject.ts'
import type { WorkspaceView } from '../wif/view.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { admittedList } from './access-hover.ts'
import { countOf, mayAdmitHere } from './lenses.ts'
import type { Mention } from './mention.ts'
import { mentionsIn } from './mentions.ts'

/** A few words beside the text that the file does not say. */
export interface Hint {
  /** Behind this character. */
  at: number
  text: string
  /** More to say, in Markdown. */
  more?: string
}

/** The hints in a part of a file. */
export function hints(workspace: Workspace, uri: string, { start, end }: Range): Hint[] {
  const file = workspace.file(uri)
  if (!file) return []
  const view = workspace.view()
  const within = ({ end: at }: Range) => start <= at && at <= end
  return [
    ...file.rules.flatMap(rule => [
      ...(rule.subject && within(rule.subject) ? ofSubject(view, rule) : []),
      ...(rule.match && within({ ...rule.match, end: rule.match.start }) ? ofAudience(rule) : []),
    ]),
    ...mentionsIn(file).flatMap(mention => (within(mention.node) ? ofId(view, mention) : [])),
  ]
}

/** How the subject is compared, and how many workloads begin so. */
function ofSubject(view: WorkspaceView, rule: FederationRule): Hint[] {
  const { subject } = rule
  if (!subject || subject.alias || isPlaceholder(subject.value)) return []
  if (!subjectPattern(subject.value).prefix) return [{ at: subject.end, text: 'exact' }]
  if (!mayAdmitHere(view, rule)) return [{ at: subject.end, text: 'prefix' }]
  const more = admittedList(view, rule)
  return [{ at: subject.end, text: `prefix: admits ${countOf(view, rule)}`, ...(more !== '' && { more }) }]
}

/** The audience that holds where a rule names none. */
function ofAudience({ match, tree, audience }: FederationRule): Hint[] {
  if (!match || match.alias || audience || tree.templated || property(match, 'audience')) return []
  return [{ at: openingOf(match, tree.text), text: `audience: ${DEFAULT_AUDIENCE}` }]
}

/** Behind the bracket or the colon that an object starts with. */
function openingOf(node: Node, text: string): number {
  if (text[node.start] === '{') return node.start + 1
  const key = node.parent?.type === 'property' ? node.parent.key : undefined
  const colon = key ? text.indexOf(':', key.end) : -1
  return colon === -1 ? node.start : colon + 1
}

/** What the issuer or rule is called that an id names; not of what is only the beginning of an id. */
function ofId(view: WorkspaceView, { node, kind, role, id, leadsTo }: Mention): Hint[] {
  if (role !== 'use' || node.alias || (kind !== 'rule' && kind !== 'issuer')) return []
  if (id === undefined || !/^fd(?:is|rl)_\w/.test(id)) return []
  const [spot, ...more] = leadsTo(view)
  return spot?.title && more.length === 0 ? [{ at: node.end, text: spot.title }] : []
}
