import fc from 'fast-check'
import { parseTree } from 'jsonc-parser'
import { describe, expect, test } from 'vitest'
import { parseJson } from './json.ts'
import { get, toValue } from './node.ts'

const value = (text: string) => toValue(parseJson(text).root)
/** Each problem as the text it underlines and its message. */
const problems = (text: string) => parseJson(text).problems.map(p => [text.slice(p.start, p.end), p.message])

describe('a comment that opens at the very end', () => {
  test.each(['/*', '[1]/*', '{"a": 1 /*'])('%j has its problem within the text', text => {
    for (const { end } of parseJson(text).problems) expect(end).toBeLessThanOrEqual(text.length)
  })
})

describe('valid JSON', () => {
  test('means what JSON.parse says, and has no problems', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(undefined, 2, '\t'), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent)
        const tree = parseJson(text)
        expect(tree.problems.filter(p => !p.duplicate)).toEqual([])
        expect(toValue(tree.root)).toEqual(JSON.parse(text))
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  test('has its nodes where jsonc-parser has them', () => {
    const text = '{ // c\n "a" : [ 1 , -2.5e3, "x\\u00e9\\n" ] /* c */, "b": { "c": null, "d": true } }\r\n'
    const oracle = parseTree(text)
    const ours = parseJson(text).root
    const theirs = (node: NonNullable<typeof oracle>): unknown =>
      node.type === 'property'
        ? [node.offset, node.offset + node.length, ...(node.children ?? []).map(theirs)]
        : [node.type, node.offset, node.offset + node.length, ...(node.children ?? []).map(theirs)]
    const mine = (node: typeof ours): unknown => {
      if (!node) return undefined
      const { type, start, end } = node
      if (type === 'array') return [type, start, end, ...node.items.map(mine)]
      if (type !== 'object') return [type, start, end]
      return [type, start, end, ...node.properties.map(p => [p.start, p.end, mine(p.key), mine(p.value)])]
    }
    expect(mine(ours)).toEqual(oracle && theirs(oracle))
  })

  test('may have comments', () => {
    expect(problems('// a\n{ /* b */ "a": 1 // c\n}')).toEqual([])
  })

  test('every string and number is read', () => {
    expect(value('["\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\ud83d\\ude00"]')).toEqual(['"\\/\b\f\n\r\tA😀'])
    expect(value('[0, -0, 1e3, 1E-2, 12345678901234567890, 1e999]')).toEqual([
      0,
      -0,
      1000,
      0.01,
      12345678901234567000,
      Infinity,
    ])
  })
})

