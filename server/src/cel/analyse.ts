/** What a condition says, as data for rules, the pin model and the editor. Knows nothing of providers. */

import type { Binary, Expr, Literal, Span } from './ast.ts'
import type { AnyFact, ClaimFact, Fact } from './fact.ts'
import { factsOf } from './facts.ts'
import { constantOf } from './fold.ts'
import type { Condition } from './parse.ts'
import { claimPath, samePath } from './path.ts'
import { quote } from './print.ts'
import { type Fix, replacing } from './problem.ts'
import { type Read, readsOf } from './reads.ts'
import { conjuncts, operands, parenthesised, walk } from './walk.ts'

/** One of the parts that must all be true. */
export interface Conjunct extends Span {
  expr: Expr
  facts: Fact[]
  /** Takes the conjunct out of the condition, with its `&&`; empties the condition if it is the only one. */
  removal: Fix
}

/** A claim beside literals, wherever it stands: for rules about types. */
export interface Comparison extends Span {
  op: '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in'
  path: string[]
  claim: Span
  /** The side the claim stands on: `"x" in claims.aud` has it on the right. */
  side: 'left' | 'right'
  literals: Literal[]
}

/** `&&` and `||` side by side without parentheses. The range is that of the `||`. */
export interface Mixed extends Span {
  /** The `&&` parts, which bind tighter. */
  groups: Span[]
  /** Puts parentheses around them, which changes nothing but what is seen. */
  fix: Fix
}

/** A `||` of equalities on one claim, and the same as one `in`. */
export interface Chain extends Span {
  path: string[]
  fix: Fix
}

export interface Analysis {
  /** True or false for every token, whatever its claims. */
  constant: boolean | undefined
  /** Facts of all conjuncts: all of them hold whenever the condition is true. */
  facts: Fact[]
  conjuncts: Conjunct[]
  reads: Read[]
  comparisons: Comparison[]
  mixed: Mixed[]
  chains: Chain[]
}

/** Analyses a condition. Never throws; best after `check` found nothing, and meaningful without. */
export function analyse({ source, expr }: Condition): Analysis {
  const parts = conjuncts(expr).map(part => ({
    ...part.outer,
    expr: part,
    facts: factsOf(part),
    removal: removal(source, expr, part),
  }))
  const chains = disjunctions(expr)
  return {
    constant: constantOf(expr),
    facts: factsOf(expr),
    conjuncts: parts,
    reads: readsOf(expr),
    comparisons: comparisons(expr),
    mixed: chains.flatMap(chain => mixed(source, chain)),
    chains: chains.flatMap(chain => asIn(source, chain)),
  }
}

function removal(source: string, root: Expr, part: Expr): Fix {
  const title = 'Remove this part of the condition'
  for (const at of walk(root)) {
    if (at.kind !== 'binary' || at.op !== '&&') continue
    if (at.right === part) return { title, start: at.left.outer.end, end: part.outer.end, text: '' }
    if (at.left === part) return { title, start: part.outer.start, end: at.right.outer.start, text: '' }
  }
  return { title, start: 0, end: source.length, text: '' }
}

const compared = new Set<string>(['==', '!=', '<', '<=', '>', '>=', 'in'])

function comparisons(expr: Expr): Comparison[] {
  const found: Comparison[] = []
  for (const at of walk(expr)) {
    if (at.kind !== 'binary' || !compared.has(at.op)) continue
    for (const [side, other] of [
      ['left', 'right'],
      ['right', 'left'],
    ] as const) {
      const path = claimPath(at[side])
      const literals = literalsIn(at[other])
      if (!path || path.length === 0 || literals.length === 0) continue
      const claim = { start: at[side].start, end: at[side].end }
      found.push({ op: at.op as Comparison['op'], path, claim, side, literals, ...at.outer })
    }
  }
  return found
}

function literalsIn(expr: Expr): Literal[] {
  if (expr.kind === 'literal') return [expr]
  return expr.kind === 'list' ? expr.items.filter(item => item.kind === 'literal') : []
}

/** Every `||` that is not itself an operand of one. */
function disjunctions(expr: Expr): Binary[] {
  const inner = new Set<Expr>()
  const found: Binary[] = []
  for (const at of walk(expr)) {
    if (at.kind !== 'binary' || at.op !== '||') continue
    if (at.left.kind === 'binary' && at.left.op === '||') inner.add(at.left)
    if (at.right.kind === 'binary' && at.right.op === '||') inner.add(at.right)
    if (!inner.has(at)) found.push(at)
  }
  return found
}

function mixed(source: string, chain: Binary): Mixed[] {
  const groups = operands(chain, '||')
    .filter(part => part.kind === 'binary' && part.op === '&&' && !parenthesised(part))
    .map(({ start, end }) => ({ start, end }))
  if (groups.length === 0) return []
  let text = ''
  let at = chain.start
  for (const { start, end } of groups) {
    text += `${source.slice(at, start)}(${source.slice(start, end)})`
    at = end
  }
  text += source.slice(at, chain.end)
  const { start, end } = chain
  return [{ start, end, groups, fix: replacing(chain, text, 'Add parentheses') }]
}

function asIn(source: string, chain: Binary): Chain[] {
  const [any, ...more] = factsOf(chain)
  if (any?.kind !== 'any' || more.length > 0) return []
  const equalities = any.branches.map(onlyEquality)
  const [first] = equalities
  if (!first?.claim || !equalities.every(fact => fact && samePath(fact.path, first.path))) return []
  const values = equalities.flatMap(fact => fact?.values ?? [])
  if (!values.every(value => typeof value === 'string')) return []
  const claim = source.slice(first.claim.start, first.claim.end)
  const text = `${claim} in [${[...new Set(values)].map(quote).join(', ')}]`
  return [{ start: chain.start, end: chain.end, path: first.path, fix: replacing(chain, text) }]
}

function onlyEquality({ facts }: AnyFact['branches'][number]): ClaimFact | undefined {
  const [fact, ...more] = facts
  // One that came from a pattern is better left as it is written.
  if (!fact || more.length > 0 || (fact.kind !== 'equals' && fact.kind !== 'in') || fact.pattern)
    return undefined
  return fact
}
