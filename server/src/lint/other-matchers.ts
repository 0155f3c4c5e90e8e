import { and, factPins, NO_PINS, type Pins, pinsOf } from '../wif/pins.ts'
import type { Condition } from './conditions.ts'

/** What is pinned beside the part of a condition from `start` to `end`: by its other parts and by other matchers. */
export function pinsBeside(condition: Condition, start: number, end: number): Pins {
  const { rule, provider, conjuncts } = condition
  if (!provider) return NO_PINS
  const beside = conjuncts
    .filter(part => part.end <= start || end <= part.start)
    .map(part => factPins(part.facts, provider, condition))
  return beside.reduce(and, pinsOf({ ...rule, condition: undefined }, provider))
}
