import { describe, expect, test } from 'vitest'
import { applyEdits } from '../../text/edit.ts'
import { pointer } from '../node.ts'
import { splitDocuments } from '../yaml.ts'
import { type Filling, fillKey, fillObject, fillValue } from './fill.ts'
import { type Hole, holeAt } from './hole.ts'

type Format = 'json' | 'yaml'

/** The text without its `$0`, and the hole there. */
function open(source: string, format: Format): { text: string; hole: Hole | undefined } {
  const offset = source.indexOf('$0')
  const text = source.replace('$0', '')
  const ranges = format === 'json' ? [{ start: 0, end: text.length }] : splitDocuments(text)
  const range = ranges.findLast(({ start }) => start <= offset) ?? { start: 0, end: 0 }
  return { text, hole: holeAt(text, format, range, offset) }
}

const apply = (text: string, { more, ...edit }: Filling) => applyEdits(text, [edit, ...more])

/** What can be written: `name` into the object at a path, `value` at a path. */
function readings({ key, value }: Hole): string[] {
  return [
    ...(key ? [`name in ${pointer(key.object) || '/'}`] : []),
    ...(value ? [`value at ${pointer(value.node) || '/'}`] : []),
  ]
}

function withName(source: string, format: Format, value: string | object = 'v'): string {
  const { text, hole } = open(source, format)
  if (!hole?.key) throw new Error('A name can not be typed here')
  return apply(text, fillKey(text, hole, hole.key, 'name', value as string))
}

function withValue(source: string, format: Format, value: string | object = 'v'): string {
  const { text, hole } = open(source, format)
  if (!hole?.value) throw new Error('A value can not be typed here')
  return apply(text, fillValue(text, hole, hole.value, value as string))
}

describe('what can be typed', () => {
  test.each<[Format, string, string[]]>([
    ['json', '$0', ['value at /']],
    ['json', '{$0}', ['name in /']],
    ['json', '{ "a": 1, "b$0" }', ['name in /']],
    ['json', '{ "a": { $0 } }', ['name in /a']],
    ['json', '{ "a": [ $0 ] }', ['value at /a/0']],
    ['json', '{ "a": [ { "b": 1 }, { "$0" } ] }', ['name in /a/1']],
    ['json', '{ "a": $0 }', ['value at /a']],
    ['json', '{ "a": "x$0y" }', ['value at /a']],
    ['json', '{ "a": tr$0 }', ['value at /a']],
    ['json', '{ "a"$0 }', []],
    ['json', '{ "a": 1$0 }', ['value at /a']],
    ['json', '{ "a": "b"$0 }', []],
    ['json', '{ "a": {}$0 }', []],
    ['json', '{ // a $0\n}', []],
    ['json', '{ /* a $0 */ }', []],
    ['json', '{ "a": { "b": $0', ['value at /a/b']],
    ['yaml', '$0', ['name in /', 'value at /']],
    ['yaml', 'a: 1\nb$0', ['name in /']],
    ['yaml', 'a: 1\nb$0: 2', ['name in /']],
    ['yaml', 'a: $0', ['value at /a']],
    ['yaml', 'a:$0', ['value at /a']],
    ['yaml', 'a: $0 # comment', ['value at /a']],
    ['yaml', 'a: 1 $0', []],
    ['yaml', 'a: 1 # $0', []],
    ['yaml', '# $0', []],
    ['yaml', 'a:\n  $0\nb: 1', ['name in /a', 'value at /a']],
    ['yaml', 'a:\n  b: 1\n  $0\nc: 1', ['name in /a']],
    ['yaml', 'a:\n  b: 1\n$0', ['name in /']],
    ['yaml', 'a:\n  b: 1\n $0', []],
    ['yaml', 'a:\n$0  b: 1', []],
    ['yaml', 'a:\n $0\n  b: 1', []],
    ['yaml', 'a:\n $0 # comment\n  b: 1', []],
    ['yaml', 'a: $0\n  b: 1', []],
    ['yaml', '- $0', ['name in /0', 'value at /0']],
    ['yaml', '-$0', []],
    ['yaml', 'a:\n- b: 1\n  $0\n- b: 2', ['name in /a/0']],
    ['yaml', 'a:\n  - $0\n  - b: 2', ['name in /a/0', 'value at /a/0']],
    ['yaml', 'a: some\n  words $0', []],
    ['yaml', 'a: |\n  words$0', []],
    ['yaml', 'a: |\n  words\n  $0', []],
    ['yaml', 'a: |\n  words\n$0', ['name in /']],
    ['yaml', 'a: >-\n  words\nb: $0', ['value at /b']],
    ['yaml', 'a: { $0 }', ['name in /a']],
    ['yaml', 'a: { b: 1, c$0 }', ['name in /a']],
    ['yaml', 'a: { b: $0 }', ['value at /a/b']],
    ['yaml', 'a: [$0]', ['value at /a/0']],
    ['yaml', 'a: {\n  b: 1,\n  $0\n}', ['name in /a']],
    ['yaml', 'a: "x$0y"', ['value at /a']],
    ['yaml', "a: 'x$0", ['value at /a']],
    ['yaml', 'a: "two\n  lin$0es"', []],
    ['yaml', 'a: &x $0', ['value at /a']],
    ['yaml', 'a: &$0', []],
    ['yaml', 'a: 1\n---\nb: $0', ['value at /b']],
    ['yaml', '{{ .Values.$0 }}', []],
    ['yaml', 'a: {{ .Values.x }}\nb: $0', ['value at /b']],
  ])('%s %j', (format, source, expected) => {
    const { hole } = open(source, format)
    expect(hole ? readings(hole) : []).toEqual(expected)
  })

  test('the other entries are there, the word is not', () => {
    const { hole } = open('{ "a": 1, "b$0", "c": 2 }', 'json')
    expect(hole?.key?.object.properties.map(({ key }) => key.value)).toEqual(['a', 'c'])
    expect(hole?.typed).toBe('b')
  })

  test('a mistake elsewhere is no hindrance', () => {
    expect(withValue('a: [1\nb: ok\nc: $0\n', 'yaml')).toBe('a: [1\nb: ok\nc: v\n')
    expect(withValue('{ "a": 1 "b": 2,\n "c": $0 }', 'json')).toBe('{ "a": 1 "b": 2,\n "c": "v" }')
  })

  test('of a long list only the object at the cursor is read', () => {
    const items = Array.from({ length: 500 }, (_, i) => `  - id: item-${i}\n    list:\n      - x: 1\n`)
    const long = `kind: List\nitems:\n${items.join('')}other: 1\n`
    const { hole } = open(long.replace('item-250\n', 'item-250\n    $0\n'), 'yaml')
    expect(hole?.key?.tree.text.length).toBeLessThan(100)
    expect(readings(hole as Hole)).toEqual(['name in /items/0'])
    expect(readings(open(`${long}$0`, 'yaml').hole as Hole)).toEqual(['name in /'])
  })
})

