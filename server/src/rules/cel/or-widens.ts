import { type AnyFact, analyse, type Branch, claimFacts, parse } from '../../cel/index.ts'
import { isAlwaysTrue } from '../../lint/always-true.ts'
import { conditionFix } from '../../lint/condition-edit.ts'
import { type Condition, conditions } from '../../lint/conditions.ts'
import { pinsBeside } from '../../lint/other-matchers.ts'
import { partOf } from '../../lint/part.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { issuerOf } from '../../wif/pairing.ts'
import { factPins, type Pins } from '../../wif/pins.ts'
import type { Level, Provider } from '../../wif/providers/provider.ts'
import { subjectPattern } from '../../wif/subject.ts'
import type { WorkspaceView } from '../../wif/view.ts'

export const orWidens = rule({
  id: 'cel/or-widens',
  title: 'One branch of an "or" asks for less than the others',
  class: 'over-broad',
  since: '0.1.0',
  check(file, report, view) {
    for (const condition of conditions(file, view)) {
      const { rule: federationRule, node, provider, facts, mixed } = condition
      const reported: AnyFact[] = []
      for (const any of facts) {
        if (any.kind !== 'any' || isOther(any, condition, view)) continue
        for (const { branch, lacks } of weakBranches(any, condition)) {
          reported.push(any)
          const message = `This branch alone is enough, and it does not say which ${lacks} is meant`
          report(partOf(federationRule, node, branch), message, { fixes: regrouping(any, condition) })
        }
      }
      for (const chain of mixed) {
        if (reported.some(any => any.start <= chain.start && chain.end <= any.end)) continue
        const message = '`&&` binds tighter than `||`: parentheses show what belongs together'
        report(partOf(federationRule, node, chain), message, {
          ...((provider || isExact(federationRule.subject?.value)) && { severity: 'info' }),
          fixes: [conditionFix(federationRule, node, chain.fix, true)],
        })
      }
    }
  },
})

const LEVELS: readonly Level[] = ['tenant', 'project', 'workload']

/** The branches that leave open what another branch, and nothing beside the "or", settles. */
function weakBranches(any: AnyFact, condition: Condition): { branch: Branch; lacks: string }[] {
  const { provider, rule } = condition
  if (!provider) return isExact(rule.subject?.value) ? [] : bareBranches(any)
  const beside = pinsBeside(condition, any.start, any.end)
  const pins = any.branches.map(branch => factPins(branch.facts, provider, condition))
  // The widest gap is the one to close first.
  const gap = LEVELS.find(level => !beside[level] && pins.some(p => p[level]) && !pins.every(p => p[level]))
  if (!gap) return []
  const weak = any.branches.filter((_, i) => !pins[i]?.[gap])
  return weak.map(branch => ({ branch, lacks: provider.words[gap] }))
}

/** Of unknown issuers: the branches that compare no claim with anything, where others do. */
function bareBranches({ branches }: AnyFact): { branch: Branch; lacks: string }[] {
  const bare = branches.filter(({ facts }) =>
    claimFacts(facts).every(({ kind }) => kind === 'present' || kind === 'other'),
  )
  return bare.length < branches.length ? bare.map(branch => ({ branch, lacks: 'workload' })) : []
}

/** Whether this is a `? :`, or an "or" with a branch that is true for every token, which is cel/tautology. */
function isOther(any: AnyFact, { source, provider, rule }: Condition, view: WorkspaceView): boolean {
  const parsed = parse(source.slice(any.start, any.end))
  if (!parsed.ok || parsed.expr.kind !== 'binary') return true
  return isAlwaysTrue(parsed.expr, { provider, issuer: issuerOf(view, rule)?.url?.value })
}

/**
 * `a && b || c`, read as it was meant where only `a` says whose token it is: `a && (b || c)`. Offered where one branch
 * has a part that the others lack.
 */
function regrouping(any: AnyFact, condition: Condition): Fix[] {
  const { rule, node, source, provider } = condition
  if (!provider) return []
  const texts = any.branches.map(({ start, end }) => source.slice(start, end))
  const parts = texts.map(text => partsOf(text, provider))
  const strong = parts.findIndex(list => list.length > 1)
  const shared = parts[strong]?.filter(({ pins }) => pins.tenant || pins.project) ?? []
  const own = parts[strong]?.filter(part => !shared.includes(part)) ?? []
  const others = parts.filter((_, i) => i !== strong)
  const alone = others.every(list => list.every(({ pins }) => !pins.tenant && !pins.project))
  if (shared.length === 0 || own.length === 0 || !alone) return []
  const kept = own.map(part => part.text).join(' && ')
  const branches = texts.map((text, i) => (i === strong ? (own.length > 1 ? `(${kept})` : kept) : text))
  const required = shared.map(part => part.text).join(' && ')
  const text = `${required} && (${branches.join(' || ')})`
  const title = `Ask for \`${required}\` in every branch`
  return [conditionFix(rule, node, { title, start: any.start, end: any.end, text })]
}

/** The conjuncts of a branch, each with what it pins. */
function partsOf(source: string, provider: Provider): { text: string; pins: Pins }[] {
  const parsed = parse(source)
  if (!parsed.ok) return []
  const read = { source, ...analyse(parsed) }
  return read.conjuncts.map(({ start, end, facts }) => ({
    text: source.slice(start, end),
    pins: factPins(facts, provider, read),
  }))
}

/** Whether a subject names one workload, so that nothing beside it can widen the rule. */
function isExact(subject: string | undefined): boolean {
  return subject !== undefined && !subjectPattern(subject).prefix
}
