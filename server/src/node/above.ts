import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** The folders above `folder` up to the root of its git repository, the nearest first; undefined outside of one. */
export async function foldersAbove(folder: string): Promise<string[] | undefined> {
  const above: string[] = []
  for (let at = folder; !(await isRepository(at)); at = dirname(at)) {
    const parent = dirname(at)
    if (parent === at) return undefined
    above.push(parent)
  }
  return above
}

async function isRepository(folder: string): Promise<boolean> {
  // A file in worktrees and submodules.
  return stat(join(folder, '.git')).then(
    () => true,
    () => false,
  )
}