describe('a name', () => {
  test.each<[string, string]>([
    ['{$0}', '{"name": "v"}'],
    ['{ "a": 1, $0 }', '{ "a": 1, "name": "v" }'],
    ['{ "a": 1, $0"b": 2 }', '{ "a": 1, "name": "v", "b": 2 }'],
    ['{ "a": 1, "na$0" "b": 2 }', '{ "a": 1, "name": "v", "b": 2 }'],
    ['{\n  "a": 1\n  $0\n}', '{\n  "a": 1,\n  "name": "v"\n}'],
    ['{\n  "a": 1 // one\n  na$0\n}', '{\n  "a": 1, // one\n  "name": "v"\n}'],
    ['{\n  "a": 1,\n  "n$0\n}', '{\n  "a": 1,\n  "name": "v"\n}'],
    ['{\n  "a": 1,\n  "n$0": 2\n}', '{\n  "a": 1,\n  "name": 2\n}'],
    ['{"a":1,$0}', '{"a":1,"name":"v"}'],
    ['{ "a": 1"n$0 }', '{ "a": 1, "name": "v" }'],
    ['{ "b": { "n$0 } }', '{ "b": { "name": "v" } }'],
    ['{ "n$0, "b": 2 }', '{ "name": "v", "b": 2 }'],
  ])('in JSON: %j', (source, expected) => {
    expect(withName(source, 'json')).toBe(expected)
  })

  test.each<[string, string]>([
    ['$0', 'name: v'],
    ['a: 1\n$0', 'a: 1\nname: v'],
    ['a: 1\r\nb:\r\n  $0\r\n', 'a: 1\r\nb:\r\n  name: v\r\n'],
    ['a: 1\nn$0\nb: 2', 'a: 1\nname: v\nb: 2'],
    ['a: 1\n"n$0', 'a: 1\n"name": v'],
    ['n$0: 1 # one', 'name: 1 # one'],
    ['- $0', '- name: v'],
    ['- a: 1\n  $0', '- a: 1\n  name: v'],
    ['a: { b: 1, $0 }', 'a: { b: 1, name: v }'],
    ['a: { b: 1 $0 }', 'a: { b: 1, name: v }'],
    ['a: {\n  b: 1\n  $0\n}', 'a: {\n  b: 1,\n  name: v\n}'],
    ['a: { "b": 1, $0 }', 'a: { "b": 1, "name": v }'],
  ])('in YAML: %j', (source, expected) => {
    expect(withName(source, 'yaml')).toBe(expected)
  })

  test('with an object for a value', () => {
    const value = { b: 1, c: ['d'] }
    expect(withName('{\r\n    "a": 1,\r\n    $0\r\n}', 'json', value)).toBe(
      '{\r\n    "a": 1,\r\n    "name": {\r\n        "b": 1,\r\n        "c": [\r\n            "d"\r\n        ]\r\n    }\r\n}',
    )
    expect(withName('{ "a": 1, $0 }', 'json', value)).toBe('{ "a": 1, "name": { "b": 1, "c": ["d"] } }')
    expect(withName('x:\n    - a: 1\n      $0', 'yaml', value)).toBe(
      'x:\n    - a: 1\n      name:\n          b: 1\n          c:\n              - d',
    )
  })
})

