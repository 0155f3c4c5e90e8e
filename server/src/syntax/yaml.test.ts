import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments, stringify } from 'yaml'
import { get, type Node, type Tree, toValue, walk } from './node.ts'
import { parseYaml, parseYamlDocument, splitDocuments } from './yaml.ts'

function one(text: string): Tree {
  const [tree, ...more] = parseYaml(text)
  if (!tree || more.length > 0) throw new Error('expected one document')
  return tree
}
const value = (text: string) => toValue(one(text).root)
const shown = (text: string, node: { start: number; end: number } | undefined) =>
  node && text.slice(node.start, node.end)
const problems = (text: string) =>
  parseYaml(text).flatMap(tree => tree.problems.map(p => [text.slice(p.start, p.end), p.message]))

describe('values', () => {
  test.each<[string, unknown]>([
    ['a: 1\nb: [x, true, null, ~, 1.5]\n', { a: 1, b: ['x', true, null, null, 1.5] }],
    ["a: \"x\\ty\"\nb: 'it''s'\n", { a: 'x\ty', b: "it's" }],
    ['a: x\n  y\n\n  z\n', { a: 'x y\nz' }],
    ['a: |\n  x\n   y\nb: >-\n  x\n  y\nc: |+\n  x\n\n', { a: 'x\n y\n', b: 'x y', c: 'x\n\n' }],
    ['a:\nb:\n  - \n  -\n', { a: null, b: [null, null] }],
    // Kept as written: Infinity to one parser, a string to kubectl.
    ['id: 2e848593', { id: '2e848593' }],
    ['a: .inf\nb: .nan', { a: '.inf', b: '.nan' }],
    ['yes: no\n', { yes: 'no' }],
    ['a: !!str 5\nb: !custom x\n', { a: '5', b: 'x' }],
    ['"a": 1\n\'b\': 2\n', { a: 1, b: 2 }],
    // A key that is no string goes by what is written there.
    [
      '8080: a\n0x10: b\ntrue: c\nnull: d\n~: e\n1.0: f\n',
      { '8080': 'a', '0x10': 'b', true: 'c', null: 'd', '~': 'e', '1.0': 'f' },
    ],
    ['? a\n: 1\n? b\n? [c, d]\n: 2\n? |\n  e\n: 3\n', { a: 1, b: null, '[c, d]': 2, 'e\n': 3 }],
    [': a\n', { '': 'a' }],
    ['{a, "b":1, c: {d}, e: [f: g, h]}', { a: null, b: 1, c: { d: null }, e: [{ f: 'g' }, 'h'] }],
    ['a: 1\r\nb:\r\n- x\r\n- |\r\n  y\r\n', { a: 1, b: ['x', 'y\n'] }],
    ['\ufeff- a\n- b\n', ['a', 'b']],
    ['%YAML 1.2\n---\na: yes\n', { a: 'yes' }],
    ['%YAML 1.1\n---\na: yes\n<<: {b: 1}\nc: 2020-01-01\n', { a: true, b: 1, c: '2020-01-01' }],
    ['--- text\n', 'text'],
    ['--- |\n x\n', 'x\n'],
    ['---\na: 1\n...\n', { a: 1 }],
    ['a: 1\n__proto__: 2\n', JSON.parse('{"a":1,"__proto__":2}')],
  ])('%j', (text, expected) => {
    expect(value(text)).toEqual(expected)
    expect(problems(text)).toEqual([])
  })

  test('of any text are those of the library', () => {
    const json = fc.json({ maxDepth: 2 }).map(text => JSON.parse(text))
    fc.assert(
      fc.property(json, fc.constantFrom(2, 4), fc.boolean(), (json, indent, flow) => {
        const text = stringify(json, {
          indent,
          collectionStyle: flow ? 'flow' : 'block',
          aliasDuplicateObjects: false,
        })
        if (typeof json === 'object' && json !== null) expect(value(text)).toEqual(json)
        expect(problems(text).filter(([, message]) => !message?.includes('given twice'))).toEqual([])
      }),
      { seed: 1, numRuns: 50 },
    )
  })

  test('nothing in a document gives no root', () => {
    for (const text of ['', '\n\n', '# comment\n', '  ', '\ufeff'])
      expect(parseYaml(text), JSON.stringify(text)).toEqual([])
    for (const text of ['---\n', '--- # c\n', '---\n...\n', 'a: 1\n---\n'])
      expect(parseYaml(text).at(-1)?.root).toBeUndefined()
  })
})

