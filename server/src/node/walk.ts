import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { formatOf } from '../wif/relevance.ts'
import { isSkipped } from '../workspace/ignore-files.ts'
import { type IgnoreFiles, ignoreFilesAbove, isIgnored, withIgnoreFile } from './gitignore.ts'
import { mapBounded } from './pool.ts'
import { reasonOf, type Unreadable } from './reason.ts'

/** The JSON and YAML files in a folder, by name, and what could not be looked into. */
export interface Found {
  paths: string[]
  unreadable: Unreadable[]
}

interface Folder {
  path: string
  /** The ignore files of the folders around it. */
  outer: IgnoreFiles
}

/**
 * Finds the files in `folder` and the folders below that have a name the linter reads, except those that `.gitignore`
 * files leave out. Follows links to files but none to folders, so it always ends. Never throws.
 */
export async function findFiles(folder: string): Promise<Found> {
  let listings: Listing[] = []
  let level: Folder[] = [{ path: folder, outer: await ignoreFilesAbove(folder) }]
  while (level.length > 0) {
    const next = await mapBounded(level, list)
    listings = listings.concat(next)
    level = next.flatMap(listing => listing.folders)
  }
  const files = listings.flatMap(listing => listing.files)
  const linked = await followLinks(
    listings.flatMap(listing => listing.links),
    files,
  )
  return {
    paths: [...files, ...linked.paths].sort(),
    unreadable: [...listings.flatMap(listing => listing.failed ?? []), ...linked.unreadable],
  }
}

interface Listing {
  files: string[]
  links: string[]
  folders: Folder[]
  failed?: Unreadable
}

async function list({ path, outer }: Folder): Promise<Listing> {
  const listing: Listing = { files: [], links: [], folders: [] }
  let entries: Dirent[]
  try {
    entries = await readdir(path, { withFileTypes: true })
  } catch (error) {
    return { ...listing, failed: { path, reason: reasonOf(error) } }
  }
  const ignored = entries.some(e => e.name === '.gitignore') ? await withIgnoreFile(path, outer) : outer
  for (const entry of entries) {
    const child = join(path, entry.name)
    if (entry.isDirectory()) {
      if (!isSkipped(entry.name) && !isIgnored(child, 'folder', ignored))
        listing.folders.push({ path: child, outer: ignored })
    } else if (formatOf(entry.name) !== undefined && !isIgnored(child, 'file', ignored)) {
      if (entry.isFile()) listing.files.push(child)
      else if (entry.isSymbolicLink()) listing.links.push(child)
    }
  }
  return listing
}

/** The links that lead to a file which is not among `files` under its own name: no file is read twice. */
async function followLinks(links: readonly string[], files: readonly string[]): Promise<Found> {
  const found: Found = { paths: [], unreadable: [] }
  if (links.length === 0) return found
  const known = new Set(await mapBounded(files, path => realpath(path).catch(() => path)))
  for (const path of links) {
    try {
      const target = await realpath(path)
      if (known.has(target) || !(await stat(target)).isFile()) continue
      known.add(target)
      found.paths.push(path)
    } catch {
      found.unreadable.push({ path, reason: 'the link leads nowhere' })
    }
  }
  return found
}
