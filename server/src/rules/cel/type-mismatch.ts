import { type ClaimFact, claim, claimFacts, type Literal, quote } from '../../cel/index.ts'
import { withoutParentheses } from '../../lint/bare.ts'
import { claimType, whatItIs } from '../../lint/claim-type.ts'
import { conditionFix } from '../../lint/condition-edit.ts'
import { type Condition, conditions } from '../../lint/conditions.ts'
import { partOf } from '../../lint/part.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'
import type { ClaimInfo } from '../../wif/providers/provider.ts'

export const typeMismatch = rule({
  id: 'cel/type-mismatch',
  title: 'Claim is compared with a value of another type',
  class: 'exchange-fails',
  since: '0.1.0',
  check(file, report, view) {
    for (const condition of conditions(file, view)) {
      const { rule: federationRule, node, comparisons, reads, facts, provider, source } = condition
      for (const found of comparisons) {
        const comparison = { ...found, ...withoutParentheses(source, found) }
        const { op, path, claim: place, side } = comparison
        const type = claimType(provider, path)
        const literals = comparison.literals.filter(
          ({ value }) => value !== null && !isPlaceholder(String(value)),
        )
        if (!type || literals.length < comparison.literals.length || isWithList(comparison, source)) continue
        const asksForItem = op === 'in' && side === 'right'
        if (
          literals.some(literal =>
            asksForItem ? type === 'array' || type === 'object' : fits(literal, type),
          )
        )
          continue

        const read = reads.find(({ start, end }) => start === place.start && end === place.end)
        const excludes = read?.positive === false
        const what = whatItIs(provider, path, type)
        const message = asksForItem
          ? `${what}; \`in\` asks for an item of a list, so this is never true`
          : excludes
            ? `${what}, never equal to ${shown(literals)}: this excludes nothing`
            : `${what}, never equal to ${shown(literals)}: this is never true`
        report(partOf(federationRule, node, comparison), message, {
          ...((excludes || !read?.plainConjunct) && { severity: 'warning' }),
          fixes: fixes(condition, comparison, type),
        })
      }

      for (const fact of claimFacts(facts)) {
        const type = claimType(provider, fact.path)
        const method = fact.pattern ? 'matches' : fact.kind
        if (!type || type === 'string' || !['startsWith', 'endsWith', 'contains', 'matches'].includes(method))
          continue
        const message = `${whatItIs(provider, fact.path, type)}, and \`${method}\` works on strings only: this is never true`
        const read = reads.find(({ start }) => start === fact.claim?.start)
        report(partOf(federationRule, node, fact), message, {
          ...(!read?.plainConjunct && { severity: 'warning' }),
          fixes: type === 'array' ? [ofItems(condition, fact, method)] : [],
        })
      }
    }
  },
})

type Comparison = Condition['comparisons'][number]
type Type = ClaimInfo['type']

/** `claims.aud == ["a"]`: whole lists are compared, of which the items tell nothing. */
function isWithList({ op, literals }: Comparison, source: string): boolean {
  return op !== 'in' && source.slice(0, literals[0]?.start).trimEnd().endsWith('[')
}

/** Whether a claim of `type` may equal the literal. */
function fits(literal: Literal, type: Type): boolean {
  if (type === 'string') return literal.type === 'string'
  if (type === 'number') return ['int', 'uint', 'double'].includes(literal.type)
  return type === 'boolean' && literal.type === 'bool'
}

function shown(literals: Literal[]): string {
  return literals.map(({ text }) => `\`${text}\``).join(' or ')
}

// --- fixes -------------------------------------------------------------------------------------------------

function fixes(condition: Condition, comparison: Comparison, type: Type): Fix[] {
  const { op, path, side, literals, start, end } = comparison
  const { rule, node, source } = condition
  const write = (text: string, span = { start, end }) =>
    conditionFix(rule, node, { title: `Write \`${text}\``, ...span, text })
  const [literal, ...more] = literals
  const name = claim(path)
  if (!literal) return []
  if (op === 'in' && side === 'right') {
    return type === 'string' && literal.type === 'string' ? [write(`${name} == ${literal.text}`)] : []
  }
  if (type === 'array' && literal.type === 'string') {
    const values = literals.map(({ text }) => text).join(', ')
    if (op === 'in') return [write(`${name}.exists(x, x in [${values}])`)]
    if (op === '==') return [write(`${literal.text} in ${name}`)]
    return op === '!=' ? [write(`!(${literal.text} in ${name})`)] : []
  }
  const texts = literals.map(each => converted(each, type))
  if (texts.some(text => text === undefined)) return []
  if (more.length === 0) return [write(texts[0] ?? '', literal)]
  const [first, last] = [literal, literals.at(-1) ?? literal]
  let text = source.slice(first.start, last.end)
  for (const [i, each] of [...literals.entries()].toReversed())
    text = text.slice(0, each.start - first.start) + texts[i] + text.slice(each.end - first.start)
  return [write(text, { start: first.start, end: last.end })]
}

/** The literal as one of `type`, when it says the same. */
function converted({ type: from, text, value }: Literal, type: Type): string | undefined {
  if (type === 'string' && from !== 'string' && from !== 'bytes' && from !== 'null')
    return quote(text.replace(/u$/i, ''))
  if (from !== 'string' || typeof value !== 'string') return undefined
  if (type === 'number') return /^-?\d{1,18}$/.test(value) ? value : undefined
  return type === 'boolean' && /^(?:true|false)$/.test(value) ? value : undefined
}

/** The same asked of the items of a list. */
function ofItems({ rule, node, source }: Condition, fact: ClaimFact, method: string): Fix {
  const { start, end, path, claim: place } = fact
  const argument = source.slice(place?.end ?? start, end)
  const [literal] = fact.literals
  const text =
    method === 'contains' && literal
      ? `${literal.text} in ${claim(path)}`
      : `${claim(path)}.exists(x, x${argument})`
  return conditionFix(rule, node, { title: `Write \`${text}\``, start, end, text })
}