describe('places', () => {
  test.each<[string, (string | number)[], string]>([
    ['a: x # c\n', ['a'], 'x'],
    ['a:\n  b: 1\n\n# c\nd: 2\n', ['a'], 'b: 1'],
    ['a:\n  b: 1 # c\n  # d\n', [], 'a:\n  b: 1'],
    ['- a\n\n- b # c\n', [], '- a\n\n- b'],
    ['a: |  # c\n  x\n\n  y\n\n\nb: 1\n', ['a'], '|  # c\n  x\n\n  y'],
    ['a: >\n  x', ['a'], '>\n  x'],
    ['a: |\n\nb: 1\n', ['a'], '|'],
    ['a: "x\n  y" # c\n', ['a'], '"x\n  y"'],
    ['a: x\n  y # c\n', ['a'], 'x\n  y'],
    ['a: { b: 1, } # c\n', ['a'], '{ b: 1, }'],
    ['a: [\n  x\n] # c\n', ['a'], '[\n  x\n]'],
    ['a: &x !t y\n', ['a'], 'y'],
    ['a: &x\n  b: 1\n', ['a'], 'b: 1'],
    ['a: 1\r\nb: |\r\n  x\r\nc: 2\r\n', ['b'], '|\r\n  x'],
    ['--- text # c\n', [], 'text'],
    ['a: 1\nb: x\u00a0\n', ['b'], 'x\u00a0'],
    ['a: |\n  x\n  {{ y }}\nb: 1\n', ['a'], '|\n  x\n  {{ y }}'],
    ['\ufeffa: b\n', ['a'], 'b'],
  ])('in %j of %j', (text, path, expected) => {
    expect(shown(text, get(one(text).root, ...path))).toBe(expected)
  })

  test.each([
    ['a:', 2],
    ['a:   \nb: 1', 2],
    ['a: # c\n', 2],
    ['a: &x # c\n', 5],
    ['? a\n: \n', 5],
    ['{a: , b}', 3],
    ['{a}', 2],
  ])('an empty value in %j has no width, right behind its colon', (text, at) => {
    expect(get(one(text).root, 'a')).toMatchObject({ type: 'null', start: at, end: at })
  })

  test('an empty item stands right behind its dash', () => {
    expect(get(one('- \n-\n').root, 0)).toMatchObject({ start: 1, end: 1 })
    expect(get(one('- \n-\n').root, 1)).toMatchObject({ start: 4, end: 4 })
  })

  test('flow collections are marked', () => {
    const { root } = one('a: {b: 1}\nc: [d]\ne:\n  f: [g: h]\n')
    const flow = (...path: (string | number)[]) => (get(root, ...path) as { flow?: true }).flow
    expect([flow(), flow('a'), flow('c'), flow('e'), flow('e', 'f', 0)]).toEqual([
      undefined,
      true,
      true,
      undefined,
      true,
    ])
  })
})

