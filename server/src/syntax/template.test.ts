import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isBlanked, isMasked, mask, unmask } from './template.ts'

/** The masked text, with a dot for each character of filler. */
const masked = (text: string) => mask(text).replaceAll('\uE000', '.')

describe('mask', () => {
  test.each([
    ['{{- if .Values.x }}\na: 1\n{{- end }}\n', '                   \na: 1\n          \n'],
    ['  {{ a }} {{ b }}  \r\nx', '                   \r\nx'],
    ['  {{ a }} # why\nx', '          # why\nx'],
    ['{{- range $i :=\n  .list }}\nx', '               \n          \nx'],
    ['a: {{ .x }}', 'a: ........'],
    ['a: "{{ .x | default "y" }}" # c', 'a: "......................" # c'],
    ['{{ a }}: {{ b }}', '.......: .......'],
    ['a: x-{{ a }}-y-{{ b }}', 'a: x-.......-y-.......'],
    ['- {{ a\n  | b }}', '- .............'],
    ['a: ${{ vars.X }}', 'a: $............'],
    ['a: {{{ b }}}', 'a: .........'],
    // Strings of Go may hold braces: a known way to write them.
    ['a: {{ "{{" }} b {{ "}}" }}', 'a: .......... b ..........'],
    ['a: {{`{{ x }}`}} b', 'a: ............. b'],
    ['a: "{{ .x | default \\"y\\" }}"\nb: {{ z }}', 'a: "........................"\nb: .......'],
    // A quote that is none.
    ['a: {{ don"t }} b', 'a: ........... b'],
    // Nothing to mask.
    ['a: {{ b', 'a: {{ b'],
    ['a: b }}', 'a: b }}'],
    ['# {{ oops\na: "{{ x }}"', '# {{ oops\na: "......."'],
    ['{{"a": 1}}', '{{"a": 1}}'],
    ['a: {b: {c: d}}', 'a: {b: {c: d}}'],
    ['', ''],
  ])('%j', (text, expected) => {
    expect(masked(text)).toBe(expected)
    expect(mask(text)).toHaveLength(text.length)
  })

  test('keeps the length, and unmask brings all of it back', () => {
    const text = fc.string({
      unit: fc.constantFrom('{', '}', '{{', '}}', '"', '`', '\\', '\n', ' ', 'a', ':', '#'),
    })
    fc.assert(
      fc.property(text, text => {
        const result = mask(text)
        expect(result).toHaveLength(text.length)
        if (!isBlanked(text, result)) expect(unmask(result, result, text)).toBe(text)
      }),
      { seed: 1, numRuns: 1000 },
    )
  })

  test.each([
    ['{{', 500_000],
    ['{{a}}', 200_000],
    ['{{a}} ', 170_000],
    ['{{"', 350_000],
    ['{{"}}"', 160_000],
    ['{{`', 350_000],
    ['\\"{{', 250_000],
    ['{{"a":}}', 120_000],
    ['}}{{\n', 200_000],
  ])('takes linear time on %j x %i', (part, times) => {
    const start = performance.now()
    mask(part.repeat(times))
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

test('what was masked can be told', () => {
  const text = 'a: {{ x }}\n{{ y }}\n'
  const result = mask(text)
  expect(isMasked(result)).toBe(true)
  expect(isBlanked(text, result)).toBe(true)
  expect(isBlanked('a: {{ x }}', mask('a: {{ x }}'))).toBe(false)
  expect(isMasked('a: 1')).toBe(false)
})
