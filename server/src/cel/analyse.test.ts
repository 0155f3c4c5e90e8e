import { describe, expect, it } from 'vitest'
import { analyse } from './analyse.ts'
import type { Fact } from './fact.ts'
import { parse } from './parse.ts'
import { claim } from './print.ts'
import { applyFixes } from './problem.ts'

function analysis(source: string) {
  const parsed = parse(source)
  if (!parsed.ok) throw new Error(parsed.problem.message)
  return analyse(parsed)
}

/** A fact in one line: `claims.sub startsWith "a"`; branches between braces. */
function line(fact: Fact): string {
  if (fact.kind === 'any')
    return `any { ${fact.branches.map(b => b.facts.map(line).join(' & ')).join(' | ')} }`
  const values = fact.values.map(value => (typeof value === 'bigint' ? `${value}` : JSON.stringify(value)))
  return [claim(fact.path), fact.kind, values.join(',')].filter(part => part !== '').join(' ')
}

const facts: [condition: string, facts: string[]][] = [
  ['claims.sub == "a"', ['claims.sub equals "a"']],
  ['"a" == claims.sub', ['claims.sub equals "a"']],
  ['claims.n == 1 && claims.ok == true', ['claims.n equals 1', 'claims.ok equals true']],
  [
    'claims["https://sts.amazonaws.com/"].aws_account == "1"',
    ['claims["https://sts.amazonaws.com/"].aws_account equals "1"'],
  ],
  ['claims.ref in ["a", "b"]', ['claims.ref in "a","b"']],
  ['claims.ref in ["a"]', ['claims.ref equals "a"']],
  ['["a", "b"].exists(v, v == claims.ref)', ['claims.ref in "a","b"']],
  ['["a/", "b/"].exists(p, claims.sub.startsWith(p))', ['claims.sub startsWith "a/","b/"']],
  ['"x" in claims.aud', ['claims.aud includes "x"']],
  ['claims.aud.exists(a, a == "x")', ['claims.aud includes "x"']],
  ['claims.aud.exists(a, a in ["x", "y"])', ['claims.aud includes "x","y"']],
  ['claims.aud.all(a, a == "x")', ['claims.aud other']],
  ['has(claims.a) && "b" in claims', ['claims.a present', 'claims.b present']],
  [
    'claims.a.startsWith("x") && claims.b.endsWith("y") && claims.c.contains("z")',
    ['claims.a startsWith "x"', 'claims.b endsWith "y"', 'claims.c contains "z"'],
  ],
  ['claims.a.startsWith("x") == true', ['claims.a startsWith "x"']],
  ['(claims.a == "x") != false', ['claims.a equals "x"']],
  // `||` keeps its branches apart, parentheses and all.
  ['claims.a == "x" || claims.b == "y"', ['any { claims.a equals "x" | claims.b equals "y" }']],
  [
    'claims.a == "x" && (claims.b == "y" || claims.c == "z" && claims.d == "w")',
    ['claims.a equals "x"', 'any { claims.b equals "y" | claims.c equals "z" & claims.d equals "w" }'],
  ],
  ['claims.a == "x" || false', ['claims.a equals "x"']],
  ['claims.a == "x" || true', ['any { claims.a equals "x" |  }']],
  [
    'claims.a ? claims.b == "x" : claims.c == "y"',
    ['any { claims.a other & claims.b equals "x" | claims.a other & claims.c equals "y" }'],
  ],
  ['claims.a == "x" ? claims.b == "y" : false', ['claims.a equals "x"', 'claims.b equals "y"']],
  // A negation pins nothing, unless what it says is an equality.
  ['claims.a != "x"', ['claims.a other']],
  ['!(claims.a == "x")', ['claims.a other']],
  ['!claims.a.startsWith("x")', ['claims.a other']],
  ['!has(claims.a)', ['claims.a other']],
  ['!(claims.a != "x" || claims.b != "y")', ['claims.a equals "x"', 'claims.b equals "y"']],
  ['!(claims.a != "x" && claims.b != "y")', ['any { claims.a equals "x" | claims.b equals "y" }']],
  ['![claims.a].all(v, v != "x")', ['claims.a other']],
  ['!["x"].all(v, v != claims.a)', ['claims.a equals "x"']],
  ['claims.a == claims.b', ['claims.a other']],
  ['claims.a > 3', ['claims.a other']],
  ['claims.a.startsWith(claims.b)', ['claims.a other']],
  // Patterns.
  ['claims.a.matches("^x\\\\.y$")', ['claims.a equals "x.y"']],
  ['claims.a.matches("^x/.*")', ['claims.a startsWith "x/"']],
  ['matches(claims.a, "^(x|y)$")', ['claims.a in "x","y"']],
  ['claims.a.matches("x")', ['claims.a contains "x"']],
  ['claims.a.matches("^x[0-9]$")', ['claims.a matches "x"']],
  ['claims.a.matches("x|^y$")', ['claims.a matches']],
]