describe('a value', () => {
  test.each<[Format, string, string]>([
    ['json', '{ "a": $0 }', '{ "a": "v" }'],
    ['json', '{ "a":$0}', '{ "a": "v"}'],
    ['json', '{ "a": "x$0y", "b": 1 }', '{ "a": "v", "b": 1 }'],
    ['json', '{\n  "a": "x$0\n  "b": 1\n}', '{\n  "a": "v",\n  "b": 1\n}'],
    ['json', '[1 $0]', '[1, "v"]'],
    ['json', '{ "a": 12$0 }', '{ "a": "v" }'],
    ['yaml', 'a:$0\nb: 1', 'a: v\nb: 1'],
    ['yaml', 'a: $0 # one', 'a: v # one'],
    ['yaml', "a: 'x$0y'", "a: 'v'"],
    ['yaml', 'a: "x$0\nb: 1', 'a: "v"\nb: 1'],
    ['yaml', 'a: two wo$0rds', 'a: v'],
    ['yaml', 'a: [x, $0]', 'a: [x, v]'],
    ['yaml', 'a: { b: "$0" }', 'a: { b: "v" }'],
    ['yaml', 'a:\n  - $0', 'a:\n  - v'],
  ])('%s %j', (format, source, expected) => {
    expect(withValue(source, format)).toBe(expected)
  })

  test('is quoted only where it must be', () => {
    expect(withValue('a: $0', 'yaml', 'https://x.example')).toBe('a: https://x.example')
    expect(withValue('a: $0', 'yaml', '0777')).toBe('a: "0777"')
    expect(withValue('a: [$0]', 'yaml', 'x, y')).toBe('a: ["x, y"]')
    expect(withValue("a: '$0'", 'yaml', "it's")).toBe("a: 'it''s'")
  })

  test('an object', () => {
    const value = { b: 1, c: { d: 2 } }
    expect(withValue('x: 1\na: $0\ny: 1', 'yaml', value)).toBe('x: 1\na:\n  b: 1\n  c:\n    d: 2\ny: 1')
    expect(withValue('- - a: $0', 'yaml', value)).toBe('- - a:\n      b: 1\n      c:\n        d: 2')
    expect(withValue('a:\n  - $0', 'yaml', value)).toBe('a:\n  - b: 1\n    c:\n      d: 2')
    expect(withValue('[$0]', 'json', value)).toBe(
      '[\n  {\n    "b": 1,\n    "c": {\n      "d": 2\n    }\n  }\n]',
    )
    expect(withValue('$0', 'json', { b: 1 })).toBe('{\n  "b": 1\n}')
  })
})

test('properties fill an empty object', () => {
  const fill = (source: string, format: Format) => {
    const { text, hole } = open(source, format)
    if (!hole?.key) throw new Error('no name here')
    return apply(text, fillObject(text, hole, hole.key, { a: 1, b: { c: 2 } }))
  }
  const lines = '{\n  "a": 1,\n  "b": {\n    "c": 2\n  }\n}'
  expect(fill('{$0}', 'json')).toBe(lines)
  expect(fill('{\n  $0\n}', 'json')).toBe(lines)
  expect(fill('$0', 'yaml')).toBe('a: 1\nb:\n  c: 2')
  expect(fill('rules:\n  - $0\n', 'yaml')).toBe('rules:\n  - a: 1\n    b:\n      c: 2\n')
})
