import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isConfigName } from '../wif/relevance.ts'
import { mapBounded } from './pool.ts'

/** The folders above `folder` up to the root of its git repository, the nearest first; undefined outside of one. */
export function foldersAbove(folder: string): string[] | undefined {
  const above: string[] = []
  for (let at = folder; !isRepository(at); at = dirname(at)) {
    const parent = dirname(at)
    if (parent === at) return undefined
    above.push(parent)
  }
  return above
}

/** The root of the git repository around `folder`; undefined outside of one. */
export function repositoryOf(folder: string): string | undefined {
  const above = foldersAbove(folder)
  return above && (above.at(-1) ?? folder)
}

/** The paths of the configurations that lie right in `folders`, in that order. */
export async function configsIn(folders: readonly string[]): Promise<string[]> {
  const found = await mapBounded(folders, async folder => {
    const names = await readdir(folder).catch(() => [])
    return names.filter(isConfigName).map(name => join(folder, name))
  })
  return found.flat()
}

/** In worktrees and submodules it is a file. */
function isRepository(folder: string): boolean {
  return existsSync(join(folder, '.git'))
}