describe('facts', () => {
  it.each(facts)('%s', (source, expected) => expect(analysis(source).facts.map(line)).toEqual(expected))

  it('know where they come from', () => {
    const source = '(claims.iss.matches("^https://a.b$")) && claims.b == "x"'
    const [first, second] = analysis(source).facts
    if (!first || first.kind === 'any' || !second || second.kind === 'any') throw new Error('no facts')
    const text = ({ start, end }: { start: number; end: number }) => source.slice(start, end)
    expect(text(first)).toBe('(claims.iss.matches("^https://a.b$"))')
    expect(first.claim && text(first.claim)).toBe('claims.iss')
    expect(first.pattern?.dots.map(text)).toEqual(['.'])
    expect(first.pattern?.dots[0]?.start).toBe(source.indexOf('.b$'))
    expect(first.pattern).toMatchObject({ anchoredStart: true, anchoredEnd: true, source: '^https://a.b$' })
    expect(second.literals.map(text)).toEqual(['"x"'])
  })
})

const constants: [string, boolean | undefined][] = [
  ['true', true],
  ['!false', true],
  ['1 == 1', true],
  ['"a" in ["a"]', true],
  ['claims.a == "x" || true', true],
  ['claims.a == "x" && false', false],
  ['[1, 2].all(n, n > 0)', true],
  ['"abc".matches("^b")', false],
  ['claims.a == claims.a', undefined],
  ['has(claims.sub)', undefined],
  ['claims.a == "x"', undefined],
  ['size(claims) > 0', undefined],
  ['1 / 0 == 1', undefined],
]

describe('constant', () => {
  it.each(constants)('%s', (source, expected) => expect(analysis(source).constant).toBe(expected))
})

/** Marks after a read: g(uarded), t(est), n(egative), p(lain conjunct). */
const reads: [condition: string, reads: string[]][] = [
  ['claims.a == "x"', ['claims.a p']],
  ['claims["b"].c[0] == claims.d', ['claims.b.c p', 'claims.d p']],
  ['claims[claims.k] == 1', ['claims p', 'claims.k p']],
  ['has(claims.a) && claims.a == "x"', ['claims.a gtp', 'claims.a gp']],
  ['claims.a == "x" && has(claims.a)', ['claims.a gp', 'claims.a gtp']],
  ['"a" in claims && claims.a == "x"', ['claims.a gtp', 'claims.a gp']],
  ['!has(claims.a) || claims.a == "x"', ['claims.a gtn', 'claims.a g']],
  ['has(claims.a) || claims.a == "x"', ['claims.a gt', 'claims.a ']],
  ['has(claims.a) ? claims.a == "x" : claims.b == "y"', ['claims.a gtn', 'claims.a g', 'claims.b ']],
  ['has(claims.a) && claims.a.b == "x"', ['claims.a gtp', 'claims.a.b p']],
  ['has(claims.a.b) && claims.a.b == "x"', ['claims.a.b gtp', 'claims.a p', 'claims.a.b gp']],
  ['claims.a == "x" && !(claims.a == "y")', ['claims.a p', 'claims.a gn']],
  ['claims.a == "x" || claims.b == "y"', ['claims.a ', 'claims.b ']],
  ['!(claims.a == "x")', ['claims.a n']],
  ['claims.a != "x"', ['claims.a np']],
  ['!(claims.a != "x")', ['claims.a ']],
  ['["x"].exists(v, v == claims.a)', ['claims.a p']],
  ['["x"].all(v, v == claims.a)', ['claims.a ']],
  ['[1].exists(claims, claims == 1)', []],
  ['(claims.a && claims.b) == false && claims.a', ['claims.a ', 'claims.b ', 'claims.a p']],
]

