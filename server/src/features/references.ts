import { accessOf, rulesOf, sources } from '../access/access.ts'
import type { Node, Range } from '../syntax/node.ts'
import type { AnyEntity, WifFile } from '../wif/entity.ts'
import { podIdentities } from '../wif/identity.ts'
import type { FederationRule } from '../wif/rule.ts'
import type { WorkspaceView } from '../wif/view.ts'
import type { Workload } from '../wif/workload.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { distinctBy } from './distinct.ts'
import type { Mention } from './mention.ts'
import { mentionAt, mentionsIn, wordsOf } from './mentions.ts'
import { type Spot, spotOf } from './spot.ts'

/** Characters of a file. */
export interface Place {
  file: WifFile
  range: Range
}

/**
 * All places that have to do with the one at `offset`: that name the same thing; in the matchers of a rule, the
 * workloads it admits; at the name of a workload, the rules that admit it.
 * @param withDefinition also the place where the thing itself is described
 */
export function references(
  workspace: Workspace,
  uri: string,
  offset: number,
  withDefinition: boolean,
): Place[] {
  const file = workspace.file(uri)
  if (!file) return []
  const view = workspace.view()
  const rule = file.rules.find(({ match }) => match && isWithin(offset, match))
  if (rule) return admittedBy(view, rule)
  const mention = mentionAt(file, offset)
  if (!mention) return []
  const workload = mention.kind === 'workload' && file.workloads.find(w => w.name === mention.node)
  if (workload) return rulesAdmitting(view, workload)
  const targets = mention.leadsTo(view)
  const isWanted = (other: Mention) =>
    other.role === 'use' || (withDefinition && (other === mention || isAtName(other, targets)))
  const found = workspace
    .files()
    .flatMap(mentionsIn)
    .filter(other => other.kind === mention.kind && isWanted(other))
    .filter(
      other =>
        other === mention || isSame(other, mention) || other.leadsTo(view).some(s => targets.includes(s)),
    )
  // Once, although a YAML alias may mention much there.
  return distinctBy(found.map(placeOf), ({ file, range }) => `${range.start} ${file.uri}`)
}

/** The places in the same file that surely mean what the word at `offset` means: same id, same volume, same token. */
export function highlights(workspace: Workspace, uri: string, offset: number): Mention[] {
  const file = workspace.file(uri)
  const mention = file && mentionAt(file, offset)
  return mention ? mentionsIn(file).filter(other => other === mention || isSame(other, mention)) : []
}

/** Whether one of `spots` is named there: an issuer has a name besides its id. */
function isAtName({ file, node }: Mention, spots: readonly Spot[]): boolean {
  return spots.some(
    spot => spot.file === file && node.start <= spot.words.start && spot.words.end <= node.end,
  )
}

/** Ids mean the same everywhere, other keys within their file. */
function isSame(a: Mention, b: Mention): boolean {
  if (a.kind !== b.kind || a.key === undefined || a.key !== b.key) return false
  return a.file === b.file || a.id !== undefined
}

function placeOf(mention: Mention): Place {
  return { file: mention.file, range: wordsOf(mention) }
}

function isWithin(offset: number, { parent, start, end }: Node): boolean {
  const from = parent?.type === 'property' ? parent.key.start : start
  return from <= offset && offset <= end
}

// --- who gets in -------------------------------------------------------------------------------------------

/** The workloads of the workspace that `rule` admits, each at its name. */
export function admittedBy(view: WorkspaceView, rule: FederationRule): Place[] {
  return sources(accessOf(view, rule)).map(placeOfEntity)
}

/** The rules that admit a token of `workload`, each at its subject. */
function rulesAdmitting(view: WorkspaceView, workload: Workload): Place[] {
  const rules = podIdentities(workload, view).flatMap(identity => rulesOf(view, identity))
  return [...new Set(rules.map(({ rule }) => rule))].map(placeOfEntity)
}

/** Where an entity is named. */
export function placeOfEntity(entity: AnyEntity): Place {
  const { file, words } = spotOf(entity)
  return { file, range: words }
}
