import { lstat } from 'node:fs/promises'

/** A file or folder that could not be read, and why: the rest of a sentence that begins with its name. */
export interface Unreadable {
  path: string
  reason: string
}

const REASONS: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'no such file or folder',
  ELOOP: 'its symbolic links lead in a circle',
  EISDIR: 'it is a folder',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EIO: 'the disk cannot read it',
  ENAMETOOLONG: 'its name is too long',
}

/** What a person calls the error that Node's file system threw. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : ''
  return REASONS[code] ?? error.message
}

/** What following a link ends in that leads to nothing. */
const DEAD = ['ENOENT', 'ENOTDIR', 'ELOOP']

/** Why what lies at `path` could not be looked at, where that failed with `error`. */
export async function whyNot(path: string, error: unknown): Promise<string> {
  const isDead = error instanceof Error && 'code' in error && DEAD.includes(String(error.code))
  const link = isDead ? await lstat(path).catch(() => undefined) : undefined
  return link?.isSymbolicLink() ? 'the link leads nowhere' : reasonOf(error)
}