describe('reads', () => {
  it.each(reads)('%s', (source, expected) => {
    const marks = analysis(source).reads.map(
      r =>
        `${claim(r.path)} ${r.guarded ? 'g' : ''}${r.test ? 't' : ''}${r.positive ? '' : 'n'}${r.plainConjunct ? 'p' : ''}`,
    )
    expect(marks).toEqual(expected)
  })

  const scopes: [string, string][] = [
    ['claims.a == "x" || claims.env == "y"', 'claims.env == "y"'],
    ['claims.a == "x" || (claims.b == "z" && claims.env == "y")', 'claims.env == "y"'],
    ['claims.a == "x" || !(claims.b == "z" || claims.env == "y")', '!(claims.b == "z" || claims.env == "y")'],
    // Were the test false instead of an error, the third part would decide.
    ['claims.env == "y" ? claims.a : claims.b', 'claims.env == "y" ? claims.a : claims.b'],
    ['claims.x && (claims.a || claims.env == "y") == false', '(claims.a || claims.env == "y") == false'],
    ['claims.a ? claims.env == "y" : claims.b', 'claims.env == "y"'],
    ['[1].exists(n, n == 2 || claims.env == n)', 'claims.env == n'],
    ['[1].filter(n, n == 2 || claims.env == n) == []', '[1].filter(n, n == 2 || claims.env == n) == []'],
    ['[1].exists(n, claims.env == n) || claims.a', '[1].exists(n, claims.env == n)'],
  ]
  it.each(scopes)('%s is guarded before its scope', (source, expected) => {
    const read = analysis(source).reads.find(r => r.path[0] === 'env')
    expect(read && source.slice(read.scope.start, read.scope.end)).toBe(expected)
  })
})

describe('mixed operators', () => {
  const cases: [string, string | undefined][] = [
    ['claims.a && claims.b || claims.c', '(claims.a && claims.b) || claims.c'],
    [
      'claims.a || claims.b && claims.c || claims.d && claims.e',
      'claims.a || (claims.b && claims.c) || (claims.d && claims.e)',
    ],
    ['claims.x && (claims.a || claims.b && claims.c)', 'claims.x && (claims.a || (claims.b && claims.c))'],
    ['(claims.a && claims.b) || claims.c', undefined],
    ['claims.a && (claims.b || claims.c)', undefined],
  ]
  it.each(cases)('%s', (source, fixed) => {
    const [mixed] = analysis(source).mixed
    expect(mixed && applyFixes(source, mixed.fix)).toBe(fixed)
  })
})

describe('a chain of ||', () => {
  const cases: [string, string | undefined][] = [
    ['claims.ref == "a" || claims.ref == "b"', 'claims.ref in ["a", "b"]'],
    [
      'claims.x && (claims["k/n"].ns == "a" || "b" == claims["k/n"].ns || claims["k/n"].ns in ["c", "a"])',
      'claims.x && (claims["k/n"].ns in ["a", "b", "c"])',
    ],
    ['claims.ref == "a" || claims.sub == "b"', undefined],
    ['claims.ref == "a" || claims.ref.startsWith("b")', undefined],
    ['claims.n == 1 || claims.n == 2', undefined],
  ]
  it.each(cases)('%s', (source, fixed) => {
    const [chain] = analysis(source).chains
    expect(chain && applyFixes(source, chain.fix)).toBe(fixed)
  })
})

describe('comparisons', () => {
  it('pair claims with literals, wherever they stand', () => {
    const source =
      '!(claims.id == 1) && 2 < claims.n || "x" in claims.aud && claims.ref in ["a", 3] && claims.a == claims.b'
    const found = analysis(source).comparisons.map(c =>
      [claim(c.path), c.op, c.side, ...c.literals.map(l => l.text)].join(' '),
    )
    expect(found).toEqual([
      'claims.id == left 1',
      'claims.n < right 2',
      'claims.aud in right "x"',
      'claims.ref in left "a" 3',
    ])
  })
})

describe('conjuncts', () => {
  it('can be taken out', () => {
    const source = 'claims.a == "x" && (claims.b == "y" && claims.c) && !claims.d'
    const { conjuncts } = analysis(source)
    expect(conjuncts.map(c => source.slice(c.start, c.end))).toEqual([
      'claims.a == "x"',
      'claims.b == "y"',
      'claims.c',
      '!claims.d',
    ])
    expect(conjuncts.map(c => applyFixes(source, c.removal))).toEqual([
      '(claims.b == "y" && claims.c) && !claims.d',
      'claims.a == "x" && (claims.c) && !claims.d',
      'claims.a == "x" && (claims.b == "y") && !claims.d',
      'claims.a == "x" && (claims.b == "y" && claims.c)',
    ])
    const [only] = analysis('claims.a').conjuncts
    expect(only && applyFixes('claims.a', only.removal)).toBe('')
  })
})
