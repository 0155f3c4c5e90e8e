import { type FileEdits, textEdits } from '../lint/fix.ts'
import { fileName } from '../lint/narrow.ts'
import type { FixEdit } from '../lint/rule.ts'
import type { Property, Range, StringNode } from '../syntax/node.ts'
import { applyEdits, type TextEdit } from '../text/edit.ts'
import type { WifFile } from '../wif/entity.ts'
import { readPlainFile, readWifFile } from '../wif/file.ts'
import { realId } from '../wif/pairing.ts'
import { isConfigName } from '../wif/relevance.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Kind, Mention } from './mention.ts'
import { mentionAt, mentionsIn, wordsOf } from './mentions.ts'

/** Why something cannot be done, as a sentence for the person who asked. */
export interface Refusal {
  refused: string
}

/** The prefix of the ids of each kind (reference, Resource fields). */
const PREFIX: Partial<Record<Kind, string>> = {
  issuer: 'fdis_',
  rule: 'fdrl_',
  account: 'svac_',
  workspace: 'wrkspc_',
}

/** What would be renamed at `offset`: the characters of an id. Undefined where nothing is named at all. */
export function renameable(
  workspace: Workspace,
  uri: string,
  offset: number,
): { range: Range; id: string } | Refusal | undefined {
  const file = workspace.file(uri)
  const mention = file && mentionAt(file, offset)
  if (!mention) return undefined
  const { id, node, kind } = mention
  if (id !== undefined && node.alias)
    return { refused: `"${id}" stands at the anchor of this alias: rename it there` }
  if (id !== undefined) return { range: wordsOf(mention), id }
  if (kind in PREFIX && realId(node.value) === undefined && node.value !== '')
    return { refused: `"${node.value}" is a placeholder and may stand for another id in each file` }
  return { refused: 'Only ids can be renamed across files, and this is none' }
}

/** The edits that write `name` instead of the id at `offset`, wherever the workspace mentions it. */
export function rename(
  workspace: Workspace,
  uri: string,
  offset: number,
  name: string,
): FileEdits | Refusal | undefined {
  const at = renameable(workspace, uri, offset)
  const file = workspace.file(uri)
  const mention = file && mentionAt(file, offset)
  if (!at || 'refused' in at) return at
  if (!mention) return undefined
  const { id } = at
  const refused = problemOf(workspace, mention, id, name)
  if (refused !== undefined) return { refused }
  if (name === id) return new Map()

  const found = workspace.files().flatMap(mentionsIn).filter(isOf(mention.kind, id))
  const edits = new Map<StringNode, FixEdit>()
  for (const { node, file } of found) if (!node.alias) edits.set(node, { ...editOf(node, name), file })
  const written = textEdits({ title: '', safe: false, edits: [...edits.values()] }, file)
  const left = [...new Set(found.map(({ file }) => file))].find(each =>
    stillMentions(each, written?.get(each.uri) ?? [], isOf(mention.kind, id)),
  )
  if (!written || left)
    return { refused: `"${id}" cannot be changed in place in ${fileName((left ?? file).uri)}` }
  return written
}

function isOf(kind: Kind, id: string): (mention: Mention) => boolean {
  return mention => mention.kind === kind && mention.id === id
}

/** Why the id must not become `name`. */
function problemOf(workspace: Workspace, { kind }: Mention, id: string, name: string): string | undefined {
  const prefix = PREFIX[kind]
  if (prefix && id.startsWith(prefix) && !name.startsWith(prefix))
    return `The id of ${ARTICLE[kind]} begins with "${prefix}"`
  if (realId(name) === undefined || !/^[\w.:-]+$/.test(name)) return `"${name}" is no id`
  const other = name === id ? undefined : workspace.files().flatMap(mentionsIn).find(isTaken(kind, name))
  return other && `"${name}" is in use already, in ${fileName(other.file.uri)}`
}

const ARTICLE: Partial<Record<Kind, string>> = {
  issuer: 'an issuer',
  rule: 'a rule',
  account: 'a service account',
  workspace: 'a workspace',
}

/** Whether another thing has this id: two would become one. */
function isTaken(kind: Kind, id: string): (mention: Mention) => boolean {
  return mention =>
    isOf(kind, id)(mention) && (mention.role === 'definition' || keyedBy(mention.node) !== undefined)
}

function editOf(node: StringNode, name: string): FixEdit {
  const property = keyedBy(node)
  return property ? { rename: property, to: name } : { set: node, to: name }
}

/** The property whose name `node` is. */
function keyedBy(node: StringNode): Property | undefined {
  const { parent } = node
  return parent?.type === 'property' && parent.key === node ? parent : undefined
}

/** Whether the edits leave a mention as it was: what a YAML alias repeats is written at its anchor, whatever that is. */
function stillMentions(
  { uri, text, format, namespace }: WifFile,
  edits: readonly TextEdit[],
  wanted: (mention: Mention) => boolean,
): boolean {
  const after = applyEdits(text, edits)
  const file = isConfigName(uri)
    ? readPlainFile(uri, after, format)
    : readWifFile(uri, after, format, namespace)
  return mentionsIn(file).some(wanted)
}
