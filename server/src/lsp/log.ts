import type { RemoteConsole } from 'vscode-languageserver'

/** The server's output channel. Nothing that a document says may be written here. */
export interface Log {
  /** A sentence about what the server does. */
  info(sentence: string): void
  /** What failed (a method or a task), and where in the program. */
  error(what: string, error: unknown): void
  /** The same where the message of the error may quote a secret: it is left out. */
  secretError(what: string, error: unknown): void
}

/** A log that writes to the client's output channel. */
export function createLog(console: Pick<RemoteConsole, 'info' | 'error'>): Log {
  return {
    info: sentence => console.info(sentence),
    error: (what, error) => console.error(`${what} failed: ${describeError(error)}`),
    secretError: (what, error) => console.error(`${what} failed: ${describePlace(error)}`),
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
  return [`${error.name}: ${message}`, ...framesOf(error)].join('\n')
}

/** Where an error happened, without a word of its message. */
function describePlace(error: unknown): string {
  return error instanceof Error ? [error.name, ...framesOf(error)].join('\n') : typeof error
}

/** The lines of the stack that name functions and files; the message before them may look like some. */
function framesOf({ stack = '', message }: Error): string[] {
  const behind = stack.slice(Math.max(0, stack.indexOf(message)) + message.length)
  return behind.split('\n').filter(line => /^\s+at /.test(line))
}
