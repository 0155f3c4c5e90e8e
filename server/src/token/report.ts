import type { Decision } from '../decide/decide.ts'
import type { Step } from '../decide/step.ts'
import { label, type Node, type Range } from '../syntax/node.ts'
import { valueRange } from '../syntax/scalar.ts'
import { treeOf, type WifFile } from '../wif/entity.ts'
import type { FederationIssuer } from '../wif/issuer.ts'
import { type FederationRule, ruleTitle } from '../wif/rule.ts'
import { type TokenCheck, tokenKind } from './check.ts'
import type { DecodedToken } from './decode.ts'
import { exactValue } from './exact-value.ts'
import type { TokenFinding } from './findings.ts'

/** What became of a token at one rule. */
export interface Answer {
  rule: FederationRule
  issuer: FederationIssuer | undefined
  check: TokenCheck
}

/** Where something is written: offsets (UTF-16) into a file. */
export interface Place extends Range {
  uri: string
}

/**
 * All that there is to say of a token, as plain data: what a shell shows it made of decides nothing. The signature is
 * not in it, but all of the claims are: it goes to the person who has the token, and nowhere else.
 * @template P a place, in the terms of who shows it
 * @template Q a page about a rule of the linter: its id, or where it is
 */
export interface TokenReport<P = Place, Q = string> {
  /** Whose tokens look like this one; undefined for nobody known. */
  kind: string | undefined
  /** In bytes. */
  size: number
  /** When it was checked, in seconds since 1970. */
  now: number
  header: Record<string, unknown>
  claims: Record<string, unknown>
  /** The rule that the token is meant for; undefined when there is none. */
  rule: CheckedRule<P, Q> | undefined
  /** All rules of the workspace. */
  rules: RuleLine<P>[]
  /** What else there is to say of the token. */
  notes: Note<Q>[]
}

/** What a rule would make of the token, in a line. */
export interface RuleLine<P = Place> extends Pick<Decision, 'verdict' | 'reason'> {
  /** Which of the rules of its file, from 0. */
  ref: { uri: string; index: number }
  title: string
  place: P
  /** The first reason, or what would have to be known first. */
  message: string | undefined
}

/** What a rule would make of the token, step by step. */
export interface CheckedRule<P = Place, Q = string> extends RuleLine<P> {
  steps: CheckedStep<P, Q>[]
}

export interface CheckedStep<P = Place, Q = string>
  extends Pick<Step, 'step' | 'result' | 'reason' | 'message' | 'claim'> {
  /** The matcher that decided. */
  place: P | undefined
  /** The page about what is wrong. */
  page: Q | undefined
  /** The value of the token and the one it is compared with, the first character (UTF-16) in which they differ, and how. */
  compare: { token: string; wanted: string; at: number; hint: string } | undefined
  /** What the matcher would have to say to ask for exactly what the token carries, where it nearly does. */
  write: string | undefined
  /** The parts of a condition. */
  parts: { text: string; result: Step['result']; message: string | undefined; place: P }[]
}

/** Something to say that is no step of the exchange. */
export interface Note<Q = string> extends Pick<TokenFinding, 'severity' | 'message'> {
  page: Q | undefined
}

/** What is known of a token, for a report. */
export interface Known {
  token: DecodedToken
  /** Seconds since 1970. */
  now: number
  /** At the rule that the token is meant for. */
  meant: Answer | undefined
  /** At the rules of the workspace. */
  answers: readonly Answer[]
  findings: readonly TokenFinding[]
}

/** The report of what is known of a token. */
export function tokenReport({ token, now, meant, answers, findings }: Known): TokenReport {
  const { size, header, claims } = token
  return {
    ...{ kind: tokenKind(token), size, now, header, claims },
    rule: meant && checkedRule(meant, token),
    rules: answers.map(ruleLine),
    // What failed is among the steps.
    notes: findings
      .filter(({ step }) => !meant || !step)
      .map(({ severity, message, rule }) => ({ severity, message, page: rule })),
  }
}

const DECISIVE = { admitted: undefined, denied: 'fail', unknown: 'unknown' } as const

function ruleLine({ rule, check: { verdict, reason, steps } }: Answer): RuleLine {
  return {
    ref: { uri: rule.file.uri, index: rule.file.rules.indexOf(rule) },
    title: ruleTitle(rule),
    place: placeOf(rule.file, label(rule.name ?? rule.node)),
    verdict,
    ...(reason && { reason }),
    message: steps.find(({ result }) => result === DECISIVE[verdict])?.message,
  }
}

function checkedRule(answer: Answer, { claims }: DecodedToken): CheckedRule {
  const { steps, findings } = answer.check
  return {
    ...ruleLine(answer),
    steps: steps.map(found => {
      const { step, result, reason, message, claim, at } = found
      return {
        ...{ step, result, message },
        ...(reason && { reason }),
        ...(claim !== undefined && { claim }),
        place: at && placeOf(fileOf(answer, at), label(at)),
        page: findings.find(finding => isAbout(finding, found))?.rule,
        compare: compareOf(found, claims),
        write: exactValue(found, claims)?.value,
        parts: partsOf(answer, found),
      }
    }),
  }
}

function compareOf(
  { claim, at: node, nearMiss }: Step,
  claims: DecodedToken['claims'],
): CheckedStep['compare'] {
  const token = claim === undefined ? undefined : claims[claim]
  if (node?.type !== 'string' || typeof token !== 'string' || nearMiss?.at === undefined) return undefined
  return { token, wanted: node.value, at: nearMiss.at, hint: nearMiss.hint }
}

function isAbout({ step }: TokenFinding, { step: name, reason, claim }: Step): boolean {
  return step?.step === name && step.reason === reason && step.claim === claim
}

const PART_RESULTS = new Map<unknown, Step['result']>([
  [true, 'pass'],
  [false, 'fail'],
  ['error', 'fail'],
])

function partsOf({ rule: { condition, file } }: Answer, { parts = [] }: Step): CheckedStep['parts'] {
  if (!condition) return []
  return parts.map(({ start, end, result, message }) => ({
    text: condition.value.slice(start, end),
    result: PART_RESULTS.get(result) ?? 'unknown',
    message,
    place: placeOf(file, valueRange(file.text, condition, start, end)),
  }))
}

/** The file of a node that decided: the issuer's or the rule's. */
export function fileOf({ rule, issuer }: Pick<Answer, 'rule' | 'issuer'>, node: Node): WifFile {
  return issuer && treeOf(issuer.file, node) ? issuer.file : rule.file
}

function placeOf({ uri }: WifFile, { start, end }: Range): Place {
  return { uri, start, end }
}

/** The same report, with places and pages in other terms. */
export function inTermsOf<P, Q>(
  report: TokenReport,
  place: (place: Place) => P,
  page: (rule: string) => Q | undefined,
): TokenReport<P, Q> {
  const line = (of: RuleLine): RuleLine<P> => ({ ...of, place: place(of.place) })
  const pageOf = (rule: string | undefined) => (rule === undefined ? undefined : page(rule))
  const step = (of: CheckedStep): CheckedStep<P, Q> => ({
    ...of,
    place: of.place && place(of.place),
    page: pageOf(of.page),
    parts: of.parts.map(part => ({ ...part, place: place(part.place) })),
  })
  const { rule, rules, notes } = report
  return {
    ...report,
    rule: rule && { ...line(rule), steps: rule.steps.map(step) },
    rules: rules.map(line),
    notes: notes.map(note => ({ ...note, page: pageOf(note.page) })),
  }
}
