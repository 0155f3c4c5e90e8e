import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as ignoring from '../workspace/ignore-files.ts'
import { foldersAbove } from './above.ts'
import { slashed } from './paths.ts'

export type { IgnoreFiles } from '../workspace/ignore-files.ts'

type IgnoreFiles = ignoring.IgnoreFiles

/** Whether git would leave out `path`, which lies below the folder that `files` hold in. */
export function isIgnored(path: string, kind: 'file' | 'folder', files: IgnoreFiles): boolean {
  return ignoring.isIgnored(slashed(path), kind, files)
}

/** `outer` with what the `.gitignore` in `folder` adds, if there is one. */
export async function withIgnoreFile(folder: string, outer: IgnoreFiles): Promise<IgnoreFiles> {
  // One that cannot be read says nothing; then more is linted, not less.
  const text = await readFile(join(folder, '.gitignore'), 'utf8').catch(() => '')
  return ignoring.withIgnoreText(slashed(folder), text, outer)
}

/**
 * The `.gitignore` files above `folder`, up to the root of its repository. Those that would leave out `folder` itself
 * do not count: who asks for a folder wants to see into it.
 */
export async function ignoreFilesAbove(folder: string): Promise<IgnoreFiles> {
  let files: IgnoreFiles = []
  const above = foldersAbove(folder) ?? []
  for (const parent of above.reverse()) {
    const inner = await withIgnoreFile(parent, files)
    if (!isIgnored(folder, 'folder', inner)) files = inner
  }
  return files
}
