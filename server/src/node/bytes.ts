import { closeSync, constants, fstatSync, open, openSync, read, readSync, type Stats } from 'node:fs'
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

/**
 * Most files lie in the memory of the system, where reading one takes less time than being told that it was read. Only
 * after a file that took so long, for the disk or the network is slow, are the next ones waited for, many at a time.
 */
const SLOW_MS = 0.3
const NEXT = 64
let waitFor = 0

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
  try {
    return use(waitFor > 0 ? await readLater(path, buffer) : readNow(path, buffer))
  } catch (error) {
    return { ok: false, reason: await whyNot(path, error) }
  } finally {
    free.push(buffer)
  }
}

function readNow(path: string, buffer: Buffer): Buffer {
  const start = performance.now()
  const file = openSync(path, FLAGS)
  try {
    const into = begin(file, buffer)
    while (!into.done) took(into, readSync(file, into.room, into.count, into.room.length - into.count, null))
    return into.room.subarray(0, into.count)
  } finally {
    closeSync(file)
    if (performance.now() - start > SLOW_MS) waitFor = NEXT
  }
}

async function readLater(path: string, buffer: Buffer): Promise<Buffer> {
  waitFor--
  const file = await opened(path, FLAGS)
  try {
    const into = begin(file, buffer)
    while (!into.done) {
      const { bytesRead } = await readSome(file, into.room, into.count, into.room.length - into.count, null)
      took(into, bytesRead)
    }
    return into.room.subarray(0, into.count)
  } finally {
    closeSync(file)
  }
}

/** A file that is being read. */
interface Reading {
  room: Buffer
  count: number
  /** 0 where the system does not tell. */
  size: number
  done: boolean
}

function begin(file: number, buffer: Buffer): Reading {
  const found = fstatSync(file)
  const reason = refusal(found)
  if (reason !== undefined) throw new Error(reason)
  const room = found.size <= buffer.length ? buffer : Buffer.allocUnsafeSlow(found.size)
  return { room, count: 0, size: found.size, done: false }
}

function took(into: Reading, bytes: number): void {
  into.count += bytes
  into.done = bytes === 0 || into.count === into.room.length || (into.size > 0 && into.count >= into.size)
}
