/**
 * What `analyse` says of a condition must be so: held against what the condition does with tokens. Random
 * conditions over tokens that lack random claims.
 */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Expr } from '../../server/src/cel/ast.ts'
import {
  analyse,
  applyFixes,
  check,
  type Evaluation,
  evaluate,
  type Fact,
  type Parsed,
  parse,
} from '../../server/src/cel/index.ts'
import { children, walk } from '../../server/src/cel/walk.ts'
import { claims, condition } from './conditions.ts'

const seed = 20260101
const numRuns = 1200

type Claims = Record<string, unknown>
const names = Object.keys(claims)
const token: fc.Arbitrary<Claims> = fc
  .subarray(names, { minLength: names.length - 4 })
  .map(kept => Object.fromEntries(kept.map(name => [name, (claims as Claims)[name]])))

type Good = Extract<Parsed, { ok: true }>

/** Runs `property` over conditions that parse. */
function forAll(property: (parsed: Good, claims: Claims) => void, runs = numRuns): void {
  fc.assert(
    fc.property(condition, token, (source, known) => {
      const parsed = parse(source)
      if (parsed.ok) property(parsed, known)
    }),
    { seed, numRuns: runs },
  )
}

function outcome(answer: Evaluation): string {
  return 'error' in answer ? 'error' : String(answer.result)
}

function at(claims: Claims, path: string[]): unknown {
  let value: unknown = claims
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Claims)[name]
  }
  return value
}

const same = (json: unknown, value: unknown) =>
  json === value || (typeof value === 'bigint' && json === Number(value))

function holds(fact: Fact, claims: Claims): boolean {
  if (fact.kind === 'any') return fact.branches.some(({ facts }) => facts.every(f => holds(f, claims)))
  const json = at(claims, fact.path)
  const text = typeof json === 'string' ? json : ''
  switch (fact.kind) {
    case 'equals':
    case 'in':
      return fact.values.some(value => same(json, value))
    case 'includes':
      // `in` also asks for the key of an object.
      if (!Array.isArray(json)) return typeof json === 'object'
      return json.some(item => fact.values.some(value => same(item, value)))
    case 'startsWith':
      return fact.values.some(value => text.startsWith(String(value)))
    case 'endsWith':
      return fact.values.some(value => text.endsWith(String(value)))
    case 'contains':
      return fact.values.some(value => text.includes(String(value)))
    case 'matches':
      return (
        typeof json === 'string' &&
        (fact.values.length === 0 || fact.values.some(v => text.startsWith(String(v))))
      )
    case 'present':
      return json !== undefined
    case 'other':
      return true
  }
}

describe('for random conditions', () => {
  it('every fact holds for a token that is admitted', () => {
    let admitted = 0
    forAll(({ source, expr }, known) => {
      if (outcome(evaluate(source, known)) !== 'true') return
      admitted++
      for (const fact of analyse({ source, expr }).facts)
        expect(holds(fact, known), JSON.stringify([source, fact.kind])).toBe(true)
    })
    expect(admitted).toBeGreaterThan(numRuns / 20)
  })

  it('a constant is what every token gives', () => {
    forAll((parsed, known) => {
      const { constant } = analyse(parsed)
      if (constant !== undefined) expect(outcome(evaluate(parsed.source, known))).toBe(String(constant))
    })
  })

  it('without a claim that a plain conjunct reads nobody is admitted', () => {
    forAll((parsed, known) => {
      for (const read of analyse(parsed).reads) {
        if (!read.plainConjunct || read.test || at(known, read.path) !== undefined) continue
        expect(outcome(evaluate(parsed.source, known))).not.toBe('true')
      }
    })
  })

  it('what is known of a token does not change when more is known', () => {
    forAll(({ source }, known) => {
      const before = outcome(evaluate(source, known, { complete: false }))
      // Only lists and objects that are known in part can hide an error.
      if (before === 'true' || before === 'false') expect(outcome(evaluate(source, claims))).toBe(before)
    })
  })

  it('parentheses around mixed operators, and `in` for a chain, change no answer', () => {
    forAll((parsed, known) => {
      const { mixed, chains } = analyse(parsed)
      const before = outcome(evaluate(parsed.source, known))
      for (const { fix } of mixed)
        expect(outcome(evaluate(applyFixes(parsed.source, fix), known))).toBe(before)
      for (const { fix } of chains)
        expect(outcome(evaluate(applyFixes(parsed.source, fix), known))).toBe(before)
    })
  })

  it('a guard before the scope of a read admits nobody else', () => {
    forAll((parsed, known) => {
      const before = outcome(evaluate(parsed.source, known))
      for (const { scope, path, guarded } of analyse(parsed).reads) {
        const [name, ...deeper] = path
        if (guarded || name === undefined || deeper.length > 0) continue
        const fix = { title: '', start: scope.start, end: scope.start, text: `has(claims.${name}) && ` }
        if (!/^\w+$/.test(name) || before === 'true') continue
        const after = outcome(evaluate(applyFixes(parsed.source, fix), known))
        expect(after, JSON.stringify([parsed.source, name, scope])).not.toBe('true')
      }
    })
  })

  it('taking a conjunct out leaves a condition without it', () => {
    forAll(({ source, expr }) => {
      const { conjuncts } = analyse({ source, expr })
      if (conjuncts.length < 2) return
      for (const { removal } of conjuncts) {
        const rest = parse(applyFixes(source, removal))
        expect(rest.ok && analyse(rest).conjuncts.length).toBe(conjuncts.length - 1)
      }
    })
  })

  it('a condition in which nothing is wrong names nothing that does not exist', () => {
    forAll((parsed, known) => {
      const answer = evaluate(parsed.source, known)
      if ('error' in answer && check(parsed).length === 0) expect(answer.error).not.toMatch(/^There is no/)
    })
  })
})

