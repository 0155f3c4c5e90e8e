import { type Decoded, decode } from '../text/decode.ts'
import type { Io } from './io.ts'

/**
 * What is piped in, as text. Never throws.
 * @param most how many bytes are read; what follows is left out
 */
export async function readStdin(stdin: NonNullable<Io['stdin']>, most: number): Promise<Decoded> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stdin) {
    chunks.push(chunk)
    size += chunk.length
    if (size > most) break
  }
  return decode(Buffer.concat(chunks))
}
