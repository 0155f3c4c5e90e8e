import type { ClaimFact, Fact } from '../cel/index.ts'
import { type Property, properties } from '../syntax/node.ts'
import { claimAt } from './claims.ts'
import { type ReadCondition, readCondition } from './condition.ts'
import { isPlaceholder } from './placeholder.ts'
import { levelsOfClaim, levelsOfSegment } from './providers/index.ts'
import type { Level, Provider } from './providers/provider.ts'
import type { FederationRule } from './rule.ts'
import { misspeltMatchers } from './rule-fields.ts'
import { subjectPattern } from './subject.ts'

/**
 * Which dimensions a rule's matchers hold fast. Pins are there to say that a rule is too wide, and that must not be
 * said of what the linter cannot weigh: a condition that does not parse, or a claim it does not know, gets the
 * benefit of the doubt.
 */
export type Pins = Readonly<Record<Level, boolean>>

export const NO_PINS: Pins = { tenant: false, project: false, workload: false }
const ALL_PINS: Pins = { tenant: true, project: true, workload: true }

/** What two matchers that must both pass hold fast: what either does. */
export function and(a: Pins, b: Pins): Pins {
  return { tenant: a.tenant || b.tenant, project: a.project || b.project, workload: a.workload || b.workload }
}

/** What two matchers of which one must pass hold fast: only what both do. */
export function or(a: Pins, b: Pins): Pins {
  return { tenant: a.tenant && b.tenant, project: a.project && b.project, workload: a.workload && b.workload }
}

/** The same of any number: nothing, if there are none. */
function oneOf(list: readonly Pins[]): Pins {
  return list.length > 0 ? list.reduce(or) : NO_PINS
}

/** What a rule's subject, claims and condition pin together, for tokens of `provider`. */
export function pinsOf(rule: FederationRule, provider: Provider): Pins {
  return and(subjectPins(rule, provider), pinsBesideSubject(rule, provider))
}

/** What the issuer and the subject pin. An exact subject names one workload; a prefix pins what it closes. */
export function subjectPins(rule: FederationRule, provider: Provider): Pins {
  const issuer: Pins = { ...NO_PINS, tenant: !provider.shared }
  if (!rule.subject) return issuer
  const { literal, prefix } = subjectPattern(rule.subject.value)
  if (!prefix && literal !== '') return ALL_PINS
  return and(issuer, prefixPins(provider, literal))
}

/** What the matchers other than the subject pin. */
export function pinsBesideSubject(rule: FederationRule, provider: Provider): Pins {
  if (mayMatchMore(rule)) return ALL_PINS
  return and(claimsPins(rule, provider), conditionPins(rule, provider))
}

/** What the `claims` map pins. A value of the wrong type was meant to pin as well, and is an error of its own. */
function claimsPins(rule: FederationRule, provider: Provider): Pins {
  return properties(rule.claims)
    .filter(({ value }) => value.type !== 'null')
    .map(({ key }) => equalityPins(provider, [key.value]))
    .reduce(and, NO_PINS)
}

/** The first entry of the `claims` map that pins `level`. */
export function claimThatPins(rule: FederationRule, provider: Provider, level: Level): Property | undefined {
  return rule.claims?.properties.find(({ key }) => {
    const claim = claimAt(provider, [key.value])
    return claim !== undefined && levelsOfClaim(claim).includes(level)
  })
}

/** What the condition pins. */
function conditionPins(rule: FederationRule, provider: Provider): Pins {
  if (!rule.condition) return NO_PINS
  const condition = readCondition(rule.condition)
  return condition ? factPins(condition.facts, provider, condition) : ALL_PINS
}

/** Whether more is meant than can be read here: a template, `"...": "..."` or a misspelt matcher stands for it. */
function mayMatchMore(rule: FederationRule): boolean {
  const { tree, match, claims } = rule
  const isOpen = (key: string) => key === '<<' || isPlaceholder(key)
  return (
    tree.templated ||
    misspeltMatchers(rule).length > 0 ||
    [match, claims].some(object => object?.properties.some(({ key }) => isOpen(key.value)) === true)
  )
}

// --- conditions --------------------------------------------------------------------------------------------

