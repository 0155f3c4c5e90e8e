import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PatternShape, shapeOf } from './pattern.ts'
import { compile } from './regex.ts'

const shapes: [
  pattern: string,
  kind: PatternShape['kind'],
  values: string[],
  anchors: string,
  dots?: number[],
][] = [
  ['^foo$', 'equals', ['foo'], '^$'],
  ['\\Afoo\\z', 'equals', ['foo'], '^$'],
  ['^(?:foo|bar)$', 'equals', ['foo', 'bar'], '^$'],
  ['^fo(o|x)/(a|b)$', 'equals', ['foo/a', 'foo/b', 'fox/a', 'fox/b'], '^$'],
  ['^a$|^b$', 'equals', ['a', 'b'], '^$'],
  ['(^a$|^b$)', 'equals', ['a', 'b'], '^$'],
  ['^a\\.b\\/c\\-d$', 'equals', ['a.b/c-d'], '^$'],
  ['^foo', 'startsWith', ['foo'], '^'],
  ['^foo.*', 'startsWith', ['foo'], '^'],
  ['^foo.*$', 'startsWith', ['foo'], '^'],
  ['^foo/.+$', 'startsWith', ['foo/'], '^'],
  ['foo$', 'endsWith', ['foo'], '$'],
  ['^.*foo$', 'endsWith', ['foo'], '$'],
  ['foo', 'contains', ['foo'], ''],
  ['.*foo.*', 'contains', ['foo'], ''],
  ['.*', 'contains', [''], ''],
  ['^$', 'equals', [''], '^$'],
  ['^foo[0-9]+$', 'matches', ['foo'], '^$'],
  ['^(a|b)x?$', 'matches', ['a', 'b'], '^$'],
  ['^[ab]$', 'matches', [], '^$'],
  ['^a|b$', 'matches', [], ''],
  ['(?i)^foo$', 'matches', [], '^$'],
  ['(?m)^foo$', 'matches', [], ''],
  ['^a.b$', 'matches', ['a'], '^$', [2]],
  ['^https://sts.amazonaws.com$', 'matches', ['https://sts'], '^$', [12, 22]],
  ['^[.]a\\.b.?c.{2}.$', 'matches', [], '^$', [15]],
  ['^\\Qa.b\\E$', 'matches', [], '^$'],
  ['^\\d+$', 'matches', [], '^$'],
  ['^a\\x{2F}b$', 'matches', ['a'], '^$'],
  ['^(?P<n>a)$', 'equals', ['a'], '^$'],
  ['^(a|)b$', 'equals', ['ab', 'b'], '^$'],
  ['^a{3}$', 'matches', [], '^$'],
  ['^a{b$', 'equals', ['a{b'], '^$'],
]

describe('the shape of', () => {
  it.each(shapes)('%s', (pattern, kind, values, anchors, dots = []) => {
    expect(compile(pattern).ok).toBe(true)
    const shape = shapeOf(pattern)
    expect(shape).toMatchObject({ kind, values, dots })
    expect((shape.anchoredStart ? '^' : '') + (shape.anchoredEnd ? '$' : '')).toBe(anchors)
  })
})

const pieces = fc.constantFrom(
  'a',
  'b',
  '.',
  '\\.',
  '^',
  '$',
  '(',
  ')',
  '(?:',
  '|',
  '*',
  '+',
  '?',
  '.*',
  '.+',
  '[ab]',
  '\\d',
  '(?i)',
  '{2}',
  '\\z',
  '\\A',
)
const pattern = fc.array(pieces, { maxLength: 7 }).map(parts => parts.join(''))
const text = fc.array(fc.constantFrom('a', 'b', '.', '1', 'A'), { maxLength: 5 }).map(parts => parts.join(''))

describe('for random patterns', () => {
  it('whatever matches has the shape, and what has an exact shape matches', () => {
    let matched = 0
    fc.assert(
      fc.property(pattern, text, (source, subject) => {
        const compiled = compile(source)
        if (!compiled.ok) return
        const { kind, values, anchoredStart, anchoredEnd } = shapeOf(source)
        const fits = {
          equals: values.includes(subject),
          startsWith: values.some(value => subject.startsWith(value)),
          endsWith: values.some(value => subject.endsWith(value)),
          contains: values.some(value => subject.includes(value)),
          matches: values.length === 0 || values.some(value => subject.startsWith(value)),
        }[kind]
        if (compiled.pattern.test(subject)) {
          matched++
          expect(fits, JSON.stringify([source, subject, kind, values])).toBe(true)
        } else if (kind === 'equals') {
          expect(fits, JSON.stringify([source, subject, kind, values])).toBe(false)
        }
        // Anchored means that nothing may stand before, or after, what matches.
        if (anchoredStart && kind === 'equals') expect(compiled.pattern.test(`#${subject}`)).toBe(false)
        if (anchoredEnd && kind === 'equals') expect(compiled.pattern.test(`${subject}#`)).toBe(false)
      }),
      { seed: 20260101, numRuns: 10_000 },
    )
    expect(matched).toBeGreaterThan(500)
  })
})
