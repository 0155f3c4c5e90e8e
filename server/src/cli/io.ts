import { printable } from '../text/printable.ts'
import { forLog } from './report/terminal.ts'

/** What a run reads from and writes to: the process, or a test. */
export interface Io {
  cwd: string
  env: Readonly<Record<string, string | undefined>>
  stdout: Output
  stderr: Output
  /** Milliseconds since some moment; without it, nobody is told how far a long run is. */
  now?: () => number
  /** What is piped in. */
  stdin?: AsyncIterable<Uint8Array> & { isTTY?: boolean }
  /** The path of the bundled `cel/child.ts`; without it no condition is evaluated. */
  conditionChild?: string
  /** The folder with the pages of the rules. */
  pages: string
  /** Starts the language server on standard input and output. */
  startServer?: () => void
}

/** A stream to print to. */
export interface Output {
  write(text: string | Uint8Array): unknown
  /** Whether a person is looking. */
  isTTY?: boolean
  /** The width of their terminal. */
  columns?: number
}

/** The exit codes of every command; `unknown` when a token is neither admitted nor denied by what is known. */
export const EXIT = { clean: 0, findings: 1, failure: 2, unknown: 3 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Tells the person, not the program that reads the output. */
export function say(io: Io, line: string): void {
  io.stderr.write(forLog(`wif-lint: ${printable(line)}\n`, io.env))
}
