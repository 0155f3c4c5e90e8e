import { dirname, join } from 'node:path'
import { configsIn, foldersAbove } from '../node/above.ts'
import { wayDown } from '../node/paths.ts'

/**
 * The configurations in the folders around `paths`, which no walk through them finds: up to the root of the
 * repository or, outside of one, to the working folder.
 */
export async function configsAbove(paths: Iterable<string>, cwd: string): Promise<string[]> {
  const around = [...new Set(paths)].flatMap(path => foldersAbove(path) ?? upTo(cwd, path))
  return configsIn([...new Set(around)])
}

/** The folders from that of `path` up to `top`; none when `path` is not below it. */
function upTo(top: string, path: string): string[] {
  const folders: string[] = []
  for (let at = wayDown(top, path) || '.'; at !== '.'; at = dirname(at)) folders.push(join(top, dirname(at)))
  return folders
}
