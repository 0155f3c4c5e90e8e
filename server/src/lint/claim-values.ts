import { quote } from '../cel/index.ts'
import { properties, type Range } from '../syntax/node.ts'
import { claimAt } from '../wif/claims.ts'
import type { WifFile } from '../wif/entity.ts'
import { providerOf } from '../wif/pairing.ts'
import { isPlaceholder } from '../wif/placeholder.ts'
import type { Provider } from '../wif/providers/provider.ts'
import type { WorkspaceView } from '../wif/view.ts'
import { conditionEdit } from './condition-edit.ts'
import { type Condition, conditions } from './conditions.ts'
import { partOf } from './part.ts'
import type { FixEdit, Place } from './rule.ts'

/** A value that a rule asks a claim for, and no other will do. */
export interface AskedValue {
  provider: Provider
  path: string[]
  value: string
  at: Place
  /** Without this value nothing matches: it is the only one, in a part that must hold. */
  alone: boolean
  /** Asks for another one in its place. */
  write(value: string): FixEdit
}

/** The values that the rules of `file` compare claims with, in `claims` and in conditions. Placeholders are none. */
export function* askedValues(file: WifFile, view: WorkspaceView): Generator<AskedValue> {
  for (const rule of file.rules) {
    const provider = providerOf(view, rule)
    if (!provider) continue
    for (const { key, value: node } of properties(rule.claims)) {
      if (node.type !== 'string' || node.value === '' || isPlaceholder(node.value)) continue
      const write = (to: string) => ({ set: node, to })
      yield { provider, path: [key.value], value: node.value, at: node, alone: true, write }
    }
  }
  for (const condition of conditions(file, view))
    if (condition.provider) yield* inFacts(condition, condition.provider, condition.facts, true)
}

function* inFacts(
  condition: Condition,
  provider: Provider,
  facts: Condition['facts'],
  isNeeded: boolean,
): Generator<AskedValue> {
  const { rule, node } = condition
  for (const fact of facts) {
    if (fact.kind === 'any')
      for (const branch of fact.branches) yield* inFacts(condition, provider, branch.facts, false)
    if (fact.kind !== 'equals' && fact.kind !== 'in') continue
    for (const literal of fact.literals) {
      if (literal.type !== 'string' || literal.value === '' || isPlaceholder(literal.value)) continue
      const { start, end }: Range = literal
      yield {
        provider,
        path: fact.path,
        value: literal.value,
        at: partOf(rule, node, literal),
        alone: isNeeded && fact.literals.length === 1,
        write: to => conditionEdit(rule, node, { title: '', start, end, text: quote(to) }),
      }
    }
  }
}

/** Why no token of `provider` has `value` in the claim at `path`, and what was probably meant; undefined if one may. */
export function valueProblem({
  provider,
  path,
  value,
}: Pick<AskedValue, 'provider' | 'path' | 'value'>):
  | { reason: string; mended: string | undefined }
  | undefined {
  if (path.join() === 'sub') {
    const { problem, complete } = provider.subject.read(value)
    if (complete && !problem) return undefined
    const reason = problem?.reason ?? `it stops short of ${provider.subject.shape}`
    return { reason, mended: problem?.suggestion }
  }
  const form = claimAt(provider, path)?.form
  if (!form || form.fits(value)) return undefined
  const mended = form.mend?.(value)
  return { reason: form.reason, mended: mended !== undefined && form.fits(mended) ? mended : undefined }
}
