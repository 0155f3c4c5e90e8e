import { describe, expect, test } from 'vitest'
import { parseJson } from './json.ts'
import { children, get, items, label, nodeAt, path, pointer, property, toValue, walk } from './node.ts'
import { parseYaml } from './yaml.ts'

const text = '{ "a": { "b/~": [10, { "c": "x" }] }, "d": null, "a": 1 }'
const { root } = parseJson(text)
const shown = (node: { start: number; end: number } | undefined, source = text) =>
  node && source.slice(node.start, node.end)

describe('finding', () => {
  test('the last of duplicate properties wins', () => {
    expect(property(root, 'a')?.value).toMatchObject({ type: 'number', value: 1 })
    expect(property(root, 'x')).toBeUndefined()
    expect(property(undefined, 'a')).toBeUndefined()
    expect(property(get(root, 'd'), 'a')).toBeUndefined()
  })

  test('by path, undefined where a step is missing or of another type', () => {
    const { root } = parseJson('{"a":[1,{"b":"x"}]}')
    expect(get(root, 'a', 1, 'b')?.type).toBe('string')
    for (const wrong of [['b'], ['a', 2], ['a', 'b'], ['a', 1, 'b', 'c'], [0]])
      expect(get(root, ...wrong)).toBeUndefined()
    expect(get(root)).toBe(root)
  })

  test('paths and pointers lead back', () => {
    const { root } = parseJson('{"a":{"b/~":[10,{"c":"x"}]}}')
    const node = get(root, 'a', 'b/~', 1, 'c')
    if (!node) throw new Error('not found')
    expect(path(node)).toEqual(['a', 'b/~', 1, 'c'])
    expect(pointer(node)).toBe('/a/b~1~0/1/c')
    for (const each of walk(root)) expect(get(root, ...path(each))).toBe(each)
  })

  test('walks parents first, in text order', () => {
    const starts = [...walk(root)].map(node => node.start)
    expect(starts).toEqual([...starts].sort((a, b) => a - b))
    expect([...walk(undefined)]).toEqual([])
    expect(items(root)).toEqual([])
    expect(root && children(root)).toHaveLength(3)
  })
})

describe('nodeAt', () => {
  test('gives the deepest node, ends included', () => {
    expect(shown(nodeAt(root, text.indexOf('10') + 1))).toBe('10')
    expect(shown(nodeAt(root, text.indexOf('"x"') + 3))).toBe('"x"')
    expect(shown(nodeAt(root, text.indexOf('"c"')))).toBe('{ "c": "x" }')
    expect(nodeAt(root, text.length + 1)).toBeUndefined()
    expect(nodeAt(undefined, 0)).toBeUndefined()
  })

  test('stops at an alias and leaves out what a merge key brings in', () => {
    const text = 'a: &x { k: v }\nb: *x\nc:\n  <<: *x\n  own: 1\n'
    const [tree] = parseYaml(text)
    const at = (needle: string) => nodeAt(tree?.root, text.indexOf(needle) + 1)
    expect(at('*x\nc')).toBe(get(tree?.root, 'b'))
    expect(at('*x\n  own')).toBe(get(tree?.root, 'c'))
    expect(at('1\n')).toBe(get(tree?.root, 'c', 'own'))
  })
})

test('label is a scalar itself, but the name of a collection or of the first thing in it', () => {
  const at = (...path: (string | number)[]) => {
    const node = get(root, ...path)
    return node && shown(label(node))
  }
  expect(at('d')).toBe('null')
  expect(at()).toBe('"a"')
  const nested = '[[{"k": 1}], [], 5]'
  const tree = parseJson(nested)
  expect(shown(tree.root && label(tree.root), nested)).toBe('"k"')
  const empty = get(tree.root, 1)
  expect(shown(empty && label(empty), nested)).toBe('[]')
  const named = parseJson('{"list": [1]}')
  const list = get(named.root, 'list')
  expect(shown(list && label(list), '{"list": [1]}')).toBe('"list"')
})

test('toValue takes a hostile key as an ordinary one', () => {
  const value = toValue(parseJson('{"__proto__": {"polluted": true}, "constructor": 1}').root)
  expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor'])
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
})
