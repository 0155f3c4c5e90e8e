import { readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import ignore, { type Ignore } from 'ignore'
import { foldersAbove } from './above.ts'

/** What the `.gitignore` of one folder says, for paths below that folder. */
interface IgnoreFile {
  folder: string
  rules: Ignore
}

/** The `.gitignore` files that hold in a folder, the nearest first: it has the last word. */
export type IgnoreFiles = readonly IgnoreFile[]

/** Whether git would leave out `path`, which lies below the folder that `files` hold in. */
export function isIgnored(path: string, kind: 'file' | 'folder', files: IgnoreFiles): boolean {
  for (const { folder, rules } of files) {
    const verdict = rules.test(relative(folder, path).replaceAll(sep, '/') + (kind === 'folder' ? '/' : ''))
    if (verdict.ignored) return true
    if (verdict.unignored) return false
  }
  return false
}

/** `outer` with what the `.gitignore` in `folder` adds, if there is one. */
export async function withIgnoreFile(folder: string, outer: IgnoreFiles): Promise<IgnoreFiles> {
  // One that cannot be read says nothing; then more is linted, not less.
  const text = await readFile(join(folder, '.gitignore'), 'utf8').catch(() => '')
  return text === '' ? outer : [{ folder, rules: ignore({ ignorecase: false }).add(text) }, ...outer]
}

/**
 * The `.gitignore` files above `folder`, up to the root of its repository. Those that would leave out `folder` itself
 * do not count: who asks for a folder wants to see into it.
 */
export async function ignoreFilesAbove(folder: string): Promise<IgnoreFiles> {
  let files: IgnoreFiles = []
  const above = (await foldersAbove(folder)) ?? []
  for (const parent of above.reverse()) {
    const inner = await withIgnoreFile(parent, files)
    if (!isIgnored(folder, 'folder', inner)) files = inner
  }
  return files
}
