import { describe, expect, it } from 'vitest'
import type { Expr } from './ast.ts'
import { limits, parse } from './parse.ts'
import { applyFixes } from './problem.ts'
import { children, walk } from './walk.ts'

function tree(source: string): Expr {
  const parsed = parse(source)
  if (!parsed.ok) throw new Error(parsed.problem.message)
  return parsed.expr
}

/** The tree with every operation in parentheses. */
function grouped(expr: Expr, source: string): string {
  if (expr.kind === 'binary')
    return `(${grouped(expr.left, source)} ${expr.op} ${grouped(expr.right, source)})`
  if (expr.kind === 'unary') return `(${expr.op}${grouped(expr.operand, source)})`
  if (expr.kind === 'ternary')
    return `(${[expr.test, expr.yes, expr.no].map(e => grouped(e, source)).join(' ')})`
  return source.slice(expr.start, expr.end)
}

describe('parse', () => {
  it.each([
    ['a == b < c', '((a == b) < c)'],
    ['a < b == c', '((a < b) == c)'],
    ['a == "x" in ["y"]', '((a == "x") in ["y"])'],
    ['a == (b < c)', '(a == (b < c))'],
    ['a == b < c == d in e', '((((a == b) < c) == d) in e)'],
    ['a == b + c * d', '(a == (b + (c * d)))'],
    ['a || b && c', '(a || (b && c))'],
    ['!a && -b < c', '((!a) && ((-b) < c))'],
    ['a - -1', '(a - -1)'],
    ['a ? b : c ? d : e', '(a b (c d e))'],
  ])('%s', (source, expected) => expect(grouped(tree(source), source)).toBe(expected))

  it.each([
    ['has(claims.a)', 'has'],
    ['claims.a.exists(x, x)', 'macro'],
    ['claims.a.map(x, x, x)', 'macro'],
    ['claims.a.exists(x)', 'method'],
    ['has(claims)', 'call'],
    ['-5', 'literal'],
    ['-(5)', 'unary'],
    ['-claims.a', 'unary'],
    ['(claims.a)', 'select'],
    ['((claims["a"]))', 'index'],
    ['{"a": [1, 2]}', 'map'],
  ])('%s is a %s', (source, kind) => expect(tree(source).kind).toBe(kind))

  it('tells parentheses that group from those of a call', () => {
    const source = ' ( (claims.f( (a) , b )) ) '
    const call = tree(source)
    expect(source.slice(call.start, call.end)).toBe('claims.f( (a) , b )')
    expect(source.slice(call.outer.start, call.outer.end)).toBe('( (claims.f( (a) , b )) )')
    const [, a, b] = children(call).map(part => source.slice(part.outer.start, part.outer.end))
    expect([a, b]).toEqual(['(a)', 'b'])
    const list = tree('x in (y)')
    expect(list.kind === 'binary' && list.right.outer).toEqual({ start: 5, end: 8 })
  })

  it('visits every part, parents first', () => {
    const source = 'a.b(c)[d] ? [e] : {f: g}'
    const texts = [...walk(tree(source))].map(part => source.slice(part.start, part.end))
    expect(texts).toEqual([source, 'a.b(c)[d]', 'a.b(c)', 'a', 'c', 'd', '[e]', 'e', '{f: g}', 'f', 'g'])
  })

  it('says of what is too large only that', () => {
    const large = [
      'x'.repeat(limits.length + 1),
      `${'('.repeat(100)}x${')'.repeat(100)}`,
      `[${'1,'.repeat(600)}1]`,
      `x${'||x'.repeat(2000)}`,
    ]
    for (const source of large) {
      const parsed = parse(source)
      expect(parsed.ok).toBe(false)
      if (!parsed.ok)
        expect(parsed.problem).toMatchObject({ code: 'too-large', start: 0, end: source.length })
    }
    expect(parse(`"${'x'.repeat(limits.length - 2)}"`).ok).toBe(true)
  })

  // What the fix of a syntax error makes of the condition.
  it.each([
    ['claims.a = "b"', 'claims.a == "b"'],
    ['claims.a === "b"', 'claims.a == "b"'],
    ['claims.a !== "b"', 'claims.a != "b"'],
    ['claims.a => 1', 'claims.a >= 1'],
    ['claims.a & claims.b', 'claims.a && claims.b'],
    ['claims.a ||| claims.b', 'claims.a || claims.b'],
    ['claims.a and claims.b', 'claims.a && claims.b'],
    ['not claims.a == "x" and claims.b', '!(claims.a == "x") and claims.b'],
    ['claims.x && claims.a not in ["b"] || claims.c', 'claims.x && !(claims.a in ["b"]) || claims.c'],
    ['claims.a startswith "b"', 'claims.a.startsWith("b")'],
    ['claims.a == “b”', 'claims.a == "b"'],
    ['claims.a ==\u00a0"b"', 'claims.a == "b"'],
    ['claims.a.matches("\\.b")', 'claims.a.matches("\\\\.b")'],
    ['claims."a/b" == "c"', 'claims["a/b"] == "c"'],
    ['claims.`a/b` == "c"', 'claims["a/b"] == "c"'],
    ['claims.["a"] == "c"', 'claims["a"] == "c"'],
    ['claims.aud.0 == "c"', 'claims.aud[0] == "c"'],
    ['claims.in == "c"', 'claims["in"] == "c"'],
    ['claims.a == "b");', 'claims.a == "b";'],
    ['claims.a == 12ab', 'claims.a == "12ab"'],
    ['claims.a == \\"b\\"', 'claims.a == "b\\"'],
  ])('%s is fixed', (source, fixed) => {
    const parsed = parse(source)
    expect(!parsed.ok && parsed.problem.fix && applyFixes(source, parsed.problem.fix)).toBe(fixed)
  })
})
