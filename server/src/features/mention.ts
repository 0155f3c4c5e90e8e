import type { StringNode } from '../syntax/node.ts'
import type { WifFile } from '../wif/entity.ts'
import { realId } from '../wif/pairing.ts'
import type { WorkspaceView } from '../wif/view.ts'
import type { Spot } from './spot.ts'

/** What words of a file can name. Accounts, workspaces and organizations are ids that no file describes. */
export type Kind =
  | 'issuer'
  | 'rule'
  | 'account'
  | 'workspace'
  | 'organization'
  | 'workload'
  | 'service-account'
  | 'volume'
  | 'token'

/** A word of a file that names something, where that is described or where it is used. */
export interface Mention {
  file: WifFile
  /** The word: a value, or the name of a property. */
  node: StringNode
  kind: Kind
  role: 'definition' | 'use'
  /** What is written, if that is the id of it. */
  id: string | undefined
  /** Two mentions of a kind with the same key in one file mean the same. Undefined for a placeholder. */
  key: string | undefined
  /** Where the thing is described, as far as the workspace knows; of several all are of equal right. */
  leadsTo(view: WorkspaceView): readonly Spot[]
}

export type LeadsTo = Mention['leadsTo']

/** What describes a thing names it there, by its id or else by its name. */
export function define(
  file: WifFile,
  kind: Kind,
  node: StringNode | undefined,
  spot: Spot,
  what?: 'id',
): Mention[] {
  if (!node) return []
  const word = realId(node.value)
  const id = what && word
  const key = id ?? (word && `name ${word}`)
  return [{ file, node, kind, role: 'definition', id, key, leadsTo: () => [spot] }]
}

/** A use of something by its id. */
export function use(file: WifFile, kind: Kind, node: StringNode | undefined, leadsTo: LeadsTo): Mention[] {
  const id = realId(node?.value)
  return node ? [{ file, node, kind, role: 'use', id, key: id, leadsTo }] : []
}

/** A use of something by its name. */
export function useName(
  file: WifFile,
  kind: Kind,
  node: StringNode | undefined,
  key: string | undefined,
  leadsTo: LeadsTo,
): Mention[] {
  return node ? [{ file, node, kind, role: 'use', id: undefined, key, leadsTo }] : []
}

/** Of what no file describes. */
export const nowhere: LeadsTo = () => []

/** The key of a Kubernetes ServiceAccount. */
export function accountKey(namespace: string | undefined, name: StringNode | undefined): string | undefined {
  return realId(name?.value) && `${namespace ?? ''}/${name?.value}`
}
