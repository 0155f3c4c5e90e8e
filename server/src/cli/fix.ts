import { writeFile } from 'node:fs/promises'
import { fixAll } from '../lint/fix.ts'
import { reasonOf, type Unreadable } from '../node/reason.ts'
import { encode } from '../text/decode.ts'
import type { Source } from './gather.ts'
import type { Session } from './session.ts'

/** What `--fix` did on the disk. */
export interface Fixed {
  /** The paths of the files that were changed. */
  paths: string[]
  failed: Unreadable[]
}

/** A fix in one file may call for one in another; more rounds than this mean that they undo each other. */
const MAX_ROUNDS = 5

/** Applies the safe fixes in all files until none is left, and writes each file in its own encoding. */
export async function fixFiles(sources: readonly Source[], session: Session): Promise<Fixed> {
  const texts = new Map(sources.map(source => [source, source.text]))
  for (let round = 0, stable = false; round < MAX_ROUNDS && !stable; round++) {
    stable = true
    for (const [source, text] of texts) {
      const fixed = fixSafely(source, text, session)
      if (fixed === text) continue
      texts.set(source, fixed)
      stable = false
    }
  }
  const done: Fixed = { paths: [], failed: [] }
  for (const [source, text] of texts) {
    if (text === source.text) continue
    try {
      await writeFile(source.path, encode(text, source.encoding))
      done.paths.push(source.path)
    } catch (error) {
      done.failed.push({ path: source.path, reason: `cannot be fixed, ${reasonOf(error)}` })
      // What is reported is what is on the disk.
      session.update(source, source.text)
    }
  }
  return done
}

function fixSafely(source: Source, text: string, session: Session): string {
  const relint = (next: string) => {
    session.update(source, next)
    return session.lint(source)
  }
  const fixed = fixAll(text, relint, fix => fix.safe)
  session.update(source, fixed)
  return fixed
}
