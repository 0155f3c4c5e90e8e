import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { readText } from '../node/files.ts'
import { whyNot } from '../node/reason.ts'
import type { Decoded } from '../text/decode.ts'
import { readStdin } from './stdin.ts'

/**
 * Reads the file at `path` that an option names. A pipe is read to its end: `<(command)` in a shell is one, and whoever
 * writes that means to wait for the command. Never throws.
 * @param max in bytes, of a pipe
 */
export async function readGiven(path: string, max: number): Promise<Decoded> {
  try {
    if ((await stat(path)).isFIFO()) return await readStdin(createReadStream(path), max)
  } catch (error) {
    return { ok: false, reason: await whyNot(path, error) }
  }
  return readText(path)
}
