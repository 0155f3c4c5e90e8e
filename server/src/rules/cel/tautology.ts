import { isAlwaysTrue, type KnownTokens } from '../../lint/always-true.ts'
import { conditionFix } from '../../lint/condition-edit.ts'
import { withoutCondition } from '../../lint/condition-fix.ts'
import { type Condition, conditions } from '../../lint/conditions.ts'
import { partOf } from '../../lint/part.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { properties } from '../../syntax/node.ts'
import { issuerOf } from '../../wif/pairing.ts'
import { pinsOf } from '../../wif/pins.ts'

export const tautology = rule({
  id: 'cel/tautology',
  title: 'Condition is true for every token of the issuer',
  class: 'over-broad',
  since: '0.1.0',
  check(file, report, view) {
    for (const condition of conditions(file, view)) {
      const { rule: federationRule, node, conjuncts, constant, provider } = condition
      if (constant !== undefined) continue
      const tokens = { provider, issuer: issuerOf(view, federationRule)?.url?.value }
      for (const part of conjuncts) {
        if (!isAlwaysTrue(part.expr, tokens) || isGuard(part, condition)) continue
        const narrowed = isNarrowed(condition, tokens)
        const effect = narrowed
          ? 'so it adds nothing'
          : 'so the rule has a matcher and still admits all of them'
        const message = `This is true for every token that the issuer signs, ${effect}`
        report(partOf(federationRule, node, part), message, {
          ...(narrowed && { severity: 'info' }),
          fixes: [...equality(condition, part), ...removal(condition, part)],
        })
      }
    }
  },
})

type Part = Condition['conjuncts'][number]

/** `has(claims.x)` beside something that reads `claims.x` is careful, not mistaken. */
function isGuard({ start, end }: Part, { reads }: Condition): boolean {
  const inside = reads.filter(read => start <= read.start && read.end <= end)
  const others = reads.filter(read => !inside.includes(read) && !read.test)
  return (
    inside.length > 0 &&
    inside.every(
      test => test.test && others.some(read => read.path.join('\n').startsWith(test.path.join('\n'))),
    )
  )
}

/** Whether something else in the rule says whose tokens are meant. */
function isNarrowed({ rule, conjuncts }: Condition, tokens: KnownTokens): boolean {
  if (tokens.provider) {
    const { tenant, project, workload } = pinsOf(rule, tokens.provider)
    return project || workload || (tenant && tokens.provider.shared)
  }
  if (rule.subject || properties(rule.claims).length > 0) return true
  return conjuncts.some(part => part.facts.length > 0 && !isAlwaysTrue(part.expr, tokens))
}

/** Asks for the subject instead, where nothing else says who is meant. */
function equality({ rule, node, conjuncts, provider }: Condition, { start, end }: Part): Fix[] {
  if (conjuncts.length > 1 || rule.subject || rule.claims || !provider) return []
  const { shape } = provider.subject
  const title = `Ask for the subject: claims.sub == "${shape}"`
  return [conditionFix(rule, node, { title, start, end, text: `claims.sub == "${shape}"` })]
}

function removal({ rule, node, conjuncts }: Condition, { removal }: Part): Fix[] {
  return conjuncts.length > 1 ? [conditionFix(rule, node, removal)] : withoutCondition(rule)
}
