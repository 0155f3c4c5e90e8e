/**
 * Requests of our own about tokens. Their parameters and results hold a token or its claims, so a client must keep
 * them out of its traces, and neither side may put any of it into an error.
 */
import type { Location } from 'vscode-languageserver'
import type { Decision, Step } from '../decide/decide.ts'
import type { TokenFinding } from '../token/findings.ts'

/** The names of the requests; all requests about tokens begin so, and nothing else does. */
export const CHECK_TOKEN = 'wif/token/check'

export interface CheckTokenParams {
  /** As it was pasted. */
  token: string
  /** A place in the rule that the token is meant for: the uri of its file and an offset in it (UTF-16). */
  at?: { uri: string; offset: number } | undefined
}

/** What is known of a token, or why it is none, in a sentence. */
export type CheckTokenResult = { report: TokenReport } | { refusal: string }

export interface TokenReport {
  /** Whose tokens look like this one; undefined for nobody known. */
  kind: string | undefined
  /** In bytes. */
  size: number
  /** When it was checked, in seconds since 1970. */
  now: number
  header: Record<string, unknown>
  claims: Record<string, unknown>
  /** The rules of the workspace, as they lie in it. */
  rules: CheckedRule[]
  /** Of `rules` the one that the token is meant for, as far as can be told. */
  meant: number | undefined
}

/** What a rule would make of the token. */
export interface CheckedRule extends Pick<Decision, 'verdict' | 'reason'> {
  title: string
  place: Location
  steps: CheckedStep[]
  /** What else there is to say of the token. */
  notes: Pick<TokenFinding, 'rule' | 'severity' | 'message'>[]
}

export interface CheckedStep extends Pick<Step, 'step' | 'result' | 'message'> {
  /** The matcher that decided. */
  place: Location | undefined
}
