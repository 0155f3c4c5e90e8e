import { describe, expect, it } from 'vitest'
import { evaluate } from './evaluate.ts'

const claims = {
  sub: 'repo:acme/web:ref:refs/heads/main',
  aud: ['https://api.anthropic.com', 'other'],
  exp: 1767225600,
  iat: 1767222000,
  ratio: 0.5,
  big: 1e300,
  flag: true,
  wide: 'é😀',
  nothing: null,
  'https://sts.amazonaws.com/': { aws_account: '123456789012' },
  'kubernetes.io': { namespace: 'inference' },
  groups: [],
}

const results: [string, boolean][] = [
  ['claims.sub == "repo:acme/web:ref:refs/heads/main"', true],
  ['claims.exp - claims.iat == 3600', true],
  ['claims.exp - claims.iat < 3600.5', true],
  ['claims.ratio == 0.5 && claims.ratio * 2.0 == 1', true],
  ['claims.big > 9223372036854775807', true],
  ['claims["https://sts.amazonaws.com/"].aws_account == "123456789012"', true],
  ['has(claims["https://sts.amazonaws.com/"].aws_account)', true],
  ['has(claims["https://sts.amazonaws.com/"].org_id)', false],
  ['has(claims.sub.x)', false],
  ['"sub" in claims && !("nope" in claims)', true],
  ['"other" in claims.aud', true],
  ['claims.sub.matches("^repo:acme/") && !claims.sub.matches("acme$")', true],
  ['claims.sub.matches("(?i)MAIN$")', true],
  ['claims.sub == 1', false],
  ['claims.sub != 1', true],
  ['claims.nothing == null', true],
  ['size(claims.wide) == 2', true],
  ['claims.sub == "x" || claims.flag', true],
  // A side without a value does not matter where the other decides.
  ['claims.absent == "x" || claims.flag', true],
  ['claims.absent == "x" && claims.sub == "no"', false],
  ['claims.groups.all(g, g == "x")', true],
  ['claims.groups.exists(g, g == "x")', false],
  ['claims.aud.exists(a, a.nope || a == "other")', true],
  ['claims.flag ? claims.iat < claims.exp : claims.absent', true],
  ['timestamp(claims.iat) == timestamp("2025-12-31T23:00:00Z")', true],
]

describe('evaluate', () => {
  it.each(results)('%s', (source, result) => expect(evaluate(source, claims)).toMatchObject({ result }))

  const errors: [string, string, string][] = [
    ['claims.absent == "x"', '`claims.absent` is absent', 'claims.absent'],
    ['claims.absent.deep == "x"', '`claims.absent` is absent', 'claims.absent'],
    [
      'claims["kubernetes.io"].pod == "x"',
      '`claims["kubernetes.io"].pod` is absent',
      'claims["kubernetes.io"].pod',
    ],
    ['claims.sub', 'A string is not true or false', 'claims.sub'],
    ['claims.flag && claims.sub', 'A string is not true or false', 'claims.sub'],
    ['claims.sub < 1', 'A string and an int have no order', 'claims.sub < 1'],
    [
      'claims.exp.startsWith("1")',
      '`startsWith` cannot be applied to an int and a string',
      'claims.exp.startsWith("1")',
    ],
    ['claims.aud[5] == "x"', 'The list has 2 items, none at 5', 'claims.aud[5]'],
    ['claims.exp / 0 == 1', 'Division by zero', 'claims.exp / 0'],
    [
      'claims.exp * 9223372036854775807 > 0',
      'The number does not fit into 64 bits',
      'claims.exp * 9223372036854775807',
    ],
    [
      'claims.sub.matches("(?=x)")',
      'RE2 has no lookahead: put what must not follow into a second condition with `!`',
      'claims.sub.matches("(?=x)")',
    ],
    // CEL reads relations from left to right: `(true == 1) < 2`.
    ['true == 1 < 2', 'A bool and an int have no order', 'true == 1 < 2'],
    ['assertion.sub == "x"', 'There is no variable `assertion`', 'assertion'],
    ['claims.sub = "x"', '`=` is not CEL: write `==`', '='],
  ]
  it.each(errors)('%s is an error', (source, error, at) => {
    const answer = evaluate(source, claims)
    expect(answer).toMatchObject({ error })
    if ('error' in answer) expect(source.slice(answer.start, answer.end)).toBe(at)
  })

  it('traces every conjunct, also behind one that is false', () => {
    const source = 'claims.sub == "x" && claims.flag && claims.absent == 1'
    const { trace, ...answer } = evaluate(source, claims)
    expect(answer).toEqual({ result: false })
    expect(trace.map(t => [source.slice(t.start, t.end), t.result, t.message])).toEqual([
      ['claims.sub == "x"', false, undefined],
      ['claims.flag', true, undefined],
      ['claims.absent == 1', 'error', '`claims.absent` is absent'],
    ])
    expect(trace[2]?.at && source.slice(trace[2].at.start, trace[2].at.end)).toBe('claims.absent')
  })

  it('takes a claim named like a part of JavaScript for what it is', () => {
    const hostile = JSON.parse('{"__proto__": {"a": 1}, "constructor": "c"}')
    expect(evaluate('claims.__proto__.a == 1 && claims.constructor == "c"', hostile)).toMatchObject({
      result: true,
    })
    expect(evaluate('has(claims.toString) || has(claims.hasOwnProperty)', hostile)).toMatchObject({
      result: false,
    })
  })

  it('says so when the claims are no JSON', () => {
    let deep: unknown = 1
    for (let i = 0; i < 200; i++) deep = [deep]
    for (const wrong of [deep, { a: () => 1 }, 1n])
      expect(evaluate('true', wrong)).toMatchObject({ error: 'The claims are not JSON, or nested too deep' })
  })
})

describe('with claims that are not all known', () => {
  const known = { sub: 'a', 'kubernetes.io': { namespace: 'ns' }, aud: ['x'] }
  const open: [string, boolean | 'unknown' | 'error'][] = [
    ['claims.sub == "a"', true],
    ['claims.sub == "b" && claims.other == 1', false],
    ['claims.sub == "a" && claims.other == 1', 'unknown'],
    ['claims.sub == "a" || claims.other == 1', true],
    ['claims["kubernetes.io"].namespace == "ns"', true],
    ['claims["kubernetes.io"].pod == "p"', 'unknown'],
    ['has(claims.other)', 'unknown'],
    ['"other" in claims', 'unknown'],
    ['has(claims.sub) && "sub" in claims', true],
    ['"y" in claims.aud', false],
    ['claims["kubernetes.io"] == {"namespace": "ns"}', 'unknown'],
    ['size(claims) == 3', 'unknown'],
    ['claims.exists(k, k == "sub")', 'unknown'],
    ['claims.sub < 1', 'error'],
    // It may turn out false, and then the error does not matter.
    ['claims.sub < 1 && claims.other', 'unknown'],
    ['claims.other == 1 ? true : true', 'unknown'],
  ]
  it.each(open)('%s is %s', (source, expected) => {
    const answer = evaluate(source, known, { complete: false })
    expect('error' in answer ? 'error' : answer.result).toBe(expected)
  })
})
