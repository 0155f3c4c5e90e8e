import { isAbsolute, relative, sep } from 'node:path'

/** `path` with forward slashes, as git, patterns and people write it. */
export function slashed(path: string): string {
  return path.replaceAll(sep, '/')
}

/** The way from `folder` down to `path`, empty from one to itself; undefined where `path` lies elsewhere. */
export function wayDown(folder: string, path: string): string | undefined {
  const way = relative(folder, path)
  // Windows has no way at all to another drive.
  return way.split(sep)[0] === '..' || isAbsolute(way) ? undefined : way
}
