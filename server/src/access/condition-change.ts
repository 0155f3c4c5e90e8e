import { claimPath, type Expr, type Fact } from '../cel/index.ts'
import type { StringNode } from '../syntax/node.ts'
import { type ReadCondition, readCondition } from '../wif/condition.ts'
import { isPlaceholder } from '../wif/placeholder.ts'
import { type Change, change, type Direction, directionOf } from './change.ts'

/** How what a condition lets through has changed. */
export function conditionChange(before: StringNode | undefined, after: StringNode | undefined): Change[] {
  return change('condition', direction(before, after), before?.value, after?.value)
}

function direction(before: StringNode | undefined, after: StringNode | undefined): Direction | undefined {
  if (before?.value.trim() === after?.value.trim()) return undefined
  const [old, now] = [partsOf(before), partsOf(after)]
  if (!old || !now) return 'unclear'
  // Where all that is demanded now was demanded before, nobody is kept out who was not.
  const [nowFollows, oldFollows] = [
    now.every(part => follows(part, old)),
    old.every(part => follows(part, now)),
  ]
  return nowFollows || oldFollows ? directionOf(nowFollows, oldFollows) : 'unclear'
}

/** One of the parts that must all be true. */
interface Part {
  /** The same for parts that differ in nothing but spaces, parentheses and quotes. */
  form: string
  facts: Fact[]
  /** What the part says and no more, where one fact is all of it. */
  says: Demand | undefined
}

/** What a part demands of one claim. */
interface Demand {
  kind: 'one of' | 'startsWith' | 'endsWith' | 'present'
  path: string
  values: string[]
}

/** The parts of a condition: none where there is no condition, undefined where it cannot be read. */
function partsOf(condition: StringNode | undefined): Part[] | undefined {
  if (!condition) return []
  if (isPlaceholder(condition.value)) return undefined
  const read = readCondition(condition)
  if (!read) return undefined
  if (read.constant === true) return []
  return read.conjuncts.map(({ expr, facts }) => ({
    form: formOf(expr),
    facts,
    says: demandOf(expr, facts, read),
  }))
}

/** The text of an expression without what does not matter: places, and how literals are written. */
function formOf(expr: Expr): string {
  const ignored = new Set(['start', 'end', 'outer', 'nameSpan', 'opSpan', 'text'])
  return JSON.stringify(expr, (key, value) =>
    ignored.has(key) ? undefined : typeof value === 'bigint' ? `${value}n` : value,
  )
}

/** Whether `part` holds whenever all of `others` do. */
function follows(part: Part, others: readonly Part[]): boolean {
  if (others.some(({ form }) => form === part.form)) return true
  const { says } = part
  return says !== undefined && others.some(({ facts }) => facts.some(fact => demands(fact, says)))
}

/** Whether what `fact` says of a claim is at least what `wanted` says of it. */
function demands(fact: Fact, wanted: Demand): boolean {
  const own = asDemand(fact)
  if (own?.path !== wanted.path) return false
  const every = (test: (value: string, wanted: string) => boolean) =>
    own.values.every(value => wanted.values.some(each => test(value, each)))
  switch (wanted.kind) {
    case 'present':
      return true
    case 'one of':
      return own.kind === 'one of' && every((value, each) => value === each)
    case 'startsWith':
      return (
        (own.kind === 'one of' || own.kind === 'startsWith') && every((value, each) => value.startsWith(each))
      )
    case 'endsWith':
      return (
        (own.kind === 'one of' || own.kind === 'endsWith') && every((value, each) => value.endsWith(each))
      )
  }
}

/** A fact as a demand on one claim, where it is one; a claim that has a text is present, too. */
function asDemand(fact: Fact): Demand | undefined {
  if (fact.kind === 'any') {
    const branches = fact.branches.map(({ facts: [only, ...more] }) =>
      only && more.length === 0 ? asDemand(only) : undefined,
    )
    const [first] = branches
    const alike = branches.every(each => each?.kind === 'one of' && each.path === first?.path)
    return first && alike ? { ...first, values: branches.flatMap(each => each?.values ?? []) } : undefined
  }
  const path = JSON.stringify(fact.path)
  if (fact.kind === 'present') return { kind: 'present', path, values: [] }
  const values = fact.values.flatMap(value => (typeof value === 'string' ? value : []))
  if (values.length !== fact.values.length || values.length === 0) return undefined
  if (fact.kind === 'equals' || fact.kind === 'in') return { kind: 'one of', path, values }
  if (fact.kind === 'startsWith' || fact.kind === 'endsWith') return { kind: fact.kind, path, values }
  return undefined
}

/** What a part says, if its one fact is all that it says: a fact only has to follow from the part. */
function demandOf(expr: Expr, [fact, ...more]: Fact[], { chains }: ReadCondition): Demand | undefined {
  if (!fact || more.length > 0 || !isPlain(expr, chains)) return undefined
  return asDemand(fact)
}

/** A comparison of one claim with literals, or several of them joined by `||`. */
function isPlain(expr: Expr, chains: ReadCondition['chains']): boolean {
  const isLiteral = (side: Expr): boolean =>
    side.kind === 'literal' || (side.kind === 'list' && side.items.every(isLiteral))
  const isClaim = (side: Expr) => claimPath(side) !== undefined
  if (expr.kind === 'has') return true
  if (expr.kind === 'method')
    return (
      ['startsWith', 'endsWith'].includes(expr.name) && isClaim(expr.target) && expr.args.every(isLiteral)
    )
  if (expr.kind !== 'binary') return false
  const { op, left, right } = expr
  if (op === '||') return chains.some(({ start, end }) => start === expr.start && end === expr.end)
  if (op === 'in') return isClaim(left) && isLiteral(right)
  return op === '==' && ((isClaim(left) && isLiteral(right)) || (isClaim(right) && isLiteral(left)))
}
