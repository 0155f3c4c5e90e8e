import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineIndex } from './lines.ts'

const text = fc.string({
  unit: fc.constantFrom('a', ' ', '\n', '\r', '\r\n', 'é', 'e\u0301', '😀', '👩‍👧', '\u2028'),
})

/** Whether `offset` is between the two characters of one line break. */
function isInsideBreak(text: string, offset: number): boolean {
  return text[offset - 1] === '\r' && text[offset] === '\n'
}

describe('positions', () => {
  test.each([
    ['', 0, 0, 0],
    ['ab', 1, 0, 1],
    ['ab', 2, 0, 2],
    ['a\nb', 1, 0, 1],
    ['a\nb', 2, 1, 0],
    ['a\r\nb', 3, 1, 0],
    ['a\rb', 2, 1, 0],
    ['a\n', 2, 1, 0],
    ['\n\r\n\r', 4, 3, 0],
    // UTF-16 code units, not characters.
    ['😀x\n', 2, 0, 2],
    ['e\u0301x', 2, 0, 2],
    // Only these three end a line.
    ['a\u2028b\u0085c\fd', 6, 0, 6],
  ])('of %j at %i', (text, offset, line, character) => {
    expect(lineIndex(text).positionAt(offset)).toEqual({ line, character })
    expect(lineIndex(text).offsetAt({ line, character })).toBe(offset)
  })

  test('offsets outside the text are clamped to it', () => {
    const lines = lineIndex('ab\ncd')
    expect(lines.positionAt(-1)).toEqual({ line: 0, character: 0 })
    expect(lines.positionAt(99)).toEqual({ line: 1, character: 2 })
  })

  test('past the end of a line is its end, past the last line is that of the text', () => {
    const lines = lineIndex('ab\r\ncd\n')
    expect(lines.offsetAt({ line: 0, character: 99 })).toBe(2)
    expect(lines.offsetAt({ line: 1, character: 99 })).toBe(6)
    expect(lines.offsetAt({ line: 0, character: -1 })).toBe(0)
    expect(lines.offsetAt({ line: 9, character: 0 })).toBe(7)
    expect(lines.offsetAt({ line: -1, character: 5 })).toBe(0)
  })

  test('go there and back for every offset', () => {
    fc.assert(
      fc.property(text, text => {
        const lines = lineIndex(text)
        for (let offset = 0; offset <= text.length; offset++) {
          const there = lines.positionAt(offset)
          expect(lines.offsetAt(there)).toBe(isInsideBreak(text, offset) ? offset - 1 : offset)
        }
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  test('count lines as a split does', () => {
    fc.assert(
      fc.property(text, text => {
        const expected = text.split(/\r\n|\r|\n/)
        const lines = lineIndex(text)
        expect(lines.lineCount).toBe(expected.length)
        expected.forEach((line, i) => {
          const start = lines.offsetAt({ line: i, character: 0 })
          expect(text.slice(start, lines.offsetAt({ line: i, character: Number.MAX_SAFE_INTEGER }))).toBe(
            line,
          )
        })
      }),
      { seed: 2, numRuns: 300 },
    )
  })
})
