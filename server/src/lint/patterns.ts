import type { ClaimFact } from '../cel/index.ts'
import { conditionFix } from './condition-edit.ts'
import type { Condition } from './conditions.ts'
import type { Fix } from './rule.ts'

/** A comparison that lets more through than it names, and what to write instead. */
export interface Slip {
  message: string
  fixes: Fix[]
}

type Pattern = NonNullable<ClaimFact['pattern']>

/** Whether each side is anchored, or deliberately open behind a separator: `^repo:acme/[a-z]+:.*` */
export function isBounded({ source, anchoredStart, anchoredEnd }: Pattern): boolean {
  return (
    (anchoredStart || /^\^?\.[*+]\\?[:/@]/.test(source)) &&
    (anchoredEnd || /[:/@](?:\.[*+])?\$?$/.test(source))
  )
}

/** Where more may stand, for a sentence. */
export function openSides({ anchoredStart, anchoredEnd }: Pattern): string {
  if (anchoredStart) return 'behind it'
  return anchoredEnd ? 'before it' : 'around it'
}

/** `^` and `$` around the pattern; around all of its alternatives, of which a bare `^` would bind the first alone. */
export function anchors({ literals, pattern }: ClaimFact, { rule, node }: Condition): Fix[] {
  const [literal] = literals
  const [, open = '', quotes = ''] = /^([rR]?("""|'''|["']))/.exec(literal?.text ?? '') ?? []
  if (!literal || !pattern || !quotes) return []
  const inner = literal.text.slice(open.length, -quotes.length)
  const text = pattern.source.includes('|')
    ? `^(?:${inner})$`
    : `${inner.startsWith('^') ? '' : '^'}${inner}${inner.endsWith('$') ? '' : '$'}`
  const title = 'Match the whole text: `^…$`'
  return [
    conditionFix(rule, node, { title, start: literal.start, end: literal.end, text: open + text + quotes }),
  ]
}

/** Bare dots between letters, as in host names. `[.]` needs no escape, whatever quotes stand around it. */
export function dots({ pattern, literals }: ClaimFact, { rule, node, source }: Condition): Slip | undefined {
  const [literal] = literals
  const bare = (pattern?.dots ?? []).filter(
    ({ start, end }) => /[\w/]/.test(source.charAt(start - 1)) && /\w/.test(source.charAt(end)),
  )
  const [first] = bare
  if (!first || !literal) return undefined
  const around = /[\w.-]*$/.exec(source.slice(0, first.start))?.[0] ?? ''
  const behind = /^[\w-]*/.exec(source.slice(first.end))?.[0] ?? ''
  let text = source.slice(literal.start, literal.end)
  for (const { start, end } of bare.toReversed())
    text = `${text.slice(0, start - literal.start)}[.]${text.slice(end - literal.start)}`
  const { start, end } = literal
  return {
    message: `A bare \`.\` stands for any character: "${around}x${behind}" passes too`,
    fixes: [conditionFix(rule, node, { title: 'Write `[.]` for each dot', start, end, text })],
  }
}
