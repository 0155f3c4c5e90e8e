/**
 * What a condition demands of the token: the pin model's view. A fact is something that holds whenever the
 * condition is true. So the facts of conjuncts add up, a `||` keeps its branches apart, and a negation gives
 * nothing unless it turns into an equality.
 */

import type { Literal, Span } from './ast.ts'

export type FactValue = string | bigint | number | boolean | null

/** A demand on one claim. `start` and `end` are those of the comparison, parentheses included. */
export interface ClaimFact extends Span {
  kind:
    | 'equals'
    /** One of several values. */
    | 'in'
    /** The claim is a list that has one of the values, or an object that has one of them as a key. */
    | 'includes'
    | 'startsWith'
    | 'endsWith'
    | 'contains'
    /** A pattern that none of these says. */
    | 'matches'
    /** The claim exists. */
    | 'present'
    /** Something else, of which nothing can be said; pins nothing. */
    | 'other'
  /** The claim's name, from the top; of `other` the first that it reads, if any. */
  path: string[]
  /** Any of these satisfies it. For `matches` what a match begins with, if known; for `present` and `other` none. */
  values: FactValue[]
  /** Where the claim is read. */
  claim?: Span
  /** The literals that the values come from; for patterns the one pattern. */
  literals: Literal[]
  pattern?: PatternFact
}

/** What was written as a regular expression, whatever kind the fact came out as. */
export interface PatternFact {
  source: string
  /** Whether a match must begin, and end, where the claim does. */
  anchoredStart: boolean
  anchoredEnd: boolean
  /** Every `.` that stands for one arbitrary character and may be meant as a dot. */
  dots: Span[]
}

export interface Branch extends Span {
  facts: Fact[]
}

/** At least one of the branches holds. */
export interface AnyFact extends Span {
  kind: 'any'
  branches: Branch[]
}

export type Fact = ClaimFact | AnyFact

/** All facts on single claims, those within branches included: for rules that look at each comparison. */
export function claimFacts(facts: Fact[]): ClaimFact[] {
  return facts.flatMap(fact =>
    fact.kind === 'any' ? fact.branches.flatMap(b => claimFacts(b.facts)) : [fact],
  )
}