describe('the tree', () => {
  it('gives every part a range that says the same alone', () => {
    forAll(({ source, expr }) => {
      for (const part of walk(expr)) {
        const { start, end, outer } = part
        expect(outer.start <= start && start < end && end <= outer.end).toBe(true)
        for (const child of children(part)) {
          // A field that `has` asks for is a part of it, and so is everything else of what it is in.
          expect(child.outer.start >= start && child.outer.end <= end).toBe(true)
        }
        for (const span of [{ start, end }, outer]) {
          const alone = parse(source.slice(span.start, span.end))
          expect(alone.ok && shape(alone.expr), source.slice(span.start, span.end)).toBe(shape(part))
        }
      }
    }, 500)
  })

  it('gives names and operators their own ranges', () => {
    forAll(({ source, expr }) => {
      for (const part of walk(expr)) {
        if ('nameSpan' in part)
          expect(source.slice(part.nameSpan.start, part.nameSpan.end)).toBe(
            'name' in part ? part.name : 'has',
          )
        if ('opSpan' in part) expect(source.slice(part.opSpan.start, part.opSpan.end)).toBe(part.op)
        if (part.kind === 'literal') expect(source.slice(part.start, part.end)).toBe(part.text)
      }
    })
  })
})

/** A tree without its places. */
function shape(expr: Expr): string {
  const own = 'name' in expr ? expr.name : 'op' in expr ? expr.op : expr.kind === 'literal' ? expr.text : ''
  return `${expr.kind} ${own}(${children(expr).map(shape)})`
}

describe('for any text', () => {
  const pieces = fc.constantFrom(
    ...'()[]{}.,:?!-+*/%<>=&|"\'\\`$#@; \n'.split(''),
    ...[
      'claims',
      'a',
      '.a',
      '"x"',
      "'y'",
      '1',
      '0x',
      '1e',
      '&&',
      '||',
      '==',
      '!=',
      'in',
      'and',
      'not',
      'has(',
      'r"',
      'b"',
      '"""',
      '//',
      'true',
      'exists(',
      '“',
      '\u00a0',
      '😀',
      '\\d',
      'matches("',
    ],
  )

  it('parsing never throws, and a problem lies within the text', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), parts => {
        const source = parts.join('')
        const parsed = parse(source)
        const problems = parsed.ok ? check(parsed) : [parsed.problem]
        if (parsed.ok) analyse(parsed)
        for (const { start, end, message, fix } of problems) {
          expect(0 <= start && start <= end && end <= source.length, source).toBe(true)
          // A range of nothing cannot be underlined.
          if (source !== '') expect(end, source).toBeGreaterThan(start)
          expect(message).toMatch(/^[^\n]+$/)
          if (fix) expect(fix.start <= fix.end && fix.end <= source.length).toBe(true)
        }
      }),
      { seed, numRuns: 10_000 },
    )
  })
})
