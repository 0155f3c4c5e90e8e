import { describe, expect, test } from 'vitest'
import { applyEdits } from '../text/edit.ts'
import { parseJson } from './json.ts'
import { get, type Node, type ObjectNode, type Property, property, type Tree } from './node.ts'
import { type NodeEdit, type Value, write, writeAll } from './write.ts'
import { parseYaml } from './yaml.ts'

// That every edit of every text is right is for write.property.test.ts to say; here is what it looks like.

type Step = string | number
/** An edit by paths instead of nodes. */
type PathEdit =
  | { set: Step[]; to: Value }
  | { rename: Step[]; to: string }
  | { remove: Step[] }
  | { drop: Step[] }
  | { insert: string; into: Step[]; to: Value; after?: string }
  | { append: Value; to: Step[] }

function treeOf(text: string): Tree {
  const tree = /^\s*(?:\/\/.*\s*)?[{[]/.test(text) ? parseJson(text) : parseYaml(text).at(-1)
  if (!tree) throw new Error('no document')
  return tree
}

function nodeEdit({ root }: Tree, edit: PathEdit): NodeEdit {
  const node = (path: Step[]) => get(root, ...path) as Node
  const prop = (path: Step[]) => property(node(path.slice(0, -1)), String(path.at(-1))) as Property
  if ('set' in edit) return { set: node(edit.set), to: edit.to }
  if ('rename' in edit) return { rename: prop(edit.rename), to: edit.to }
  if ('remove' in edit) return { remove: prop(edit.remove) }
  if ('drop' in edit) return { drop: node(edit.drop) }
  if ('append' in edit) return { append: edit.append, to: node(edit.to) as Extract<Node, { type: 'array' }> }
  const into = node(edit.into) as ObjectNode
  const after = edit.after === undefined ? undefined : property(into, edit.after)
  return { insert: edit.insert, into, to: edit.to, ...(after && { after }) }
}

/** The text after `edits`, or undefined when they cannot be written. */
function after(text: string, ...edits: PathEdit[]): string | undefined {
  const tree = treeOf(text)
  const written = writeAll(
    tree,
    edits.map(edit => nodeEdit(tree, edit)),
  )
  return written && applyEdits(text, written)
}

describe('set', () => {
  test.each<[string, Step[], Value, string]>([
    ['{"a":1}', ['a'], 'x', '{"a":"x"}'],
    [
      '{\n  "a": 1, // c\n  "b": 2\n}',
      ['a'],
      { k: [1] },
      '{\n  "a": {\n    "k": [\n      1\n    ]\n  }, // c\n  "b": 2\n}',
    ],
    ['{\n\t"a": ["x", "y"]\n}', ['a'], ['z'], '{\n\t"a": ["z"]\n}'],
    ['{\n\t"a": 1\n}', ['a'], { k: 1 }, '{\n\t"a": {\n\t\t"k": 1\n\t}\n}'],
    ['{"a":1,"b":2}', ['a'], { k: [1, 'x'] }, '{"a":{"k":[1,"x"]},"b":2}'],
    ['a: x # c\n', ['a'], 'w', 'a: w # c\n'],
    ['a: "x"\nb: \'x\'\nc: x\n', ['b'], "it's", "a: \"x\"\nb: 'it''s'\nc: x\n"],
    ["a: 'x'\n", ['a'], 'two\nlines', 'a: "two\\nlines"\n'],
    // What YAML 1.1 would read as something else needs quotes: kubectl still speaks it.
    ['a: x\n', ['a'], 'yes', 'a: "yes"\n'],
    ['a: x\n', ['a'], '2e848593', 'a: "2e848593"\n'],
    ['a: "5"\n', ['a'], 5, 'a: 5\n'],
    ['a:\nb: 1\n', ['a'], 'x', 'a: x\nb: 1\n'],
    ['a: # c\n', ['a'], 'x', 'a: x # c\n'],
    ['a: x # c\nb: 1\n', ['a'], { k: 1, l: [2] }, 'a: # c\n  k: 1\n  l:\n    - 2\nb: 1\n'],
    ['a:\n    b: 1\n', ['a', 'b'], { k: 1 }, 'a:\n    b:\n        k: 1\n'],
    ['a:\n- x\nb: 1\n', ['b'], ['w'], 'a:\n- x\nb:\n- w\n'],
    ['a: # c\n- x\n- y # d\nb: 1\n', ['a'], 5, 'a: 5 # c # d\nb: 1\n'],
    ['a:\n  # c\n  b: 1\n', ['a'], [], 'a: []\n  # c\n'],
    ['a:\n- x\n', ['a'], { k: 1 }, 'a:\n  k: 1\n'],
    ['- x # c\n', [0], { k: 1, l: 2 }, '- k: 1\n  l: 2 # c\n'],
    ['-\n', [0], { k: 1 }, '- k: 1\n'],
    ['- &x y\n', [0], { k: 1 }, '- &x\n  k: 1\n'],
    ['a: !!str 5\n', ['a'], 7, 'a: 7\n'],
    ['a: [x, "y"]\n', ['a'], ['z, z'], 'a: ["z, z"]\n'],
    ['a: {}\n', ['a'], { k: 1 }, 'a:\n  k: 1\n'],
    ['a: {b: [x]}\n', ['a', 'b', 0], { k: 'v' }, 'a: {b: [{k: v}]}\n'],
    ['? a\n', ['a'], 1, '? a\n: 1\n'],
    ['--- x\n', [], { k: 1 }, '---\nk: 1\n'],
    // A block scalar stays one, if it can hold the text.
    ['a: | # c\n    x\n    y\n\nb: 1\n', ['a'], 'z\n', 'a: | # c\n    z\n\nb: 1\n'],
    ['a: >\n  x\n  y\n', ['a'], 'one\ntwo', 'a: >-\n  one\n\n  two\n'],
    ['a: |- # c\n  x\n', ['a'], ' x', 'a: " x" # c\n'],
    ['a: |- # c\n  x\n', ['a'], { k: 1 }, 'a: # c\n  k: 1\n'],
    ['a: 1\r\nb: |\r\n  x\r\n', ['b'], { k: ['w'] }, 'a: 1\r\nb:\r\n  k:\r\n    - w\r\n'],
    ['a: {{ .x }}\n{{ .k }}: v\n', ['{{ .k }}'], 'w', 'a: {{ .x }}\n{{ .k }}: w\n'],
  ])('%j %j %j', (text, path, to, expected) => {
    expect(after(text, { set: path, to })).toBe(expected)
    expect(after(expected, { set: path, to })).toBe(expected)
  })

  test('nothing where the value is there already', () => {
    const tree = treeOf("a: {x: 'y', z: [1]}\n")
    expect(write(tree, nodeEdit(tree, { set: ['a'], to: { x: 'y', z: [1] } }))).toEqual([])
    expect(write(tree, nodeEdit(tree, { set: ['a'], to: { z: [1], x: 'y' } }))).not.toEqual([])
  })
})

describe('rename', () => {
  test.each<[string, Step[], string, string]>([
    ['{"a":1}', ['a'], 'b', '{"b":1}'],
    ['a: 1 # c\n', ['a'], 'b', 'b: 1 # c\n'],
    ["'a': 1\n", ['a'], 'b', "'b': 1\n"],
    ['a: 1\n', ['a'], 'x: y', '"x: y": 1\n'],
    ['a: 1\n', ['a'], '<<', '"<<": 1\n'],
    ['x: {a: 1}\n', ['x', 'a'], 'b, c', 'x: {"b, c": 1}\n'],
    ['x: {[a]:1}\n', ['x', '[a]'], 'b', 'x: {"b":1}\n'],
    ['? |\n  a\n: 1\n', ['a\n'], 'b', '? b\n: 1\n'],
  ])('%j %j %j', (text, path, to, expected) => {
    expect(after(text, { rename: path, to })).toBe(expected)
  })
})

describe('insert', () => {
  test.each<[string, Omit<Extract<PathEdit, { insert: string }>, 'insert'>, string]>([
    ['{}', { into: [], to: 1 }, '{\n  "new": 1\n}'],
    ['{"a":{}}', { into: ['a'], to: 1 }, '{"a":{"new":1}}'],
    ['{\n  "a": {}\n}', { into: ['a'], to: 1 }, '{\n  "a": {\n    "new": 1\n  }\n}'],
    ['{\n  // c\n}', { into: [], to: 1 }, '{\n  // c\n  "new": 1\n}'],
    ['{"a": 1}', { into: [], to: [2] }, '{"a": 1, "new": [2]}'],
    ['{\n\t"a": 1 // c\n}', { into: [], to: { k: 1 } }, '{\n\t"a": 1, // c\n\t"new": {\n\t\t"k": 1\n\t}\n}'],
    [
      '{\n  "a": 1, // c\n  "b": 2\n}',
      { into: [], to: 0, after: 'a' },
      '{\n  "a": 1, // c\n  "new": 0,\n  "b": 2\n}',
    ],
    ['a: 1 # c\n# d\nb: 2\n', { into: [], to: 'x', after: 'a' }, 'a: 1 # c\nnew: x\n# d\nb: 2\n'],
    ['a: 1', { into: [], to: { k: 1 } }, 'a: 1\nnew:\n  k: 1'],
    ['- a: 1\n- b: 2\n', { into: [0], to: 'x' }, '- a: 1\n  new: x\n- b: 2\n'],
    ['"a": 1\n', { into: [], to: 'x' }, '"a": 1\n"new": x\n'],
    ['a: |+\n  x\n\n\n', { into: [], to: 1 }, 'a: |+\n  x\n\n\nnew: 1\n'],
    ['a: {}\n', { into: ['a'], to: 'x' }, 'a:\n  new: x\n'],
    ['a: { # c\n  }\n', { into: ['a'], to: 'x' }, 'a: { # c\n    new: x\n  }\n'],
    ['a: { "b": "c" }\n', { into: ['a'], to: 'x' }, 'a: { "b": "c", "new": "x" }\n'],
    ['a: [b: c]\n', { into: ['a', 0], to: 'x' }, 'a: [{ b: c, new: x }]\n'],
    [
      'x: &x {k: 1}\na:\n  <<: *x # c\n',
      { into: ['a'], to: 2 },
      'x: &x {k: 1}\na:\n  <<: *x # c\n  new: 2\n',
    ],
    ['a:\r\n  b: 1\r\n', { into: ['a'], to: [1] }, 'a:\r\n  b: 1\r\n  new:\r\n    - 1\r\n'],
  ])('%j %j', (text, edit, expected) => {
    expect(after(text, { insert: 'new', ...edit })).toBe(expected)
  })
})

describe('append', () => {
  test.each<[string, Step[], Value, string]>([
    ['[]', [], 1, '[\n  1\n]'],
    ['{"a":["x"]}', ['a'], 'y', '{"a":["x","y"]}'],
    ['[\n  1 // c\n]', [], { k: 1 }, '[\n  1, // c\n  {\n    "k": 1\n  }\n]'],
    ['a:\n- x # c\nb: 1\n', ['a'], { k: 1, l: 2 }, 'a:\n- x # c\n- k: 1\n  l: 2\nb: 1\n'],
    ['a: [x]\n', ['a'], 'w', 'a: [x, w]\n'],
    ['a: []\n', ['a'], 'w', 'a:\n  - w\n'],
  ])('%j %j %j', (text, path, value, expected) => {
    expect(after(text, { append: value, to: path })).toBe(expected)
  })
})

describe('remove', () => {
  test.each<[string, Step[], string]>([
    ['{"a":1,"b":2,"c":3}', ['a'], '{"b":2,"c":3}'],
    ['{"a":1,"b":2,"c":3}', ['b'], '{"a":1,"c":3}'],
    ['{ "a": 1, "b": 2 }', ['b'], '{ "a": 1 }'],
    ['{ "a": 1 }', ['a'], '{}'],
    ['{\n  "a": 1, // c\n  // d\n  "b": 2 // e\n}', ['a'], '{\n  // d\n  "b": 2 // e\n}'],
    ['{\n  "a": 1, // c\n  // d\n  "b": 2 // e\n}', ['b'], '{\n  "a": 1 // c\n  // d\n}'],
    ['{\n  // c\n  "a": 1\n}', ['a'], '{\n  // c\n}'],
    ['a: 1 # c\n# d\nb: 2\n', ['a'], '# d\nb: 2\n'],
    ['a: 1\n# d\nb:\n  - 2 # e\n', ['b'], 'a: 1\n# d\n'],
    ['a:\n  b: 1 # c\n', ['a', 'b'], 'a:\n  {} # c\n'],
    ['- a: 1\n  b: 2\n', [0, 'a'], '- b: 2\n'],
    ['- a: 1 # c\n  # d\n  b: 2\n', [0, 'a'], '-\n  # d\n  b: 2\n'],
    ['a: 1\nb: 2', ['b'], 'a: 1'],
    ['x: {a: 1, b: 2}\n', ['x', 'a'], 'x: {b: 2}\n'],
    ['x: &x {k: 1}\na:\n  <<: *x\n  b: 2\n', ['a', 'b'], 'x: &x {k: 1}\na:\n  <<: *x\n'],
    ['a: 1\r\nb: 2\r\nc: 3\r\n', ['b'], 'a: 1\r\nc: 3\r\n'],
    // Or else the blank lines would be part of a.
    ['a: |+\n  x\nb: 1\n\nc: 2\n', ['b'], 'a: |+\n  x\nc: 2\n'],
  ])('%j %j', (text, path, expected) => {
    expect(after(text, { remove: path })).toBe(expected)
  })
})

describe('drop', () => {
  test.each<[string, Step[], string]>([
    ['[1, 2, 3]', [0], '[2, 3]'],
    ['[1,2,3]', [2], '[1,2]'],
    ['[1]', [0], '[]'],
    [
      '{\n  "a": [\n    // c\n    1, // d\n    2 // e\n  ]\n}',
      ['a', 0],
      '{\n  "a": [\n    // c\n    2 // e\n  ]\n}',
    ],
    [
      '{\n  "a": [\n    // c\n    1, // d\n    2 // e\n  ]\n}',
      ['a', 1],
      '{\n  "a": [\n    // c\n    1 // d\n  ]\n}',
    ],
    ['a:\n  - x # c\n  # d\n  - y # e\n', ['a', 0], 'a:\n  # d\n  - y # e\n'],
    ['a:\n  - x # c\n  # d\n  - y # e\n', ['a', 1], 'a:\n  - x # c\n  # d\n'],
    ['a: # c\n- k: 1\n  l: 2 # d\n- k: 3\nb: 1\n', ['a', 0], 'a: # c\n- k: 3\nb: 1\n'],
    ['a: # c\n- k: 1\n  l: 2 # d\n- k: 3\nb: 1\n', ['a', 1], 'a: # c\n- k: 1\n  l: 2 # d\nb: 1\n'],
    ['a:\n- x # c\nb: 1\n', ['a', 0], 'a: [] # c\nb: 1\n'],
    ['- - h\n  - i\n- j\n', [0, 0], '- - i\n- j\n'],
    ['- - h # c\n  # d\n  - i\n', [0, 0], '-\n  # d\n  - i\n'],
    ['- &x {k: 1}\n- !t y\n-\n- 2\n', [1], '- &x {k: 1}\n-\n- 2\n'],
    ['- &x {k: 1}\n- !t y\n-\n- 2\n', [2], '- &x {k: 1}\n- !t y\n- 2\n'],
    ['- &x {k: 1}\n- *x\n- 2\n', [1], '- &x {k: 1}\n- 2\n'],
    ['-\n  a: 1\n- b: |+\n    x\n\n- c\n', [0], '- b: |+\n    x\n\n- c\n'],
    ['- |+\n  x\n- y\n\n- z\n', [1], '- |+\n  x\n- z\n'],
    ['a: [x, y, ]\n', ['a', 1], 'a: [x, ]\n'],
    ['a:\r\n- x\r\n- y\r\n', ['a', 0], 'a:\r\n- y\r\n'],
  ])('%j %j', (text, path, expected) => {
    expect(after(text, { drop: path })).toBe(expected)
  })

  test('several, all, and one for another', () => {
    expect(after('- 1\n- 2\n- 3\n', { drop: [0] }, { drop: [2] })).toBe('- 2\n')
    expect(after('a:\n- 1\n- 2\n', { drop: ['a', 0] }, { drop: ['a', 1] })).toBe('a: []\n')
    expect(after('a:\n- 1 # c\n# d\n- 2\nb: 1\n', { drop: ['a', 0] }, { drop: ['a', 1] })).toBe(
      'a:\n  [] # c\n# d\nb: 1\n',
    )
    expect(after('[1, 2]', { drop: [0] }, { drop: [1] })).toBe('[]')
    expect(after('- 1\n- 2\n', { drop: [1] }, { append: 3, to: [] })).toBe('- 1\n- 3\n')
  })
})

describe('several edits', () => {
  test.each<[string, PathEdit[], string]>([
    ['{"a":1,"b":2,"c":3}', [{ remove: ['b'] }, { remove: ['c'] }], '{"a":1}'],
    ['{"a":1,"b":2,"c":3}', [{ remove: ['a'] }, { remove: ['b'] }, { remove: ['c'] }], '{}'],
    ['a:\n  b: 1\n  c: 2\n', [{ remove: ['a', 'b'] }, { remove: ['a', 'c'] }], 'a:\n  {}\n'],
    ['{"a":1}', [{ remove: ['a'] }, { insert: 'b', into: [], to: 2 }], '{"b":2}'],
    ['a: 1\nb: 2\n', [{ remove: ['b'] }, { insert: 'c', into: [], to: 3 }], 'a: 1\nc: 3\n'],
    [
      'a: 1\n',
      [
        { insert: 'b', into: [], to: 2 },
        { insert: 'c', into: [], to: 3 },
      ],
      'a: 1\nb: 2\nc: 3\n',
    ],
    [
      '[1]',
      [
        { append: 2, to: [] },
        { append: 3, to: [] },
      ],
      '[1, 2, 3]',
    ],
    ['a: 1\nb: 2\n', [{ rename: ['a'], to: 'c' }, { set: ['a'], to: 'x' }, { remove: ['b'] }], 'c: x\n'],
    // Two blocks that end at one place.
    [
      'a:\n  b: 1\n',
      [
        { insert: 'd', into: [], to: 3 },
        { insert: 'c', into: ['a'], to: 2 },
      ],
      'a:\n  b: 1\n  c: 2\nd: 3\n',
    ],
  ])('%j %j', (text, edits, expected) => {
    expect(after(text, ...edits)).toBe(expected)
  })

  test('that contradict each other are refused', () => {
    expect(after('{"a":{"b":1}}', { remove: ['a'] }, { set: ['a', 'b'], to: 2 })).toBeUndefined()
    expect(after('{"a":1}', { set: ['a'], to: 2 }, { set: ['a'], to: 3 })).toBeUndefined()
    expect(after('a:\n', { set: ['a'], to: 2 }, { set: ['a'], to: 3 })).toBeUndefined()
  })
})

describe('what cannot be written', () => {
  test.each<[string, string, PathEdit]>([
    ['an alias', 'a: &x 1\nb: *x\n', { set: ['b'], to: 2 }],
    ['what CloudFormation computes', 'a: !Ref x\n', { set: ['a'], to: 2 }],
    ['within an alias', 'a: &x {k: 1}\nb: *x\n', { set: ['b', 'k'], to: 2 }],
    ['into an alias', 'a: &x {k: 1}\nb: *x\n', { insert: 'l', into: ['b'], to: 2 }],
    ['out of an alias', 'a: &x {k: 1}\nb: *x\n', { remove: ['b', 'k'] }],
    ['to an alias', 'a: &x [1]\nb: *x\n', { append: 2, to: ['b'] }],
    ['an item of an alias', 'a: &x [1]\nb: *x\n', { drop: ['b', 0] }],
    ['an item that is none', 'a: 1\n', { drop: ['a'] }],
    ['what a merge key brings in', 'a: &x {k: 1}\nb:\n  <<: *x\n', { remove: ['b', 'k'] }],
    ['a key that is an alias', 'a: &x k\n*x : 1\n', { rename: ['k'], to: 'l' }],
    [
      'behind a property of another object',
      'a: {k: 1}\nb: {l: 2}\n',
      { insert: 'm', into: ['a'], to: 1, after: 'l' },
    ],
    ['an unclosed object', '{"a": 1', { insert: 'b', into: [], to: 2 }],
    ['an object without a comma', '{"a": 1 "b": 2}', { remove: ['a'] }],
    ['a broken value', '{"a": x, "b": 1}', { set: ['a'], to: 2 }],
    ['a broken block', 'a: b: c\n', { insert: 'd', into: [], to: 1 }],
    [
      'what a template leaves broken',
      'a: {{ x }}\n{{ if }}\nb: c: d\n{{ end }}\n',
      { insert: 'e', into: [], to: 1 },
    ],
    ['a key without a name', 'a: 1\n: 2\n', { remove: ['a'] }],
    ['where a comment would become text', 'a: |\n  x\nb: 1\n    # c\n', { remove: ['b'] }],
    ['before a tag that has no place', '{"a"!t\n, b: 1}', { set: ['a'], to: 2 }],
    ['before an anchor that has no place', '{"a"&x}', { set: ['a'], to: 2 }],
    ['behind a tag without a value', '[!t\n]', { append: 1, to: [] }],
    ['beside a key whose colon is in the next line', 'a: 1\nb\n  : 2\n', { remove: ['a'] }],
    ['over a template in a line of its own', 'a:\n{{ x }}\n  - y\n', { set: ['a'], to: 0 }],
    ['over a template before everything', '{{ x }}#{{ y }}', { set: [], to: 0 }],
  ])('%s', (_, text, edit) => {
    const tree = treeOf(text)
    const resolved = nodeEdit(tree, edit)
    if ('insert' in resolved && 'after' in edit) {
      const stray = property(get(tree.root, 'b'), 'l')
      expect(write(tree, { ...resolved, ...(stray && { after: stray }) })).toBeUndefined()
    } else expect(write(tree, resolved)).toBeUndefined()
  })

  test('blank lines that are part of the text above stay with it', () => {
    expect(after('- |\n  x\n    \n', { append: 'z', to: [] })).toBe('- |\n  x\n    \n- z\n')
    expect(after('a: |+\n  x\n\n\nb: 1', { remove: ['b'] })).toBe('a: |+\n  x\n\n\n')
  })

  test('a problem elsewhere, or a duplicate key, is no obstacle', () => {
    expect(after('{"a": {"b": 1}, "c": x}', { set: ['a', 'b'], to: 2 })).toBe('{"a": {"b": 2}, "c": x}')
    expect(after('{"a": 1, "a": 2}', { remove: ['a'] })).toBe('{"a": 1}')
  })
})