describe('aliases', () => {
  test('have the value of their anchor, and their own place', () => {
    const text = 'a: &x { k: [1, v] }\nb: *x\n'
    const { root } = one(text)
    expect(toValue(root)).toEqual({ a: { k: [1, 'v'] }, b: { k: [1, 'v'] } })
    for (const node of walk(get(root, 'b'))) {
      expect(shown(text, node)).toBe('*x')
      expect(node.alias).toBe(true)
    }
    expect(get(root, 'a', 'k', 1)?.alias).toBeUndefined()
  })

  test('mean the anchor as it was when they came', () => {
    expect(value('a: &x 1\nb: &y [*x]\nc: &x 2\nd: *y\ne: *x\n')).toEqual({
      a: 1,
      b: [1],
      c: 2,
      d: [1],
      e: 2,
    })
    expect(value('- &a [&a 1]\n- *a\n')).toEqual([[1], 1])
  })

  test('may be keys', () => {
    const { root } = one('a: &x k\n*x : 1\n')
    expect(toValue(root)).toEqual({ a: 'k', k: 1 })
    expect(root?.type === 'object' && root.properties[1]?.key.alias).toBe(true)
  })

  test('merge what a map does not say itself, the first one first', () => {
    const text = 'x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz:\n  <<: [*x, *y]\n  a: 3\n  d: 4\n'
    const { root } = one(text)
    const z = get(root, 'z')
    expect(toValue(z)).toEqual({ a: 3, b: 1, c: 2, d: 4 })
    if (z?.type !== 'object') throw new Error('no object')
    expect(z.properties.map(p => [p.key.value, p.key.alias, shown(text, p.value)])).toEqual([
      ['a', undefined, '3'],
      ['d', undefined, '4'],
      ['b', true, '*x'],
      ['c', true, '*y'],
    ])
    expect(z.merges?.map(m => shown(text, m))).toEqual(['<<: [*x, *y]'])
    expect(shown(text, z)).toBe('<<: [*x, *y]\n  a: 3\n  d: 4')
  })

  test('merge at the end of a map lies inside it', () => {
    const text = 'x: &x {a: 1}\ny:\n  b: 2\n  <<: *x\n'
    expect(shown(text, get(one(text).root, 'y'))).toBe('b: 2\n  <<: *x')
  })

  test('a quoted << is a key like others', () => {
    expect(value('"<<": {a: 1}')).toEqual({ '<<': { a: 1 } })
  })

  test('without an anchor, or within their own, are problems', () => {
    expect(problems('a: *x\n')).toEqual([['*x', 'No anchor "x" comes before this alias']])
    expect(problems('a: &x\n  b: *x\n')).toEqual([['*x', 'The alias "x" stands inside its own anchor']])
    expect(value('a: &x\n  b: *x\n')).toEqual({ a: { b: null } })
  })

  test('a bomb of them is cut', () => {
    const lines = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(10)}]`)
    const text = `a0: &a0 [${'x, '.repeat(10)}]\n${lines.join('\n')}\n`
    const tree = one(text)
    expect(tree.problems.map(p => p.message)).toEqual([
      'Aliases stand for more than 10000 values; the rest is not read',
    ])
    expect([...walk(tree.root)].length).toBeLessThan(20_000)
  })

  test('deep ones too', () => {
    const deep = `a: &a ${'['.repeat(150)}${']'.repeat(150)}\nb: &b ${'['.repeat(150)}*a${']'.repeat(150)}\n`
    expect(problems(deep)).toEqual([['a', 'Nested too deeply to be read']])
  })
})

describe('problems', () => {
  test.each([
    ['a: 1\na: 2\n', [['a', '"a" is given twice; only the last one counts']]],
    ['a: b: c\n', [['b', 'A second key on this line; is a line break or a quote missing?']]],
    ['a:\n\t- b\n', [['\t', 'YAML is indented with spaces; this is a tab']]],
    ['a: "x\nb: 1\n', [['', 'This string is never closed']]],
    ['a: 1\nb\n', [['b', 'Expected a colon after this key']]],
    [
      'a: - b\n',
      [
        ['-', 'A list starts on a line of its own; is this a "-" that needs quotes?'],
        ['b', 'Expected a colon after this key'],
      ],
    ],
    ['a\nb: 1\n', [['a\nb', 'A key must stand on one line; is a colon or an indent missing above?']]],
  ])('%j', (text, expected) => {
    expect(problems(text)).toEqual(expected)
  })

  test('is none where a comment stands in a line of its own, whatever the line above ends with', () => {
    expect(problems('a: {\n  b: x # c\n# d\n}\n')).toEqual([])
    expect(problems('a: {b: "x"#d\n}\n').map(([where]) => where)).toContain('#d')
  })

  test('are placed in the whole file, whatever the document', () => {
    const text = 'a: 1\n---\nb: 1\nb: 2\n'
    expect(problems(text)).toEqual([['b', '"b" is given twice; only the last one counts']])
    expect(parseYaml(text)[1]?.problems[0]?.start).toBe(14)
  })

  test('nesting is read 200 deep', () => {
    const flow = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    expect(one(flow(200)).problems).toEqual([])
    for (const text of [
      flow(201),
      '- '.repeat(300),
      flow(100_000),
      '- '.repeat(20_000),
      `${'- '.repeat(5000)}\na: b`,
      '{a: '.repeat(5000),
    ]) {
      const [tree] = parseYaml(text)
      expect(tree?.problems.map(p => p.message)).toEqual(['Nested too deeply to be read'])
    }
  })

  test('are told once, not for every token behind the one where the parser has lost its way', () => {
    expect(one('}'.repeat(1000)).problems).toHaveLength(1)
    const text = 'a: { b: x{B} }\nc: [1, 2]\nd: { e: f }\n'
    expect(problems(text).map(([where]) => where)).toEqual(['{', 'B'])
    expect(problems('a: 1\n]\nb: 2\n')).toHaveLength(1)
  })

  test('are at most a hundred', () => {
    expect(one('- *a\n'.repeat(1000)).problems).toHaveLength(100)
  })
})

describe('templates', () => {
  const helm = `{{- if .Values.enabled }}
apiVersion: v1
metadata:
  name: {{ include "x.name" . }}
  labels:
    {{- include "x.labels" . | nindent 4 }}
  {{ .Values.key }}: "{{ .Values.a | default "b" }}"
spec:
  audience: https://{{ .Values.host }}/{{ .Values.path }}
{{- end }}
`
  test('are read as far as they can be', () => {
    const tree = one(helm)
    expect(tree).toMatchObject({ templated: true, problems: [] })
    expect(toValue(tree.root)).toEqual({
      apiVersion: 'v1',
      metadata: {
        name: '{{ include "x.name" . }}',
        labels: null,
        '{{ .Values.key }}': '{{ .Values.a | default "b" }}',
      },
      spec: { audience: 'https://{{ .Values.host }}/{{ .Values.path }}' },
    })
  })

  test('hide problems, for what they leave behind may well not parse', () => {
    expect(one('{{- range .x }}\na: 1\n{{- end }}\na: 2\n').problems).toEqual([])
  })

  test('only in quotes or block scalars are text', () => {
    expect(one('a: "{{ x }}"\nb: \'{{ y }}\'\n')).toMatchObject({ templated: false })
    expect(value('a: |\n  {{ x }}\n  y {{ z }}\nb: >-\n  {{ x }}\n  {{ y }}\n')).toEqual({
      a: '{{ x }}\ny {{ z }}\n',
      b: '{{ x }} {{ y }}',
    })
  })

  test('of GitHub workflows are values', () => {
    expect(one('a: ${{ vars.A }}\na: x-${{ b }}-${{ c }}\n')).toMatchObject({
      templated: false,
      problems: [{ duplicate: true }],
    })
  })
})

describe('variables of a shell', () => {
  test.each<[string, unknown]>([
    ['{ app: ${NAME}, port: ${PORT:-8080} }\n', { app: '${NAME}', port: '${PORT:-8080}' }],
    [
      'a: [--port=${PORT}, "x ${Y} z", $Z]\nb: {c: "é ${D}"}\n',
      { a: ['--port=${PORT}', 'x ${Y} z', '$Z'], b: { c: 'é ${D}' } },
    ],
    ['{ ${KEY}: 1 }\n', { '${KEY}': 1 }],
    ['a: ${B}\n', { a: '${B}' }],
  ])('%j', (text, expected) => {
    expect(value(text)).toEqual(expected)
    expect(problems(text)).toEqual([])
  })

  test('do not hide what is wrong elsewhere', () => {
    expect(problems('a: { b: ${B} }\nc: "x\n')).not.toEqual([])
    expect(problems('a: ${B}\na: 1\n')).toEqual([['a', '"a" is given twice; only the last one counts']])
  })
})

describe('splitDocuments', () => {
  const parts = (text: string) => splitDocuments(text).map(r => text.slice(r.start, r.end))

  test.each([
    ['', ['']],
    ['a: 1\n', ['a: 1\n']],
    ['a\n---\nb\n--- c\n---', ['a\n', '---\nb\n', '--- c\n', '---']],
    ['---\na\n---\nb', ['---\na\n', '---\nb']],
    ['# comment\n\n---\na\n---\nb', ['# comment\n\n---\na\n', '---\nb']],
    ['---\n---\n', ['---\n', '---\n']],
    ['a\r\n---\r\nb', ['a\r\n', '---\r\nb']],
    // No markers.
    ['a: x\n --- y\n', ['a: x\n --- y\n']],
    ['a\n---b\n', ['a\n---b\n']],
    ['a\r---\rb\u2028---', ['a\r---\rb\u2028---']],
    // Directives belong to the document below.
    ['%YAML 1.2\n---\na\n...\n%YAML 1.2\n---\nb\n', ['%YAML 1.2\n---\na\n...\n%YAML 1.2\n---\nb\n']],
  ])('%j', (text, expected) => {
    expect(parts(text)).toEqual(expected)
  })

  test('finds the documents of the library', () => {
    const line = fc.constantFrom(
      ...[
        '---',
        '--- ',
        '--- a',
        '--- |',
        '---\t# c',
        '...',
        '# c',
        '',
        ' ',
        'a: 1',
        'a: |',
        '  x',
        '  ---',
        ' - ---',
        '---x',
      ],
      ...['- a', '"q"', 'b: "x', '  y"', "c: 'x", "  y'", 'd: [1,', '  2]', '- >-', '%a'],
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), (lines, eol) => {
        const text = lines.join(eol)
        const documents = parseAllDocuments(text, {
          prettyErrors: false,
          uniqueKeys: false,
          logLevel: 'silent',
        })
        // In broken text the library may swallow a marker; we do not.
        if (!Array.isArray(documents) || documents.some(d => d.errors.length > 0)) return
        const trees = parseYaml(text)
        expect(trees.map(t => t.problems.filter(p => !p.duplicate))).toEqual(documents.map(() => []))
        expect(trees.map(t => toValue(t.root) ?? null)).toEqual(documents.map(d => d.toJS()))
      }),
      { seed: 3, numRuns: 600 },
    )
  })

  test('leaves no gaps, and each part can be read on its own', () => {
    const text = 'a: 1\n---\nb: 2\n...\nc: 3\n---\n# d\n'
    const ranges = splitDocuments(text)
    expect(ranges.map(r => text.slice(r.start, r.end)).join('')).toBe(text)
    const trees = ranges.flatMap(range => parseYamlDocument(text, range))
    expect(trees.map(t => toValue(t.root))).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }, undefined])
    expect(trees.map(t => shown(text, t.root as Node | undefined))).toEqual([
      'a: 1',
      'b: 2',
      'c: 3',
      undefined,
    ])
  })

  test('takes linear time', () => {
    for (const text of [
      '---\n'.repeat(100_000),
      `${'#\n'.repeat(200_000)}---\n---\n`,
      ' \n'.repeat(300_000),
      '-'.repeat(500_000),
    ]) {
      const start = performance.now()
      splitDocuments(text)
      expect(performance.now() - start).toBeLessThan(1000)
    }
  })
})

test('a forgotten line between two Kubernetes objects: both are read, and it is said', () => {
  const text = 'apiVersion: v1\nkind: ServiceAccount\n\napiVersion: v1\nkind: Pod\nspec: { a: 1 }\n'
  const trees = parseYaml(text)
  expect(trees.map(tree => toValue(get(tree.root, 'kind')))).toEqual(['ServiceAccount', 'Pod'])
  expect(trees.flatMap(tree => tree.problems)).toEqual([
    {
      start: text.lastIndexOf('apiVersion'),
      end: text.lastIndexOf('apiVersion') + 10,
      message: 'A line `---` is missing before this: another object starts here',
      mild: true,
    },
  ])
  // Elsewhere a key that is given twice is just that.
  expect(parseYaml('spec:\n  apiVersion: a\n  apiVersion: b\n')).toHaveLength(1)
})

test('what a function of CloudFormation comes to is not known', () => {
  const text =
    'a: !Ref Name\nb: !If [x, { y: &z 1 }, *z]\nc: !Sub "*"\nd: !!str 1\ne: ! plain\nf: [!Ref G]\ng: !GetAtt A.B\nh: !vault x\n'
  const [tree] = parseYaml(text)
  expect(tree?.problems).toEqual([])
  expect(toValue(tree?.root)).toEqual({
    a: '${!Ref}',
    b: '${!If}',
    c: '*',
    d: '1',
    e: 'plain',
    f: ['${!Ref}'],
    g: '${!GetAtt}',
    h: 'x',
  })
  const shownAt = (key: string) => shown(text, get(tree?.root, key))
  expect(shownAt('b')).toBe('[x, { y: &z 1 }, *z]')
})
