import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdits, difference, overlap, type TextEdit } from './edit.ts'

const edit = (start: number, end: number, text: string): TextEdit => ({ start, end, text })

describe('applyEdits', () => {
  test('takes edits in any order, by the places of the text before', () => {
    expect(applyEdits('hello world', [edit(6, 11, 'there'), edit(0, 1, 'J'), edit(5, 5, ',')])).toBe(
      'Jello, there',
    )
  })

  test('edits may touch', () => {
    expect(applyEdits('abcd', [edit(1, 2, 'X'), edit(2, 3, 'Y'), edit(3, 3, '-')])).toBe('aXY-d')
  })

  test.each([
    ['overlap', [edit(0, 3, ''), edit(2, 4, '')]],
    ['start at one place', [edit(1, 1, 'a'), edit(1, 1, 'b')]],
    ['go past the end', [edit(3, 9, '')]],
    ['go before the start', [edit(-1, 1, '')]],
    ['run backwards', [edit(3, 2, '')]],
  ])('throws when they %s', (_, edits) => {
    expect(() => applyEdits('abcd', edits)).toThrow(RangeError)
  })

  test('throws exactly when two overlap', () => {
    const edits = fc.array(
      fc.tuple(fc.nat(8), fc.nat(4)).map(([start, length]) => edit(start, start + length, 'x')),
      { maxLength: 4 },
    )
    fc.assert(
      fc.property(edits, edits => {
        const collide = edits.some((a, i) => edits.slice(i + 1).some(b => overlap(a, b)))
        const apply = () => applyEdits('abcdefghijklm', edits)
        if (collide) expect(apply).toThrow(RangeError)
        else expect(apply()).toHaveLength(13 + edits.reduce((sum, e) => sum + 1 - (e.end - e.start), 0))
      }),
      { seed: 1, numRuns: 500 },
    )
  })
})

test('overlap does not depend on the order', () => {
  const edits = fc.tuple(fc.nat(5), fc.nat(5)).map(([start, length]) => edit(start, start + length, ''))
  fc.assert(
    fc.property(edits, edits, (a, b) => overlap(a, b) === overlap(b, a)),
    { seed: 2 },
  )
})

test.for([
  ['abc', 'abc', undefined],
  ['abc', 'axc', { start: 1, end: 2, text: 'x' }],
  ['abc', 'abxc', { start: 2, end: 2, text: 'x' }],
  ['aaa', 'aa', { start: 2, end: 3, text: '' }],
  ['', 'x', { start: 0, end: 0, text: 'x' }],
  ['x', '', { start: 0, end: 1, text: '' }],
  ['abab', 'ab', { start: 2, end: 4, text: '' }],
  // 😀 and 😁 share their first half, 😀 and 🈀 their second.
  ['a😀b', 'a😁b', { start: 1, end: 3, text: '😁' }],
  ['a😀b', 'a\u{1FA00}b', { start: 1, end: 3, text: '\u{1FA00}' }],
  ['a\r\nb', 'a\rb', { start: 1, end: 3, text: '\r' }],
  ['a\r\nb', 'a\nb', { start: 1, end: 3, text: '\n' }],
] as const)('the difference of %j and %j', ([before, after, edit]) => {
  expect(difference(before, after)).toEqual(edit)
  expect(applyEdits(before, edit ? [edit] : [])).toBe(after)
})
