import { basename, relative } from 'node:path'
import { look, readFolder, readTextFile, type TextFile } from '../node/files.ts'
import { slashed } from '../node/paths.ts'
import type { Unreadable } from '../node/reason.ts'
import { formatOf, isConfigName } from '../wif/relevance.ts'
import { configsAbove } from './governing.ts'
import { type Target, targetsOf } from './targets.ts'

/** A file to lint. */
export interface Source extends TextFile {
  /**
   * `named` on the command line: then it gets an answer in any case. `found` in a folder that was named. `above`: a
   * configuration that governs one of these; nobody asked about itself.
   */
  origin: 'named' | 'found' | 'above'
}

/** What the paths of the command line came to. */
export interface Gathered {
  /** Each file once. */
  sources: Source[]
  /** The paths of all files that were looked at, those that cannot matter included. */
  seen: Set<string>
  /** What was asked for by name and cannot be had. */
  failures: Told[]
  /** What else a person should know. */
  notes: Told[]
}

/** Something to tell a person; of a file or folder, if it has a path. */
export interface Told {
  path?: string
  reason: string
}

/** `told` in a line. */
export function lineOf({ path, reason }: Told, cwd: string): string {
  return path === undefined ? reason : `${displayName(path, cwd)}: ${reason}`
}

/**
 * Reads the files that `paths` name, and from folders those that can matter. Never throws.
 * @param discover whether to look for configurations, too
 * @param onRead is told how many files of folders were read
 */
export async function gather(
  paths: readonly string[],
  cwd: string,
  discover: boolean,
  onRead: (count: number) => void = () => {},
): Promise<Gathered> {
  const sources = new Map<string, Source>()
  const seen = new Set<string>()
  const failures: Told[] = []
  const notes: Told[] = []
  let count = 0
  const add = (file: TextFile | Unreadable, origin: Source['origin']) => {
    if ('reason' in file) (origin === 'named' ? failures : notes).push(file)
    else if (origin === 'named' || !sources.has(file.path)) sources.set(file.path, { ...file, origin })
  }

  async function addFolder({ path, accepts }: Target): Promise<number> {
    const folder = await readFolder(path, accepts, () => onRead(++count))
    for (const each of folder.seen) seen.add(each)
    for (const file of folder.files) if (discover || !isConfigName(basename(file.path))) add(file, 'found')
    notes.push(...folder.unreadable)
    return folder.seen.length
  }

  const targets = await targetsOf(paths, cwd)
  for (const target of targets) {
    const { path, pattern } = target
    const at = await look(path)
    if (pattern !== undefined) {
      const matched = at.is === 'folder' && (await addFolder(target))
      if (!matched) failures.push({ reason: `no file matches "${pattern}"` })
    } else if (at.is === 'other') failures.push({ path, reason: at.reason })
    else if (at.is === 'folder') await addFolder(target)
    else if (formatOf(basename(path)) === undefined) {
      // A shell's `*` names files of every kind.
      notes.push({ path, reason: NO_FORMAT })
    } else {
      const file = await readTextFile(path)
      if (!('reason' in file)) seen.add(path)
      add(file, 'named')
    }
  }
  const asked = targets.map(({ path }) => path)
  if (discover) for (const path of await configsAbove(asked, cwd)) add(await readTextFile(path), 'above')
  return { sources: [...sources.values()], seen, failures, notes }
}

/** Why a file is left out that a person has named. */
export const NO_FORMAT = 'not checked, its name does not end in .json, .jsonc, .yaml or .yml'

/** `path` as people read it: relative to the working folder, with forward slashes. */
export function displayName(path: string, cwd: string): string {
  return slashed(relative(cwd, path)) || '.'
}
