import type { RemoteConsole } from 'vscode-languageserver'

/** The server's output channel. Nothing that a document says may be written here. */
export interface Log {
  /** A sentence about what the server does. */
  info(sentence: string): void
  /** What failed (a method or a task), and where in the program. */
  error(what: string, error: unknown): void
}

/** A log that writes to the client's output channel. */
export function createLog(console: Pick<RemoteConsole, 'info' | 'error'>): Log {
  return {
    info: sentence => console.info(sentence),
    error: (what, error) => console.error(`${what} failed: ${describeError(error)}`),
  }
}

/**
 * An error for a log: its kind, its message and its stack, without what it may quote of a document. Parsers put the
 * text they stumble over into their messages, and that text may hold a token.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const message = error.message
    .split('\n', 1)
    .join('')
    .replace(/(["'`]).*\1/g, '…')
    .replace(/["'`].*/, '…')
    .replace(/\S{40,}/g, '…')
    .slice(0, 200)
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line))
  return [`${error.name}: ${message}`, ...frames].join('\n')
}
