import { levelsOfClaim } from './providers/index.ts'
import type { Level, Provider, SubjectReading } from './providers/provider.ts'
import type { FederationRule } from './rule.ts'
import { subjectPattern } from './subject.ts'

/** Which dimensions a rule's matchers hold fast. All matchers must pass, so their pins add up. */
export type Pins = Record<Level, boolean>

export const NO_PINS: Pins = { tenant: false, project: false, workload: false }

/** What either of two matchers that must both pass holds fast. */
export function and(a: Pins, b: Pins): Pins {
  return { tenant: a.tenant || b.tenant, project: a.project || b.project, workload: a.workload || b.workload }
}

/** What two matchers of which one must pass hold fast: only what both do. */
export function or(a: Pins, b: Pins): Pins {
  return { tenant: a.tenant && b.tenant, project: a.project && b.project, workload: a.workload && b.workload }
}

/** What a rule's subject, claims and condition pin together, for tokens of `provider`. */
export function pinsOf(rule: FederationRule, provider: Provider): Pins {
  return and(subjectPins(rule, provider), pinsBesideSubject(rule, provider))
}

/** What the subject alone pins. An exact subject names one workload; a prefix pins what it closes. */
export function subjectPins(rule: FederationRule, provider: Provider): Pins {
  const issuer: Pins = { ...NO_PINS, tenant: !provider.shared }
  if (!rule.subject) return issuer
  const { literal, prefix } = subjectPattern(rule.subject.value)
  if (!prefix) return { tenant: true, project: true, workload: true }
  return and(issuer, closedLevels(provider.subject.read(literal)))
}

/** What the matchers other than the subject pin. */
export function pinsBesideSubject(rule: FederationRule, provider: Provider): Pins {
  let pins = NO_PINS
  for (const { key, value } of rule.claims?.properties ?? []) {
    const info = Object.hasOwn(provider.claims, key.value) ? provider.claims[key.value] : undefined
    // A claim that is no string is never equal to one here, and one the caller chooses holds nobody back.
    if (!info?.pins || info.type !== 'string' || info.callerControlled || value.type !== 'string') continue
    for (const level of levelsOfClaim(info)) pins = and(pins, { ...NO_PINS, [level]: true })
  }
  return pins
}

function closedLevels(reading: SubjectReading): Pins {
  let pins = NO_PINS
  for (const segment of reading.segments)
    if (segment.closed) pins = and(pins, { ...NO_PINS, [segment.level]: true })
  return pins
}