describe('problems', () => {
  test.each<[string, unknown, [string, string][]]>([
    ['', undefined, [['', 'The file is empty: expected a JSON value']]],
    [' // only a comment\n', undefined, [['', 'Expected a value']]],
    ['{"a": 1,}', { a: 1 }, [[',', 'JSON allows no comma after the last entry']]],
    ['[1, 2,]', [1, 2], [[',', 'JSON allows no comma after the last entry']]],
    [
      '[,1,,2]',
      [1, 2],
      [
        [',', 'Expected a value'],
        [',', 'Expected a value'],
      ],
    ],
    ['{,}', {}, [[',', 'Expected a property name in double quotes']]],
    ['[1 2]', [1, 2], [['2', 'Expected a comma before this']]],
    ['{"a": 1 "b": 2}', { a: 1, b: 2 }, [['"b"', 'Expected a comma before this']]],
    ['{"a": 1, "a": 2}', { a: 2 }, [['"a"', '"a" is given twice; only the last one counts']]],
    ['{"a" 1}', { a: 1 }, [['"a"', 'Expected a colon after the property name']]],
    ['{"a", "b": 1}', { a: null, b: 1 }, [['"a"', 'Expected a colon after the property name']]],
    ['{"a": }', { a: null }, [['"a":', 'Expected a value behind this']]],
    ['{"a": , "b": 1}', { a: null, b: 1 }, [['"a":', 'Expected a value behind this']]],
    // While typing: the string on the next line is the next property.
    ['{"a":\n "b": 1,\n "c": 2}', { a: null, b: 1, c: 2 }, [['"a":', 'Expected a value behind this']]],
    ['{"a":\n "b"}', { a: 'b' }, []],
    ['{\'a\': 1, "b": 2}', { b: 2 }, [["'a'", 'Expected a property name in double quotes']]],
    ['{a: {x: 1}, "b": 2}', { b: 2 }, [['a', 'Expected a property name in double quotes']]],
    [
      '{"a": yes}',
      { a: null },
      [['yes', 'This is not JSON: expected a string in double quotes, a number, true, false or null']],
    ],
    ['{"a": 1', { a: 1 }, [['', 'The file ends inside an object: expected "}"']]],
    ['[{"a": [1', [{ a: [1] }], [['', 'The file ends inside a list: expected "]"']]],
    ['{"x": [{"a": 1], "y": 2}', { x: [{ a: 1 }], y: 2 }, [[']', 'Expected "}" before this']]],
    ['[1, 2}, 3]', [1, 2, 3], [['}', 'Expected a comma before this']]],
    ['{"a": 1}}', { a: 1 }, [['}', 'The JSON value ends before this: expected the end of the file']]],
    ['1 2 3', 1, [['2', 'The JSON value ends before this: expected the end of the file']]],
    ['{"a": "x\n}', { a: 'x' }, [['"x', 'This string is never closed']]],
    ['{"a": "\\x"}', { a: '' }, [['"\\x"', 'JSON knows no such escape; a backslash itself is written \\\\']]],
    ['["\\u12"]', [''], [['"\\u12"', 'Expected four hexadecimal digits after \\u']]],
    [
      '["a\tb"]',
      ['a\tb'],
      [['"a\tb"', 'A control character must be written as an escape, such as \\n or \\t']],
    ],
    ['[1.]', [1], [['1.', 'This number is not complete']]],
    ['[01]', [0, 1], [['1', 'Expected a comma before this']]],
    ['[1] /* x', [1], [['/* x', 'This comment is never closed']]],
    [
      '\ufeff{}',
      null,
      [['\ufeff', 'This is not JSON: expected a string in double quotes, a number, true, false or null']],
    ],
  ])('of %j', (text, expected, expectedProblems) => {
    expect(value(text)).toEqual(expected)
    expect(problems(text)).toEqual(expectedProblems)
  })

  test('an absent value has no width, right behind its colon', () => {
    const text = '{"a":   , "b" }'
    const { root } = parseJson(text)
    expect(get(root, 'a')).toMatchObject({ type: 'null', start: 5, end: 5 })
    expect(get(root, 'b')).toMatchObject({ type: 'null', start: 13, end: 13 })
  })

  test('are at most a hundred', () => {
    expect(problems(`[${'x, '.repeat(1000)}1]`)).toHaveLength(100)
    expect(problems(`{${'"a": 1, '.repeat(1000)}"a": 1}`)).toHaveLength(100)
  })

  test('nesting is read 200 deep', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    expect(parseJson(nested(200))).toMatchObject({ problems: [], root: { type: 'array' } })
    for (const depth of [201, 100_000]) {
      expect(problems(nested(depth))).toEqual([['[', 'Nested too deeply to be read']])
      expect(problems('{"a":'.repeat(depth))).toEqual([['{', 'Nested too deeply to be read']])
    }
  })

  test('a list may be long', () => {
    expect(toValue(parseJson(`[${'1,'.repeat(200_000)}1]`).root)).toHaveLength(200_001)
  })
})

describe('templates', () => {
  test('outside of strings stand for values', () => {
    const tree = parseJson('{"a": {{ .Values.a | toJson }}, "b": "{{ env "X" }}-{{ y }}", "c": 1}')
    expect(tree).toMatchObject({ problems: [], templated: true })
    expect(toValue(tree.root)).toEqual({ a: '{{ .Values.a | toJson }}', b: '{{ env "X" }}-{{ y }}', c: 1 })
  })

  test('on lines of their own leave the rest', () => {
    const tree = parseJson('{\n  {{- if .x }}\n  "a": 1\n  {{- else }}\n  "a": 2\n  {{- end }}\n}\n')
    expect(tree).toMatchObject({ problems: [], templated: true })
  })

  test('within strings are text, and say nothing about the rest', () => {
    expect(parseJson('{"a": "{{ x }}"}')).toMatchObject({ problems: [], templated: false })
    expect(parseJson('{"a": "{{ x }}",}')).toMatchObject({ problems: [{ start: 15 }], templated: false })
  })

  test('are not seen in a brace too many', () => {
    expect(parseJson('{{"a": 1}}').problems).toHaveLength(1)
  })
})
