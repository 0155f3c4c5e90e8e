import type { Range } from '../syntax/node.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { mentionAt, wordsOf } from './mentions.ts'
import type { Spot } from './spot.ts'

/** What the word at a place leads to. */
export interface Definition {
  /** The word. */
  from: Range
  to: readonly Spot[]
}

/** Where that is described which the word at `offset` names; undefined where no word names anything known. */
export function definition(workspace: Workspace, uri: string, offset: number): Definition | undefined {
  const file = workspace.file(uri)
  const mention = file && mentionAt(file, offset)
  const to = mention?.leadsTo(workspace.view()) ?? []
  return mention && to.length > 0 ? { from: wordsOf(mention), to } : undefined
}
