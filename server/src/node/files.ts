import { lstat, readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Decoded, decode, type Encoding } from '../text/decode.ts'
import { formatOf, matters, mayMatter } from '../wif/relevance.ts'
import { mapBounded } from './pool.ts'
import { reasonOf, type Unreadable } from './reason.ts'
import { findFiles } from './walk.ts'

/** A file of the disk, as text. */
export interface TextFile {
  path: string
  format: 'json' | 'yaml'
  text: string
  encoding: Encoding
}

/** What is in a folder: the files that can matter, and what could not be read. */
export interface FolderContents {
  files: TextFile[]
  /** The paths of all files that were looked at, those that cannot matter included. */
  seen: string[]
  unreadable: Unreadable[]
}

/** Far above any configuration, and far below what would fill the memory. */
const MAX_BYTES = 128 * 1024 * 1024

/** What is at `path`: pipes and devices are not for reading, for that may never end. Never throws. */
export async function look(
  path: string,
): Promise<{ is: 'file' | 'folder' } | { is: 'other'; reason: string }> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) return { is: 'folder' }
    if (!found.isFile()) return { is: 'other', reason: 'it is neither a file nor a folder' }
    if (found.size <= MAX_BYTES) return { is: 'file' }
    const size = Math.round(found.size / 1024 / 1024)
    return {
      is: 'other',
      reason: `it is ${size} MiB long; files over ${MAX_BYTES / 1024 / 1024} MiB are not read`,
    }
  } catch (error) {
    const link = await lstat(path).catch(() => undefined)
    return { is: 'other', reason: link?.isSymbolicLink() ? 'the link leads nowhere' : reasonOf(error) }
  }
}

/** Reads the text of the file at `path`. Never throws: a reason says why there is none. */
export async function readText(path: string): Promise<Decoded> {
  const read = await readBytes(path)
  return read.ok ? decode(read.bytes) : read
}

/** Reads the file at `path`; by its name JSON, or else YAML, of which JSON is a part. Never throws. */
export async function readTextFile(path: string): Promise<TextFile | Unreadable> {
  const decoded = await readText(path)
  return decoded.ok ? textFile(path, decoded) : { path, reason: decoded.reason }
}

/** Reads what is in `folder` and below it and can hold anything of federation, and configurations. Never throws. */
export async function readFolder(folder: string): Promise<FolderContents> {
  const { paths, unreadable } = await findFiles(folder)
  const contents: FolderContents = { files: [], seen: paths, unreadable }
  for (const result of await mapBounded(paths, readIfItMatters)) {
    if (result === undefined) continue
    if ('reason' in result) contents.unreadable.push(result)
    else contents.files.push(result)
  }
  return contents
}

async function readIfItMatters(path: string): Promise<TextFile | Unreadable | undefined> {
  const read = await readBytes(path)
  if (!read.ok) return { path, reason: read.reason }
  const decoded = decode(read.bytes)
  if (decoded.ok) {
    return matters(basename(path), decoded.text) ? textFile(path, decoded) : undefined
  }
  // Bytes that are no text are worth a word only if a rule may be among them; other people's binaries are not.
  return mayMatter(read.bytes.toString('latin1')) ? { path, reason: decoded.reason } : undefined
}

function textFile(path: string, { text, encoding }: Decoded & { ok: true }): TextFile {
  return { path, format: formatOf(basename(path)) ?? 'yaml', text, encoding }
}

async function readBytes(path: string): Promise<{ ok: true; bytes: Buffer } | { ok: false; reason: string }> {
  const found = await look(path)
  if (found.is === 'folder') return { ok: false, reason: 'it is a folder' }
  if (found.is === 'other') return { ok: false, reason: found.reason }
  try {
    return { ok: true, bytes: await readFile(path) }
  } catch (error) {
    return { ok: false, reason: reasonOf(error) }
  }
}
