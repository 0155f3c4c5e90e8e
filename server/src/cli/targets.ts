import { dirname, resolve, sep } from 'node:path'
import picomatch from 'picomatch/posix'
import { look } from '../node/files.ts'
import { slashed, wayDown } from '../node/paths.ts'

/** A file or folder of the command line. */
export interface Target {
  path: string
  /** The pattern that was given instead of a path: then `path` is the folder to look in. */
  pattern?: string
  /** Which files of the folder are meant. */
  accepts: (path: string) => boolean
}

/**
 * What the paths of the command line stand for, each once. One that is not there and has `*`, `?`, `[]` or `{}` in it
 * is a pattern, for where no shell has filled it in; a pattern behind `!` takes files out of what folders and other
 * patterns come to.
 */
export async function targetsOf(paths: readonly string[], cwd: string): Promise<Target[]> {
  const excluded: ((path: string) => boolean)[] = []
  const targets = new Map<string, Target>()
  for (const given of paths) {
    const path = resolve(cwd, given)
    const isThere = (await look(path)).is !== 'other'
    if (!isThere && given.startsWith('!') && given.length > 1) {
      excluded.push(matcherOf(given.slice(1), cwd).accepts)
      continue
    }
    const target =
      isThere || !picomatch.scan(asPattern(given)).isGlob
        ? { path, accepts: () => true }
        : matcherOf(given, cwd)
    targets.set(`${target.path}\n${target.pattern ?? ''}`, target)
  }
  if (excluded.length > 0 && targets.size === 0) targets.set(cwd, { path: cwd, accepts: () => true })
  return [...targets.values()].map(target => ({
    ...target,
    accepts: path => target.accepts(path) && !excluded.some(matches => matches(path)),
  }))
}

/** The files that match `pattern`, and those in folders that do, as when a shell fills it in. */
function matcherOf(pattern: string, cwd: string): Target {
  const { base, glob } = picomatch.scan(asPattern(pattern))
  const folder = resolve(cwd, base)
  const isMatch = glob ? picomatch(glob, { dot: true }) : (name: string) => name === ''
  return {
    path: folder,
    pattern,
    accepts(path) {
      const way = wayDown(folder, path)
      if (way === undefined) return false
      for (let at = way; at !== '.'; at = dirname(at)) if (isMatch(slashed(at))) return true
      return isMatch('')
    },
  }
}

/** Windows writes paths with what escapes a character in a pattern. */
function asPattern(pattern: string): string {
  return sep === '\\' ? pattern.replaceAll('\\', '/') : pattern
}
