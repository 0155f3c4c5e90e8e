/**
 * Requests of our own about tokens. Their parameters and results hold a token or its claims: a client must keep them
 * out of its traces, and neither side may put any of it into an error.
 */
import type { Location } from 'vscode-languageserver'
import type { Decision, Step } from '../decide/decide.ts'
import type { Exchanged, ExchangeWith } from '../token/exchange.ts'
import type { TokenFinding } from '../token/findings.ts'

/** The requests; the names of all that are about tokens begin so, and no others do. */
export const TOKEN_REQUESTS = {
  check: 'wif/token/check',
  keySources: 'wif/token/keySources',
  keys: 'wif/token/keys',
  write: 'wif/token/write',
  draft: 'wif/token/draft',
  exchange: 'wif/token/exchange',
} as const

/** A rule of the workspace: the file, and a place in it (UTF-16) or which of the rules there it is, from 0. */
export type RuleRef = { uri: string } & ({ offset: number } | { index: number })

/** What every request says. */
export interface TokenParams {
  /** As it was pasted. */
  token: string
  /** The rule that the token is meant for; without it, the one that comes nearest to admitting it. */
  rule?: RuleRef | undefined
}

export interface CheckParams extends TokenParams {
  /** The keys of who issued the token, when a person has chosen where they come from. */
  keys?: unknown[] | undefined
}

/** What is known of a token, or why it is none, in a sentence. */
export type CheckResult = { report: TokenReport } | { refusal: string }

export interface TokenReport {
  /** Whose tokens look like this one; undefined for nobody known. */
  kind: string | undefined
  /** In bytes. */
  size: number
  /** When it was checked, in seconds since 1970. */
  now: number
  header: Record<string, unknown>
  claims: Record<string, unknown>
  /** The rule that the token is meant for; undefined when the workspace has none. */
  rule: CheckedRule | undefined
  /** All rules of the workspace. */
  rules: RuleLine[]
  /** What else there is to say of the token. */
  notes: Note[]
  /** The same as a text that holds no value of the token. */
  redacted: string
}

/** What a rule would make of the token, in a line. */
export interface RuleLine extends Pick<Decision, 'verdict' | 'reason'> {
  ref: RuleRef
  title: string
  place: Location
  /** The first reason, or what would have to be known first. */
  message: string | undefined
}

export interface CheckedRule extends RuleLine {
  steps: CheckedStep[]
  ids: KnownIds
}

/** What files say of an exchange by a rule; undefined where they say nothing, or several things. */
export interface KnownIds {
  rule: string | undefined
  organization: string | undefined
  serviceAccount: string | undefined
  /** Undefined also for a rule that is enabled for several: one must be chosen. */
  workspace: string | undefined
}

export interface CheckedStep extends Pick<Step, 'step' | 'result' | 'message' | 'claim'> {
  /** The matcher that decided. */
  place: Location | undefined
  /** The page about what is wrong. */
  page: Page | undefined
  /** The value of the token and the one it is compared with, the first character (UTF-16) in which they differ, and how. */
  compare: { token: string; wanted: string; at: number; hint: string } | undefined
  /** The value that `write` would put into the matcher, as one line. */
  write: string | undefined
  /** The parts of a condition. */
  parts: { text: string; result: Step['result']; message: string | undefined; place: Location }[]
}

/** Something to say that is no step of the exchange. */
export interface Note extends Pick<TokenFinding, 'severity' | 'message'> {
  page: Page | undefined
}

/** The page about a rule of the linter. */
export interface Page {
  rule: string
  uri: string
}

/** Where keys for a token may come from. */
export interface KeySources {
  /** Key sets among the files of the workspace; if some have the key that the token names, only these. */
  files: { uri: string; fits: boolean }[]
  /** What the service would dial, or why it would not; undefined if it dials nobody, or this server cannot. */
  fetch: Dialed | { problem: string } | undefined
}

/** What is asked for over the network. */
export interface Dialed {
  host: string
  url: string
}

/** From a file, or fetched from hosts to which a person has agreed in that moment. */
export type KeysParams = TokenParams & { from: { file: string } | { hosts: string[] } }

/** The keys; a host that must be agreed to first, because another one has named it; or why there are none. */
export type KeysResult = { keys: unknown[] } | { asks: Dialed } | { problem: string }

/** Writes the value of the token into the matcher of a step that it nearly matched. */
export interface WriteParams extends TokenParams {
  step: Step['step']
  claim: string | undefined
}

/** A new rule as JSON, or why there can be none, in a sentence. */
export type DraftResult = { text: string } | { problem: string }

/** Exchanges the token, to which a person has agreed in that moment. */
export interface ExchangeParams extends TokenParams {
  with: ExchangeWith
}

export interface ExchangeResult {
  outcome: Exchanged
  /** Why it was most likely refused, each a sentence; what the service says is the same for all reasons. */
  reasons: string[]
}
