import type { Connection } from 'vscode-languageserver'
import type { IsolatedEvaluator } from '../cel/index.ts'
import type { Exchange } from '../token/exchange.ts'
import type { FetchKeys } from '../token/key-endpoint.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { ClientFacts } from './capabilities.ts'
import type { Converter } from './convert.ts'
import type { Documents } from './documents.ts'
import type { FileSource } from './files.ts'
import type { Log } from './log.ts'
import type { Settings } from './settings.ts'

/** What the server needs of the place it runs in: Node, a browser's worker, a test. */
export interface Runtime {
  version: string
  /** The disk, where there is one; other files the client reads. */
  files?: FileSource
  /** Where a person reads about a rule; undefined when it has no page. */
  pageUri(ruleId: string): string | undefined
  /** Calls `callback` once, after so many milliseconds; the returned function calls it off. */
  after(milliseconds: number, callback: () => void): () => void
  /** The clock, in seconds since 1970. */
  now(): number
  /** Evaluates a condition where it can do no harm; without it, none is evaluated. */
  evaluate?: IsolatedEvaluator
  /**
   * Fetches what `keyEndpointOf` says of an issuer, from the hosts that a person has agreed to in that moment. A place
   * without it has no network.
   */
  fetchKeys?: FetchKeys
  /** Exchanges a token for a person who has asked for just this. */
  exchange?: Exchange
  /** Resolves after messages that have arrived meanwhile were read. */
  breathe(): Promise<void>
}

/** What the parts of the server share during one connection. */
export interface Session {
  connection: Connection
  runtime: Runtime & { files: FileSource }
  log: Log
  workspace: Workspace
  documents: Documents
  settings: Settings
  convert: Converter
  /** Known from `initialize` on; before that, a client that can do nothing. */
  client: ClientFacts
  /** To be called after files have changed; `ripples` when findings in other files may be different now. */
  changed(ripples: boolean): void
}
