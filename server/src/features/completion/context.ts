import type { ObjectNode, Tree } from '../../syntax/node.ts'
import type { WifFile } from '../../wif/entity.ts'
import type { WorkspaceView } from '../../wif/view.ts'

/** What the candidates for a place are found from. */
export interface Context {
  view: WorkspaceView
  /** As the workspace has it: the trees are those before the word at the cursor was taken out. */
  file: WifFile
  tree: Tree
  /** The object that is being written, without the word at the cursor. */
  entity: ObjectNode
  /** From `entity` to the value, or to the object whose property it is. */
  path: readonly (string | number)[]
}

/** The path with `*` for the positions in lists: `containers/*`. */
export function pathText(path: readonly (string | number)[]): string {
  return path.map(step => (typeof step === 'number' ? '*' : step)).join('/')
}
