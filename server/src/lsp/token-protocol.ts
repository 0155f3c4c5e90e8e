/**
 * Requests of our own about tokens. Their parameters and results hold a token or its claims: a client must keep them
 * out of its traces, and neither side may put any of it into an error.
 */
import type { Location } from 'vscode-languageserver'
import type { Step } from '../decide/decide.ts'
import type { Exchanged, ExchangeWith } from '../token/exchange.ts'
import type * as Report from '../token/report.ts'

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

/** A report, with places and pages that the client can open. */
export interface TokenReport extends Report.TokenReport<Location, Page> {
  rule: CheckedRule | undefined
  /** The same as a text that holds no value of the token. */
  redacted: string
}

export type RuleLine = Report.RuleLine<Location>
export type CheckedStep = Report.CheckedStep<Location, Page>
export type Note = Report.Note<Page>

export interface CheckedRule extends Report.CheckedRule<Location, Page> {
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

/** A new rule, in the format that the rule is in at which the token was checked, or why there can be none, in a sentence. */
export type DraftResult = { text: string; language: 'json' | 'yaml' } | { problem: string }

/** Exchanges the token, to which a person has agreed in that moment. */
export interface ExchangeParams extends TokenParams {
  with: ExchangeWith
}

export interface ExchangeResult {
  outcome: Exchanged
  /** Why it was most likely refused, each a sentence; what the service says is the same for all reasons. */
  reasons: string[]
}
