import { realpath } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import type { TextFile } from '../node/files.ts'
import { type Git, gitIn } from '../node/git.ts'
import { slashed, wayDown } from '../node/paths.ts'
import { type Root, readRevision } from '../node/revision.ts'
import { displayName } from './gather.ts'
import type { Io } from './io.ts'

/** The files as they were at a revision. */
export interface Since {
  /** As it was named. */
  revision: string
  /** The full name of the commit. */
  commit: string
  files: TextFile[]
  /** Of `files`; each where it is now. */
  paths: string[]
  /** What a person should know; each a line to print. */
  notes: string[]
}

interface Failure {
  problem: string
}

/** Reads what `paths` held at `revision`, without touching the working files. Never throws. */
export async function readSince(
  revision: string,
  paths: readonly string[],
  { cwd, env }: Io,
): Promise<Since | Failure> {
  const git = await gitIn(cwd, env)
  if (!git) return { problem: '--since needs git, which is not in PATH' }
  const top = await git(['rev-parse', '--show-toplevel'])
  if (!top.ok) {
    const isNone = /not a git repository|must be run in a work tree/.test(top.reason)
    return {
      problem: isNone ? '--since needs a git repository, and the working folder is in none' : top.reason,
    }
  }
  const commit = await commitOf(git, revision)
  if (typeof commit !== 'string') return commit
  const root = top.stdout.toString('utf8').replace(/\r?\n$/, '')
  const roots: Root[] = []
  for (const given of paths) {
    const path = resolve(cwd, given)
    const inGit = await below(root, path)
    if (inGit === undefined)
      return { problem: `${displayName(path, cwd)}: it is not in the git repository ${root}` }
    roots.push({ path, inGit })
  }
  const read = await readRevision(git, commit, roots)
  if ('problem' in read) return read
  return {
    revision,
    commit,
    files: read.files,
    // Also what is gone since: a folder that was deleted is no mistake in the command line.
    paths: roots.flatMap(({ path }) =>
      read.files.some(file => wayDown(path, file.path) !== undefined) ? [path] : [],
    ),
    notes: read.unreadable.map(({ path, reason }) => `${displayName(path, cwd)}: ${reason}`),
  }
}

/** The commit that `revision` names; with `...` behind it, the last that it and the current one have in common. */
async function commitOf(git: Git, revision: string): Promise<string | Failure> {
  const isFork = revision.endsWith('...')
  const name = isFork ? revision.slice(0, -3) : revision
  // A name cannot begin so, and git would take it for an option.
  const isName = name !== '' && !name.startsWith('-') && !/\p{Cc}/u.test(name)
  const found = isName ? await git(['rev-parse', '--verify', '--quiet', `${name}^{commit}`]) : undefined
  if (!found?.ok)
    return { problem: `no revision "${name}" in this repository; in CI it may have to be fetched first` }
  const commit = found.stdout.toString('utf8').trim()
  if (!isFork) return commit
  const base = await git(['merge-base', commit, 'HEAD'])
  if (base.ok) return base.stdout.toString('utf8').trim()
  return {
    problem: `"${name}" and the current commit have nothing in common; a shallow clone may have to be deepened`,
  }
}

/** What git calls `path`; undefined outside of the repository at `root`. */
async function below(root: string, path: string): Promise<string | undefined> {
  const way = wayDown(await realpath(root).catch(() => root), await real(path))
  return way && slashed(way)
}

/** `path` without links in it, also when it is gone. */
async function real(path: string): Promise<string> {
  const found = await realpath(path).catch(() => undefined)
  if (found !== undefined || dirname(path) === path) return found ?? path
  return join(await real(dirname(path)), relative(dirname(path), path))
}
