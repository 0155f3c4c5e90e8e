import { closeSync, constants, fstatSync, open, read, type Stats } from 'node:fs'
import { promisify } from 'node:util'
import { whyNot } from './reason.ts'

// Those of `node:fs/promises` make an object for each file, which takes longer than reading a small one.
const [opened, readSome] = [promisify(open), promisify(read)]

/** A pipe is opened without waiting for a writer; Windows knows neither. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** Longer than nearly all files, so that their bytes go through the same few buffers. */
const BUFFER_BYTES = 64 * 1024
const free: Buffer[] = []

/** Far above any configuration, and far below what would fill the memory. */
const MAX_BYTES = 128 * 1024 * 1024

/** Why what lies there is not to be read: reading a pipe or a device may never end. Undefined for a file. */
export function refusal(found: Stats): string | undefined {
  if (found.isDirectory()) return 'it is a folder'
  if (!found.isFile()) return 'it is neither a file nor a folder'
  if (found.size <= MAX_BYTES) return undefined
  const size = Math.round(found.size / 1024 / 1024)
  return `it is ${size} MiB long; files over ${MAX_BYTES / 1024 / 1024} MiB are not read`
}

/**
 * What `use` makes of the bytes of the file at `path`, which are there only until it returns. Never throws because of
 * the file: a reason says why there are no bytes.
 */
export async function withBytes<T>(
  path: string,
  use: (bytes: Buffer) => T,
): Promise<T | { ok: false; reason: string }> {
  const buffer = free.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES)
  let file: number | undefined
  try {
    file = await opened(path, FLAGS)
    const found = fstatSync(file)
    const reason = refusal(found)
    if (reason !== undefined) return { ok: false, reason }
    const room = found.size <= BUFFER_BYTES ? buffer : Buffer.allocUnsafeSlow(found.size)
    return use(room.subarray(0, await readInto(room, file, found.size)))
  } catch (error) {
    return { ok: false, reason: await whyNot(path, error) }
  } finally {
    free.push(buffer)
    if (file !== undefined) closeSync(file)
  }
}

/** Reads a file of `size` bytes, or of any where that is 0, as some systems say. @returns how many bytes there are */
async function readInto(room: Buffer, file: number, size: number): Promise<number> {
  let count = 0
  for (;;) {
    const { bytesRead } = await readSome(file, room, count, room.length - count, null)
    count += bytesRead
    if (bytesRead === 0 || count === room.length || (size > 0 && count >= size)) return count
  }
}
