/**
 * 20,000 random conditions, evaluated by us and by `@bufbuild/cel`, which shares no code with us: another
 * parser, another evaluator. A difference that is not on the list below fails with the smallest such condition.
 */

import { celEnv, parse as parseOther, plan } from '@bufbuild/cel'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { evaluate } from '../../server/src/cel/index.ts'
import { claims, condition } from './conditions.ts'

const seed = 20260101
const runs = 20_000

/**
 * Differences that are known; in all of them we give an error, which denies, and follow cel-go, the reference
 * implementation. Only a condition that has `form` and is answered by an error is let pass.
 */
const known: { why: string; form: RegExp }[] = [
  { why: 'theirs negates a bool twice', form: /-\(-\(/ },
  { why: 'theirs takes any text for a double, and an empty one for an int', form: /\b(?:double|int|uint)\(/ },
  { why: 'theirs takes an int, and an empty text, for a duration', form: /\bduration\(/ },
  { why: 'theirs takes a timestamp beyond the year 9999', form: /\btimestamp\(/ },
  {
    why: 'theirs finds no fields in a list, where cel-go fails',
    form: /\bhas\(claims\.(?:aud|groups|numbers|mixed)\.x\)/,
  },
  { why: 'theirs indexes a list by a bool', form: /\)\[/ },
]
/** The one where they fail and we answer: it throws on a fraction as index, though the rest decides. */
const theyThrow = /\)\[/

/** Integral numbers are ints, as ours are. */
function toInput(json: unknown): unknown {
  if (typeof json === 'number' && Number.isInteger(json)) return BigInt(json)
  if (Array.isArray(json)) return json.map(toInput)
  if (typeof json !== 'object' || json === null) return json
  return new Map(Object.entries(json).map(([key, value]) => [key, toInput(value)]))
}

const environment = celEnv()
const input = { claims: toInput(claims) } as Parameters<ReturnType<typeof plan>>[0]

function theirs(source: string): string {
  try {
    const value = plan(environment, parseOther(source))(input)
    return typeof value === 'boolean' ? String(value) : 'error'
  } catch {
    return 'error'
  }
}

function ours(source: string): string {
  const answer = evaluate(source, claims)
  return 'error' in answer ? 'error' : String(answer.result)
}

function isKnown(source: string, ours: string, theirs: string): boolean {
  if (ours === 'error') return known.some(({ form }) => form.test(source))
  return theirs === 'error' && theyThrow.test(source)
}

it(`answers ${runs} random conditions as @bufbuild/cel does`, () => {
  const counts: Record<string, number> = {}
  fc.assert(
    fc.property(condition, source => {
      const [a, b] = [ours(source), theirs(source)]
      counts[a] = (counts[a] ?? 0) + 1
      if (a === b || isKnown(source, a, b)) return
      const answer = evaluate(source, claims)
      throw new Error(`we say ${a}, they say ${b}: ${JSON.stringify(answer)}`)
    }),
    { seed, numRuns: runs },
  )
  // A generator that only makes errors, or only one answer, would prove nothing.
  for (const kind of ['true', 'false', 'error']) expect(counts[kind]).toBeGreaterThan(runs / 20)
}, 60_000)
