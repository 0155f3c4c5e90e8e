import type { Io } from './io.ts'

/** Says how far a run is. */
export interface Progress {
  /** Tells of the `done`th of `total` things; cheap enough to be called for each. */
  tell(what: string, done: number, total?: number): void
  /** Takes the line away: before anything else is printed. */
  end(): void
}

/** Who waits less than this, in milliseconds, is told nothing. */
const PATIENCE = 500
/** How often the line changes, in milliseconds. */
const EVERY = 100

/** A line on standard error that is always the last, for a person who waits at a terminal; nothing for anybody else. */
export function progressOf({ stderr, env, now }: Io): Progress {
  if (!now || !stderr.isTTY || env.CI || env.TERM === 'dumb') return { tell() {}, end() {} }
  let next = now() + PATIENCE
  let shown = false
  return {
    tell(what, done, total) {
      if (now() < next) return
      next = now() + EVERY
      shown = true
      stderr.write(`\r\u001b[K${what} ${done}${total === undefined ? '' : ` of ${total}`} files`)
    },
    end() {
      if (shown) stderr.write('\r\u001b[K')
      shown = false
    },
  }
}
