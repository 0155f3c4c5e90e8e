import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Decoded, decode, type Encoding, isWide } from '../text/decode.ts'
import { formatOf, isConfigName, matters } from '../wif/relevance.ts'
import { refusal, withBytes } from './bytes.ts'
import { mapBounded } from './pool.ts'
import { type Unreadable, whyNot } from './reason.ts'
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

/** What is at `path`: pipes and devices are not for reading, for that may never end. Never throws. */
export async function look(
  path: string,
): Promise<{ is: 'file' | 'folder' } | { is: 'other'; reason: string }> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) return { is: 'folder' }
    const reason = refusal(found)
    return reason === undefined ? { is: 'file' } : { is: 'other', reason }
  } catch (error) {
    return { is: 'other', reason: await whyNot(path, error) }
  }
}

/** Reads the text of the file at `path`. Never throws: a reason says why there is none. */
export function readText(path: string): Promise<Decoded> {
  return withBytes(path, decode)
}

/** Reads the file at `path`; by its name JSON, or else YAML, of which JSON is a part. Never throws. */
export async function readTextFile(path: string): Promise<TextFile | Unreadable> {
  return textFile(path, await readText(path))
}

/**
 * Reads what is in `folder` and below it and can hold anything of federation, and configurations. Never throws.
 * @param accepts whether a file that was found is meant, by its path
 * @param onRead is called after each file
 */
export async function readFolder(
  folder: string,
  accepts: (path: string) => boolean = () => true,
  onRead: () => void = () => {},
): Promise<FolderContents> {
  const { paths, unreadable } = await findFiles(folder)
  const meant = paths.filter(accepts)
  const contents: FolderContents = { files: [], seen: meant, unreadable }
  const read = async (path: string) => {
    const result = await readIfItMatters(path)
    onRead()
    return result
  }
  for (const result of await mapBounded(meant, read)) {
    if (result === undefined) continue
    if ('reason' in result) contents.unreadable.push(result)
    else contents.files.push(result)
  }
  return contents
}

/** The files right in `folder`, not those below, that can hold anything of federation. Never throws. */
export async function readRightIn(folder: string): Promise<TextFile[]> {
  const names = await readdir(folder).catch(() => [])
  const meant = names.filter(name => formatOf(name) !== undefined && !isConfigName(name))
  const read = await mapBounded(meant, name => readIfItMatters(join(folder, name)))
  return read.flatMap(each => (each && !('reason' in each) ? each : []))
}

async function readIfItMatters(path: string): Promise<TextFile | Unreadable | undefined> {
  const read = await readTextIf(path, text => matters(basename(path), text))
  return read && textFile(path, read)
}

/** `bytes` as the text of a file at `path` that is not on the disk; undefined for one that cannot matter. */
export function textOf(path: string, bytes: Buffer): TextFile | Unreadable | undefined {
  const read = decodeIf(bytes, text => matters(basename(path), text))
  return read && textFile(path, read)
}

/** Reads the text of the file at `path` if somebody `wants` it (see `decodeIf`); undefined if not. Never throws. */
export function readTextIf(path: string, wants: (text: string) => boolean): Promise<Decoded | undefined> {
  return withBytes(path, bytes => decodeIf(bytes, wants))
}

/**
 * The text of `bytes` if somebody wants it. Nearly all that is read nobody does, so it is not decoded to ask: `wants` is
 * shown the bytes as Latin-1. All that it looks for is ASCII, which is the same there, in UTF-8, and in bytes that are
 * no text at all.
 */
function decodeIf(bytes: Buffer, wants: (text: string) => boolean): Decoded | undefined {
  const wanted = wants(bytes.toString('latin1'))
  if (!wanted && !isWide(bytes)) return undefined
  const decoded = decode(bytes)
  // Bytes that are no text are worth a word only if a rule may be among them; other people's binaries are not.
  return wanted || (decoded.ok && wants(decoded.text)) ? decoded : undefined
}

function textFile(path: string, read: Decoded): TextFile | Unreadable {
  if (!read.ok) return { path, reason: read.reason }
  const { text, encoding } = read
  return { path, format: formatOf(basename(path)) ?? 'yaml', text, encoding }
}