/** What `facts` that must all hold pin, as part of `condition`. */
export function factPins(facts: readonly Fact[], provider: Provider, condition: ReadCondition): Pins {
  return facts
    .map(fact =>
      fact.kind === 'any'
        ? oneOf(fact.branches.map(branch => factPins(branch.facts, provider, condition)))
        : claimFactPins(fact, provider, condition),
    )
    .reduce(and, NO_PINS)
}

function claimFactPins(fact: ClaimFact, provider: Provider, condition: ReadCondition): Pins {
  const { kind, path, values } = fact
  const texts = values.map(String)
  switch (kind) {
    case 'equals':
    case 'in':
      return equalityPins(provider, path)
    case 'startsWith':
      return oneOf(texts.map(text => beginningPins(provider, path, text)))
    case 'endsWith':
      return oneOf(texts.map(text => endingPins(provider, path, text)))
    case 'matches':
      return patternPins(fact, provider)
    case 'other':
      return doubtfulPins(fact, provider, condition)
    default:
      return NO_PINS
  }
}

/** A pattern that is anchored at both ends may name one workload; one at the start is a prefix. */
function patternPins({ path, values, pattern }: ClaimFact, provider: Provider): Pins {
  if (!pattern?.anchoredStart) return NO_PINS
  const pins = oneOf(values.map(value => beginningPins(provider, path, String(value))))
  const whole = equalityPins(provider, path)
  return pattern.anchoredEnd ? and(pins, { ...NO_PINS, workload: whole.workload }) : pins
}

/** Something else that compares claims for equality pins what they would; anything else pins nothing. */
function doubtfulPins({ start, end }: ClaimFact, provider: Provider, { source, reads }: ReadCondition): Pins {
  if (!/==|\bin\b/.test(source.slice(start, end))) return NO_PINS
  return reads
    .filter(read => read.positive && !read.test && start <= read.start && read.end <= end)
    .map(read => equalityPins(provider, read.path))
    .reduce(and, NO_PINS)
}

// --- single claims -----------------------------------------------------------------------------------------

function equalityPins(provider: Provider, path: readonly string[]): Pins {
  if (isSubject(path)) return ALL_PINS
  const claim = claimAt(provider, path)
  // Custom claims exist to tell workloads apart; a slip of the name is a finding of its own.
  return claim ? pinning(levelsOfClaim(claim)) : { ...NO_PINS, workload: true }
}

/** A beginning pins what it closes: `acme/` the owner in `acme/app`. Of a workload's name any beginning narrows. */
function beginningPins(provider: Provider, path: readonly string[], value: string): Pins {
  if (value === '') return NO_PINS
  if (isSubject(path)) return prefixPins(provider, value)
  const claim = claimAt(provider, path)
  const levels = claim ? levelsOfClaim(claim) : ['workload' as const]
  if (levels.length === 1 && levels[0] === 'workload') return pinning(levels)
  const names = value.split('/').length - 1
  const named = (['tenant', 'project'] as const).filter(level => levels.includes(level)).slice(0, names)
  const file = levels.includes('workload') && value.includes('@') && names > 1
  return pinning(file ? [...named, 'workload'] : named)
}

/** An ending pins a last name that it holds whole: `:production`, `@refs/heads/main`; `@acme.example` is a domain. */
function endingPins(provider: Provider, path: readonly string[], value: string): Pins {
  const pins = equalityPins(provider, path)
  if (isSubject(path))
    return { ...NO_PINS, workload: value !== '' && provider.subject.separators.includes(value.charAt(0)) }
  if (value.startsWith('@refs/')) return { ...NO_PINS, workload: pins.workload }
  return value.startsWith('@') ? { ...pins, workload: false } : NO_PINS
}

function prefixPins(provider: Provider, literal: string): Pins {
  const { segments } = provider.subject.read(literal)
  return pinning(segments.filter(s => s.closed).flatMap(s => levelsOfSegment(provider, s)))
}

function isSubject(path: readonly string[]): boolean {
  return path.length === 1 && path[0] === 'sub'
}

function pinning(levels: readonly Level[]): Pins {
  return {
    tenant: levels.includes('tenant'),
    project: levels.includes('project'),
    workload: levels.includes('workload'),
  }
}
