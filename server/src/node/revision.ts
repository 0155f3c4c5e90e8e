import { basename, dirname, join } from 'node:path'
import { formatOf, isConfigName } from '../wif/relevance.ts'
import { isSkipped, withIgnoreText } from '../workspace/ignore-files.ts'
import { type TextFile, textOf } from './files.ts'
import type { Git } from './git.ts'
import { type IgnoreFiles, isIgnored } from './gitignore.ts'
import type { Unreadable } from './reason.ts'

/** The files of a revision that can matter, with the paths that they would have now. */
export interface Revision {
  files: TextFile[]
  /** What is left out, and why. */
  unreadable: Unreadable[]
}

/** A file or folder of the repository: where it is now, and what git calls it ('' for all of it). */
export interface Root {
  path: string
  inGit: string
}

/** More than that is no configuration, but a repository that somebody made to fill the memory. */
const MAX_FILES = 50_000
const MAX_FILE_BYTES = 16 * 1024 * 1024
const MAX_BYTES = 256 * 1024 * 1024

/** What Git LFS leaves in the place of a file (its specification, "The Pointer"). */
const LFS_POINTER = 'version https://git-lfs.github.com/spec/'

interface Blob {
  /** With forward slashes, from the top of the repository. */
  name: string
  id: string
  size: number
}

/**
 * Reads from `commit` what lies under `roots` and can matter, and the configurations above. Files that its own
 * `.gitignore` files leave out are left out, as they are on the disk. Links and submodules are passed over.
 * @returns a reason when git cannot say
 */
export async function readRevision(
  git: Git,
  commit: string,
  roots: readonly Root[],
): Promise<Revision | { problem: string }> {
  const listed = await git(['ls-tree', '-r', '-z', '-l', '--full-tree', commit])
  if (!listed.ok) return { problem: listed.reason }
  const blobs = blobsIn(listed.stdout.toString('utf8'))
  const ignores = await ignoreFilesIn(
    git,
    blobs.filter(({ name }) => basename(name) === '.gitignore'),
  )
  if ('problem' in ignores) return ignores
  const wanted = new Map<string, Blob & { path: string }>()
  for (const root of roots)
    for (const blob of blobs) {
      const path = pathUnder(root, blob, ignores)
      if (path !== undefined) wanted.set(path, { ...blob, path })
    }
  const unreadable: Unreadable[] = []
  const read = [...wanted.values()].filter(({ path, size }) => {
    if (size <= MAX_FILE_BYTES) return true
    unreadable.push({ path, reason: 'not compared, it was too long at that revision' })
    return false
  })
  const total = read.reduce((sum, { size }) => sum + size, 0)
  if (read.length > MAX_FILES || total > MAX_BYTES)
    return { problem: 'that revision has more files than can be read; name a folder' }
  const contents = await contentsOf(git, read)
  if ('problem' in contents) return contents
  const files = read.flatMap(({ path, id }) => {
    const bytes = contents.get(id)
    if (!bytes) return []
    if (bytes.subarray(0, LFS_POINTER.length).toString('latin1') === LFS_POINTER) {
      unreadable.push({ path, reason: 'not compared, Git LFS keeps it elsewhere' })
      return []
    }
    const text = textOf(path, bytes)
    if (text && 'reason' in text) unreadable.push(text)
    return text && 'text' in text ? text : []
  })
  return { files, unreadable }
}

/** The files that are blobs of a listing `-l -z`, whatever their names contain. */
function blobsIn(listing: string): Blob[] {
  return listing.split('\0').flatMap(line => {
    const [, mode, id = '', size = '', name = ''] =
      /^(\d+) blob ([0-9a-f]+) +(\d+)\t([\s\S]+)$/.exec(line) ?? []
    return mode?.startsWith('100') ? [{ id, size: Number(size), name }] : []
  })
}

/** Where `blob` would lie under `root` on the disk; undefined when it is not there, or of no interest. */
function pathUnder({ path, inGit }: Root, { name }: Blob, ignores: IgnoreFiles): string | undefined {
  if (formatOf(basename(name)) === undefined) return undefined
  if (name === inGit) return path
  const folder = inGit === '' ? '' : `${inGit}/`
  if (!name.startsWith(folder)) return isConfigAbove(name, inGit) ? pathAbove(path, inGit, name) : undefined
  const below = name.slice(folder.length)
  // From the top down, as on the disk: what lies in an ignored folder cannot be taken in again.
  const steps = below.split('/')
  for (const [i, step] of steps.entries()) {
    const last = i === steps.length - 1
    if (!last && isSkipped(step)) return undefined
    const at = `/${folder}${steps.slice(0, i + 1).join('/')}`
    if (isIgnored(at, last ? 'file' : 'folder', ignoresFor(at, `/${inGit}`, ignores))) return undefined
  }
  return join(path, ...steps)
}

/** Those that hold at `at`, the nearest first, without those that would leave out the very folder that was named. */
function ignoresFor(at: string, root: string, ignores: IgnoreFiles): IgnoreFiles {
  return ignores.filter(({ folder, rules }) => {
    if (!(at.startsWith(`${folder}/`) || folder === '/')) return false
    const way = root.slice(folder === '/' ? 1 : folder.length + 1)
    return !root.startsWith(folder) || way === '' || !rules.ignores(`${way}/`)
  })
}

function isConfigAbove(name: string, inGit: string): boolean {
  if (!isConfigName(name)) return false
  const folder = dirname(name)
  return folder === '.' || inGit.startsWith(`${folder}/`)
}

/** The path of the file that git calls `name`, in a folder above that of a root. */
function pathAbove(path: string, inGit: string, name: string): string {
  const up = inGit.split('/').map(() => '..')
  return join(path, ...up, ...name.split('/'))
}

async function ignoreFilesIn(git: Git, blobs: readonly Blob[]): Promise<IgnoreFiles | { problem: string }> {
  const small = blobs.filter(({ size }) => size <= MAX_FILE_BYTES)
  const contents = await contentsOf(git, small)
  if ('problem' in contents) return contents
  const files = small.flatMap(({ name, id }) =>
    withIgnoreText(dirname(`/${name}`), contents.get(id)?.toString('utf8') ?? '', []),
  )
  return files.sort((a, b) => b.folder.length - a.folder.length)
}

/** The bytes of blobs as they are stored: no filter or conversion of the repository touches them. */
async function contentsOf(
  git: Git,
  blobs: readonly Pick<Blob, 'id'>[],
): Promise<Map<string, Buffer> | { problem: string }> {
  const found = new Map<string, Buffer>()
  const ids = [...new Set(blobs.map(({ id }) => id))]
  if (ids.length === 0) return found
  const answer = await git(['cat-file', '--batch'], `${ids.join('\n')}\n`)
  if (!answer.ok) return { problem: answer.reason }
  const { stdout } = answer
  let at = 0
  while (at < stdout.length) {
    const end = stdout.indexOf(0x0a, at)
    const [id = '', type, size] = stdout
      .subarray(at, end < 0 ? stdout.length : end)
      .toString('latin1')
      .split(' ')
    if (end < 0) break
    at = end + 1
    // What a partial clone has not fetched is "missing", without a content.
    if (type !== 'blob')
      return { problem: `this clone does not have all files of that revision; fetch it first` }
    found.set(id, stdout.subarray(at, at + Number(size)))
    at += Number(size) + 1
  }
  return found
}
