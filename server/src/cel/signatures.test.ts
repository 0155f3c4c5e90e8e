import { describe, expect, it } from 'vitest'
import { parse } from './parse.ts'
import { claim, quote } from './print.ts'
import { signatures } from './signatures.ts'

describe('signatures', () => {
  it('name their parameters as the label does', () => {
    for (const { label, params, name, doc } of signatures) {
      expect(label).toContain(`${name}(${params.join(', ')})`)
      expect(doc).toMatch(/^[A-Z].*\.$/)
    }
    const labels = signatures.map(s => s.label)
    expect(new Set(labels).size).toBe(labels.length)
  })

  it('read well', () => {
    const of = (name: string) => signatures.filter(s => s.name === name).map(s => `${s.label} — ${s.doc}`)
    expect(of('startsWith')).toEqual([
      'string.startsWith(prefix: string): bool — Whether the text begins so; end the beginning at a boundary, such as "repo:acme/".',
    ])
    expect(of('matches')).toHaveLength(2)
    expect(of('has')).toEqual([
      'has(claims.name): bool — Whether the token has the claim; the way to read an optional claim without an error.',
    ])
    expect(of('getDayOfWeek')).toContain(
      'timestamp.getDayOfWeek(zone: string): int — The day of week of the time, in UTC unless a zone is given, counted from 0.',
    )
  })
})

describe('claim', () => {
  it.each([
    [[], 'claims'],
    [['sub'], 'claims.sub'],
    [['kubernetes.io', 'namespace'], 'claims["kubernetes.io"].namespace'],
    [['https://sts.amazonaws.com/', 'aws_account'], 'claims["https://sts.amazonaws.com/"].aws_account'],
    [['in', 'a"b\\', ''], 'claims["in"]["a\\"b\\\\"][""]'],
    [['package'], 'claims.package'],
  ])('%j', (path, text) => {
    expect(claim(path)).toBe(text)
    expect(parse(text).ok).toBe(true)
  })

  it('quotes whatever a string may hold', () => {
    const value = 'a"b\\c\n\t\r\0é😀\u2028'
    const parsed = parse(quote(value))
    expect(parsed.ok && parsed.expr.kind === 'literal' && parsed.expr.value).toBe(value)
  })
})
