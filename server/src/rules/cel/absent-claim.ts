import { claim, parse, quote } from '../../cel/index.ts'
import { conditionFix } from '../../lint/condition-edit.ts'
import { type Condition, conditions } from '../../lint/conditions.ts'
import { partOf } from '../../lint/part.ts'
import { type Fix, type Report, rule } from '../../lint/rule.ts'
import { nearest } from '../../text/nearest.ts'
import { claimAt } from '../../wif/claims.ts'
import type { Provider } from '../../wif/providers/provider.ts'

/** Their customers add claims of their own, so that a name nobody documents may be right. */
const CUSTOMISED = ['okta', 'entra-v1', 'entra-v2', 'spiffe']

export const absentClaim = rule({
  id: 'cel/absent-claim',
  title: 'Claim may be absent where that is an error',
  class: 'unreliable',
  since: '0.1.0',
  yieldsTo: ['cel/dotted-claim'],
  check(file, report, view) {
    for (const condition of conditions(file, view)) {
      const { provider } = condition
      if (!provider) continue
      for (const read of condition.reads) {
        const slip = slipOf(provider, read.path)
        if (slip) reportSlip(condition, read, slip, provider, report)
        else if (!read.test && !read.guarded && !read.plainConjunct)
          reportOptional(condition, read, provider, report)
      }
    }
  },
})

type Read = Condition['reads'][number]

// --- names that no token has -------------------------------------------------------------------------------

/** The path that was meant, where the provider sends a claim with almost the same name. */
function slipOf(provider: Provider, path: string[]): string[] | undefined {
  let members: Provider['claims'] | undefined = provider.claims
  for (const [i, name] of path.entries()) {
    if (!members || Object.keys(members).length === 0) return undefined
    if (!Object.hasOwn(members, name)) {
      const meant = name.length > 2 ? nearest(name, Object.keys(members)) : undefined
      return meant === undefined ? undefined : [...path.slice(0, i), meant, ...path.slice(i + 1)]
    }
    members = members[name]?.members
  }
  return undefined
}

function reportSlip(
  { rule, node }: Condition,
  read: Read,
  meant: string[],
  provider: Provider,
  report: Report,
): void {
  const { start, end } = read
  const text = claim(meant)
  const wrong = read.path.find((name, i) => name !== meant[i])
  const right = meant.find((name, i) => name !== read.path[i])
  const fix = conditionFix(rule, node, { title: `Write \`${text}\``, start, end, text })
  const certain = read.plainConjunct && !CUSTOMISED.includes(provider.id)
  report(
    partOf(rule, node, read),
    `${provider.name} tokens have no claim \`${wrong}\`: did you mean \`${right}\`?`,
    { ...(certain && { severity: 'error' }), fixes: [fix] },
  )
}

// --- claims that not every token has -----------------------------------------------------------------------

function reportOptional(condition: Condition, read: Read, provider: Provider, report: Report): void {
  const { rule, node, reads } = condition
  const needed = optionalParts(provider, read.path)
  const isTested = (path: string[]) =>
    reads.some(other => other.test && other.start < read.start && same(other.path, path))
  const missing = needed.filter(path => !isTested(path))
  const [first] = missing
  if (!first) return
  const why = read.positive
    ? 'without it this is an error, and the token is denied unless another branch is true'
    : 'without it this is an error, and the token is denied'
  report(partOf(rule, node, read), `Not every ${provider.name} token has \`${first.at(-1)}\`: ${why}`, {
    ...(read.positive && { severity: 'info' }),
    fixes: guard(condition, read, missing),
  })
}

/** The path and what is above it, as far as not every token has it. */
function optionalParts(provider: Provider, path: string[]): string[][] {
  const parts = path.map((_, i) => path.slice(0, i + 1))
  return parts.filter(part => claimAt(provider, part)?.optional)
}

function same(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i])
}

function guard({ rule, node, source }: Condition, { scope }: Read, paths: string[][]): Fix[] {
  const tests = paths.map(test).join(' && ')
  const guarded = `${tests} && ${asOperand(source.slice(scope.start, scope.end))}`
  const isAll = source.slice(0, scope.start).trim() === '' && source.slice(scope.end).trim() === ''
  const text = isAll ? guarded : `(${guarded})`
  return [
    conditionFix(rule, node, { title: `Guard with \`${tests}\``, start: scope.start, end: scope.end, text }),
  ]
}

/** `text` as it may stand behind `&&`. */
function asOperand(text: string): string {
  const parsed = parse(text)
  const loose =
    parsed.ok &&
    (parsed.expr.kind === 'ternary' || (parsed.expr.kind === 'binary' && parsed.expr.op === '||'))
  return loose && parsed.expr.outer.start === parsed.expr.start ? `(${text})` : text
}

/** What asks whether the token has the claim. */
function test(path: string[]): string {
  const dotted = claim(path)
  const [name = ''] = path.slice(-1)
  return dotted.endsWith(']') ? `${quote(name)} in ${claim(path.slice(0, -1))}` : `has(${dotted})`
}
