import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyEdits, type TextEdit } from '../text/edit.ts'
import { parseJson } from './json.ts'
import { get, type Node, path, type Range, type Tree, toValue, walk } from './node.ts'
import { PUNCTUATION } from './snippets.testdata.ts'
import { type NodeEdit, type Value, write, writeAll } from './write.ts'
import { parseYaml } from './yaml.ts'

/**
 * Documents in every style people write, and every kind of edit in them: what is written must parse, mean exactly
 * what was meant, and leave every comment and every other byte as it was.
 */

// --- documents ---------------------------------------------------------------------------------------------

/** A value with the choices of whoever wrote it. */
type Doc = Scalar | Collection
interface Scalar {
  type: 'scalar'
  value: string | number | boolean | null
  style: 'plain' | 'single' | 'double' | 'literal' | 'folded'
}
interface Collection {
  type: 'map' | 'seq'
  flow: boolean
  multiline: boolean
  entries: Entry[]
}
interface Entry {
  key: string
  keyStyle: 'plain' | 'single' | 'double'
  /** An anchor or a tag before the value. */
  props: '' | '&' | '!'
  value: Doc
  commentAbove: boolean
  commentBehind: boolean
  blankAbove: boolean
}

interface Format {
  json: boolean
  eol: '\n' | '\r\n'
  step: '  ' | '    ' | '\t'
  tight: boolean
  comments: boolean
  indentLists: boolean
  trailingComma: boolean
  marker: boolean
  finalBreak: boolean
}

const STRINGS = [
  ...[
    'a',
    'b c',
    'https://api.anthropic.com',
    'repo:org/name:*',
    'arn:aws:iam::123456789012:role/x',
    'x'.repeat(120),
  ],
  ...[
    '',
    ' lead',
    'trail ',
    'yes',
    'null',
    '~',
    'true',
    '12',
    '-1.5',
    '0777',
    '2e848593',
    '1:30',
    '2024-01-01',
    '<<',
  ],
  ...[
    '- a',
    '-',
    '?',
    '? a',
    ':',
    'a:',
    'a: b',
    ': a',
    'a #b',
    '#a',
    '{a}',
    '[a',
    'a, b',
    ',',
    '*a',
    '&a',
    '!a',
    '%a',
  ],
  ...[
    '@a',
    '`a`',
    '|',
    '>',
    "it's",
    "'",
    'say "x"',
    '"',
    'back\\slash',
    '---',
    '--- a',
    '...',
    'é',
    '😀',
    '日本',
  ],
  ...[
    'a\nb',
    'a\nb\n',
    'a\n\nb',
    'a\n',
    '\n',
    '\na',
    'a\n\n',
    'a\n  b\nc',
    'a \nb',
    'tab\tx',
    '\tx',
    'a\r\nb',
    '\u0007',
  ],
  ...[
    '\u2028',
    '\ufeffx',
    '\u007f',
    '\u0085',
    '{{ .Values.x }}',
    'a {{ x }} b',
    '${VAR}',
    '// a',
    '/* a */',
    'a\u00a0',
  ],
]
const KEYS = [
  'a',
  'b',
  'c',
  'd',
  'issuer_url',
  'two words',
  '1',
  'null',
  'a/b',
  'https://x',
  'é',
  'x.y',
  'a: b',
  '#',
  '-',
]

const scalarValue = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...STRINGS) },
  fc.constantFrom(0, -1, 3600, 1.5, 1e21, true, false, null),
)
const quotes = fc.constantFrom('plain' as const, 'single' as const, 'double' as const)

const { doc: docs } = fc.letrec<{ doc: Doc; entry: Entry }>(tie => ({
  doc: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.record({
      type: fc.constant('scalar' as const),
      value: scalarValue,
      style: fc.oneof(quotes, fc.constantFrom('literal' as const, 'folded' as const)),
    }),
    fc.record({
      type: fc.constantFrom('map' as const, 'seq' as const),
      flow: fc.boolean(),
      multiline: fc.boolean(),
      entries: fc.uniqueArray(tie('entry'), { selector: e => e.key, maxLength: 4 }),
    }),
  ),
  entry: fc.record({
    key: fc.constantFrom(...KEYS),
    keyStyle: quotes,
    props: fc.oneof(
      { weight: 6, arbitrary: fc.constant('' as const) },
      fc.constantFrom('&' as const, '!' as const),
    ),
    value: tie('doc'),
    commentAbove: fc.boolean(),
    commentBehind: fc.boolean(),
    blankAbove: fc.boolean(),
  }),
}))

const formats: fc.Arbitrary<Format> = fc.record({
  json: fc.boolean(),
  eol: fc.constantFrom('\n', '\r\n'),
  step: fc.constantFrom('  ', '    ', '\t'),
  tight: fc.boolean(),
  comments: fc.boolean(),
  indentLists: fc.boolean(),
  trailingComma: fc.boolean(),
  marker: fc.boolean(),
  finalBreak: fc.boolean(),
})

function valueIn(doc: Doc): Value {
  if (doc.type === 'scalar') return doc.value
  if (doc.type === 'seq') return doc.entries.map(e => valueIn(e.value))
  return Object.fromEntries(doc.entries.map(e => [e.key, valueIn(e.value)]))
}

/** Writes `doc` down as `format` says. Every comment has a number of its own. */
function render(doc: Doc, format: Format): string {
  const { json, eol } = format
  const tight = json && format.tight
  const step = format.step === '\t' ? '   ' : format.step
  let numbers = 0

  const comment = () => `${json ? '//' : '#'} c${++numbers};`
  const propsOf = ({ props, value }: Entry, number = numbers++) => {
    // A tag says what a scalar is; only a custom one leaves collections and strings what they are.
    const tagged = props === '!' && (value.type !== 'scalar' || typeof value.value === 'string')
    return json || props === '' || (props === '!' && !tagged) ? '' : props === '&' ? ` &n${number}` : ' !t'
  }
  const behind = (entry: Entry) => (format.comments && entry.commentBehind ? ` ${comment()}` : '')

  function text(value: string, style: string): string {
    const simple = /^[A-Za-z/][\w/.*-]*( \w+)*$/.test(value) && !/^(null|true)$/.test(value)
    if (json || /[\p{Cc}\u2028\ufeff]/u.test(value) || style === 'double') return JSON.stringify(value)
    return style === 'plain' && simple ? value : `'${value.replaceAll("'", "''")}'`
  }
  function scalar({ value, style }: Scalar): string {
    return typeof value === 'string' ? text(value, style) : JSON.stringify(value)
  }
  function flow(node: Doc, indent: string): string {
    if (node.type === 'scalar') return scalar(node)
    const [open, close] = node.type === 'map' ? '{}' : '[]'
    const multiline = node.multiline && !tight
    const inner = indent + (json ? format.step : '  ')
    const entries = node.entries.map(e => {
      const value = flow(e.value, multiline ? inner : indent)
      const key = node.type === 'map' ? `${text(e.key, e.keyStyle)}:${tight ? '' : ' '}` : ''
      return key + `${propsOf(e)} `.trimStart() + value
    })
    if (!multiline) {
      const pad = entries.length > 0 && node.flow ? ' ' : ''
      return open + pad + entries.join(tight ? ',' : ', ') + pad + close
    }
    let result = open
    for (const [i, e] of node.entries.entries()) {
      if (format.comments && e.commentAbove) result += eol + inner + comment()
      const comma = i < entries.length - 1 || (!json && format.trailingComma) ? ',' : ''
      result += eol + inner + entries[i] + comma + behind(e)
    }
    if (format.comments && entries.length === 0 && node.flow) result += eol + inner + comment()
    return result + eol + indent + close
  }
  function blockScalar({ value, style }: Scalar, indent: string, e: Entry): string | undefined {
    if (typeof value !== 'string' || (style !== 'literal' && style !== 'folded')) return undefined
    if (!/^[a-z][\s\S]*[a-z]\n?$/.test(value) || /[ \t]\n|\n[ \t]|\r/.test(value)) return undefined
    const body = value.replace(/\n$/, '')
    const lines = (style === 'folded' ? body.replace(/\n+/g, '\n$&') : body).split('\n')
    const header = ` ${style === 'folded' ? '>' : '|'}${value.endsWith('\n') ? '' : '-'}`
    return propsOf(e) + header + behind(e) + lines.map(l => eol + (l && indent + l)).join('')
  }
  /** What follows the colon or dash of `e`. */
  function block(e: Entry, holder: Collection, indent: string): string {
    const { value } = e
    if (value.type === 'scalar') {
      if (value.value === null && value.style === 'plain') return behind(e)
      return blockScalar(value, indent + step, e) ?? `${propsOf(e)} ${scalar(value)}${behind(e)}`
    }
    if (value.entries.length === 0 || value.flow)
      return `${propsOf(e)} ${flow(value, `${indent}  `)}${behind(e)}`
    const props = propsOf(e)
    if (holder.type === 'seq' && !e.blankAbove && props === '') return ` ${lines(value, `${indent}  `)}`
    const atKey = holder.type === 'map' && value.type === 'seq' && !format.indentLists
    const inner = holder.type === 'seq' ? `${indent}  ` : atKey ? indent : indent + step
    const above = format.comments && e.commentAbove ? eol + inner + comment() : ''
    return props + behind(e) + above + eol + inner + lines(value, inner)
  }
  /** A block at `indent`, its first line without it. */
  function lines(node: Collection, indent: string): string {
    return node.entries
      .map((e, i) => {
        const above = format.comments && e.commentAbove ? indent + comment() + eol : ''
        const head = node.type === 'seq' ? '-' : `${text(e.key, e.keyStyle)}:`
        return (i > 0 ? eol + (e.blankAbove ? eol : '') + above + indent : '') + head + block(e, node, indent)
      })
      .join('')
  }
  const isBlock = !json && doc.type !== 'scalar' && doc.entries.length > 0 && !doc.flow
  const marker = !json && format.marker ? `---${isBlock ? eol : ' '}` : ''
  const top = format.comments ? comment() + eol : ''
  return top + marker + (isBlock ? lines(doc, '') : flow(doc, '')) + (format.finalBreak ? eol : '')
}

function parse(text: string, json: boolean): Tree {
  const [tree, ...more] = json ? [parseJson(text)] : parseYaml(text)
  if (!tree || more.length > 0) throw new Error(`not one document:\n${text}`)
  return tree
}

// --- edits -------------------------------------------------------------------------------------------------

const newValue: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>(tie => ({
  value: fc.oneof(
    { maxDepth: 2 },
    scalarValue,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS, '<<', ''), tie('value'), { maxKeys: 3 }),
  ),
})).value
const newName = fc.constantFrom('new', 'new: x', "it's new", 'new, x')

/** Every edit that can be made in `tree`, of each kind. */
function editsIn(tree: Tree, to: Value, name: string): NodeEdit[] {
  return [...walk(tree.root)].flatMap((node): NodeEdit[] => {
    const set = { set: node, to }
    if (node.type === 'array')
      return [
        set,
        { append: to, to: node },
        ...node.items.flatMap(item => [{ drop: item }, { append: to, to: node, after: item }]),
      ]
    if (node.type !== 'object') return [set]
    return [
      set,
      { insert: name, into: node, to },
      ...node.properties.flatMap(p => [
        { insert: name, into: node, to, after: p },
        { rename: p, to: name },
        { remove: p },
      ]),
    ]
  })
}

/** What the document is to say after `edits`, objects as maps, for the order of keys counts. */
function intended(node: Node, edits: readonly NodeEdit[]): unknown {
  for (const edit of edits) if ('set' in edit && edit.set === node) return ordered(edit.to)
  if (node.type === 'array') {
    const last = node.items.at(-1)
    const behind = (item: Node | undefined) =>
      edits.flatMap(edit =>
        'append' in edit && edit.to === node && (edit.after ?? last) === item ? [ordered(edit.append)] : [],
      )
    const goes = (item: Node) => edits.some(edit => 'drop' in edit && edit.drop === item)
    if (!last) return behind(undefined)
    return node.items.flatMap(item => [...(goes(item) ? [] : [intended(item, edits)]), ...behind(item)])
  }
  if (node.type !== 'object') return node.value
  const coming = edits.filter(edit => 'insert' in edit && edit.into === node) as Extract<
    NodeEdit,
    { insert: string }
  >[]
  const last = node.properties.at(-1)
  const entries = node.properties.flatMap(p => {
    const gone = edits.some(edit => 'remove' in edit && edit.remove === p)
    const name = edits.find(edit => 'rename' in edit && edit.rename === p)
    const own = [name && 'rename' in name ? name.to : p.key.value, intended(p.value, edits)] as const
    const behind = coming.filter(edit => (edit.after ?? last) === p)
    return [...(gone ? [] : [own]), ...behind.map(edit => [edit.insert, ordered(edit.to)] as const)]
  })
  return new Map(last ? entries : coming.map(edit => [edit.insert, ordered(edit.to)]))
}

function ordered(value: Value): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  return new Map(Object.entries(value).map(([key, item]) => [key, ordered(item)]))
}

function orderedValue(node: Node | undefined): unknown {
  if (node?.type === 'array') return node.items.map(orderedValue)
  if (node?.type !== 'object') return node?.value
  return new Map(node.properties.map(p => [p.key.value, orderedValue(p.value)]))
}

// --- what must hold ------------------------------------------------------------------------------------------

function check(tree: Tree, edits: readonly NodeEdit[], written: readonly TextEdit[] | undefined): string {
  const { text, format, root } = tree
  if (!written || !root) throw new Error(`not written: ${edits.map(show).join(' & ')}\n${text}`)
  const after = applyEdits(text, written)
  const shown = `${edits.map(show).join(' & ')}\n${text}\n=>\n${after}`
  const result = parse(after, format === 'json')
  expect(result.problems, shown).toEqual([])
  expect(orderedValue(result.root), shown).toEqual(intended(root, edits))
  expect(
    comments(tree, edits).filter(c => !after.includes(c)),
    shown,
  ).toEqual([])
  const dashes = edits.some(edit => 'drop' in edit) ? '-' : ''
  const beside = new RegExp(`^(?:[\\s,?${dashes}]|!(?:!?[a-z]+)?|&n\\d+)*$`)
  expect(deletedBeside(text, written, edits), shown).toMatch(beside)
  if (text.includes('\r')) expect(after.replaceAll('\r\n', ''), shown).not.toContain('\n')
  return after
}

function show(edit: NodeEdit): string {
  const at =
    'set' in edit
      ? edit.set
      : 'remove' in edit
        ? edit.remove.value
        : 'rename' in edit
          ? edit.rename.value
          : 'drop' in edit
            ? edit.drop
            : undefined
  return `${Object.keys(edit)} ${at ? `/${path(at).join('/')}` : ''} ${'to' in edit && JSON.stringify('set' in edit || 'insert' in edit ? edit.to : '')}`
}

/** Where an entry starts: in a block list with its dash. */
function startOf(
  text: string,
  { parent, start }: Node | Extract<NodeEdit, { remove: unknown }>['remove'],
): number {
  const isItem = parent?.type === 'array' && text[parent.start] === '-'
  return isItem ? text.lastIndexOf('-', start - 1) : start
}

/** What may go: the old value or key, a removed property with the comment behind it, `{}` that is filled. */
function mayGo(text: string, edit: NodeEdit): Range[] {
  if ('rename' in edit) return [edit.rename.key]
  if ('remove' in edit || 'drop' in edit) {
    const gone = 'drop' in edit ? edit.drop : edit.remove
    const end = text.indexOf('\n', gone.end)
    return [{ start: startOf(text, gone), end: end === -1 ? text.length : end }]
  }
  const at = 'set' in edit ? edit.set : 'into' in edit ? edit.into : edit.to
  return 'set' in edit || /^[{[]\s*[}\]]$/.test(text.slice(at.start, at.end)) ? [at] : []
}

/** What is deleted but for what may go. */
function deletedBeside(text: string, written: readonly TextEdit[], edits: readonly NodeEdit[]): string {
  const free = edits.flatMap(edit => mayGo(text, edit))
  const isFree = (at: number) => free.some(({ start, end }) => start <= at && at < end)
  const deleted = ({ start, end }: TextEdit) =>
    text
      .slice(start, end)
      .split('')
      .filter((_, i) => !isFree(start + i))
  return written.flatMap(deleted).join('')
}

/** The comments that must stay. */
function comments({ text }: Tree, edits: readonly NodeEdit[]): string[] {
  const free = edits.filter(edit => !('rename' in edit)).flatMap(edit => mayGo(text, edit))
  return [...text.matchAll(/(?:#|\/\/) c\d+;/g)]
    .filter(m => !free.some(({ start, end }) => start <= m.index && m.index < end))
    .map(m => m[0])
}

const options = { seed: 7, numRuns: Number(process.env.RUNS ?? 400) }
if (process.env.SEED) options.seed = Number(process.env.SEED)

test('one edit of any kind says exactly what was meant and touches nothing else', () => {
  fc.assert(
    fc.property(docs, formats, newValue, newName, fc.nat(), (doc, format, to, name, pick) => {
      const text = render(doc, format)
      const tree = parse(text, format.json)
      expect(toValue(tree.root) ?? null, text).toEqual(valueIn(doc))
      expect(tree.problems, text).toEqual([])
      const all = editsIn(tree, to, name)
      const edit = all[pick % all.length]
      if (!edit) return // an empty document has no node to edit
      const after = check(tree, [edit], write(tree, edit))
      if (!('set' in edit)) return
      const again = parse(after, format.json)
      const node = get(again.root, ...path(edit.set))
      if (node)
        expect(applyEdits(after, write(again, { set: node, to }) ?? []), `set twice:\n${text}`).toBe(after)
    }),
    options,
  )
})

test('several edits at once do too', () => {
  fc.assert(
    fc.property(
      docs,
      formats,
      fc.array(fc.tuple(newValue, fc.nat()), { minLength: 2, maxLength: 4 }),
      (doc, format, picks) => {
        const tree = parse(render(doc, format), format.json)
        const edits: NodeEdit[] = []
        for (const [i, [to, pick]] of picks.entries()) {
          const all = editsIn(tree, to, `new${i}`).filter(edit => !edits.some(other => collide(edit, other)))
          const edit = all[pick % all.length]
          if (edit) edits.push(edit)
        }
        if (edits.length === 0) return
        const written = writeAll(tree, edits)
        check(tree, edits, written)
      },
    ),
    options,
  )
})

/** Whether one of the edits is inside what the other takes away. */
function collide(a: NodeEdit, b: NodeEdit): boolean {
  const target = (edit: NodeEdit): Range & { node?: unknown } =>
    'set' in edit
      ? edit.set
      : 'remove' in edit
        ? edit.remove
        : 'drop' in edit
          ? edit.drop
          : 'rename' in edit
            ? edit.rename.key
            : 'into' in edit
              ? edit.into
              : edit.to
  const [x, y] = [target(a), target(b)]
  const takes = (edit: NodeEdit) => 'set' in edit || 'remove' in edit || 'drop' in edit || 'rename' in edit
  const touch = x.start <= y.end && y.start <= x.end
  if (!touch) return false
  const within = (inner: Range, outer: Range) => outer.start <= inner.start && inner.end <= outer.end
  return (takes(a) && within(y, x)) || (takes(b) && within(x, y))
}

const RARE = [
  '? a\n: b\n? c\n? |\n  d\n  e\n: - f\n? [g, h]\n: i: j\n',
  '? a # c1;\n: b # c2;\n? c # c3;\n',
  'a: |+\n  x\n\n\nb: 1\n\nc: |+\n  y\n\n',
  'a: |\n  x\n  y\n# c1;\nb: >\n  folded\n  text\n\n  more\nc: |2\n    deep\n   less\nd: |- # c2;\n  z\n',
  'a:\n  b: |\n    x\n  c: 1\nd:\n  - |\n    y\n  - 2\n',
  '- a: 1\n  # c1;\n  b: 2\n- c: 1 # c2;\n  d: 2 # c3;\n-\n  e: 1\n-   f: 1\n    g: 2\n- - h\n  - i\n',
  'a: # c1;\n  # c2;\n  - x\n  # c3;\n  - y # c4;\nb: # c5;\n- z\nc: # c6;\n  d: 1\n',
  'a: "x\n  y"\nb: \'it\n\n  is\'\nc: x\n  y\n\n  z # c1;\nd: [x,\n  y]\n',
  '[a: b, {c}, {d:, "e":1}, f, "g": h, ? i : j]\n',
  '{a, b: , "c":d, ? e, ? f : g, }\n',
  '---\n# c1;\na: 1\n# c2;\n...\n',
  '--- # c1;\na: 1\n',
  '--- !t\na: !t 1\nb: !!str 2\nc: !t\n  d: 1\ne: !t [x]\nf: !t\n  - y\ng: !t &n1\n  h: 1\ni: !!null\nj: !t # c1;\n  k: 1\n',
  '--- |\n  x\n  y\n',
  '--- >-\n  x\n',
  'plain\n',
  '"quoted"',
  '{}',
  '[ ]\n',
  '\ufeffa: 1\nb: 2\n',
  '&n1 a: 1\n&n2 b: &n3 2\n!t c: 3\n? &n4 d\n: &n5\n  e: f\n',
  'a:\n    b:\n        c: 1\n    d:\n    - 1\n',
  'a: 1\n\n\n\nb: 2\n\n\n',
  'a: {b: 1, # c1;\n  c: 2 # c2;\n  , d: 3}\ne: [ # c3;\n  1, 2, # c4;\n  3\n  # c5;\n]\nf: { # c6;\n}\n',
  'a:\tb\nc:\t\t# c1;\nd: [\t1,\t2\t]\n',
  '%YAML 1.2\n---\na: 1\nb: yes\n',
  'a: {{ .Values.a }}\n{{- if .Values.b }}\nb: 1\n{{- end }}\nc: "{{ .Values.c }}"\n{{ .Values.d }}: 2\ne:\n  {{- toYaml .Values.e | nindent 2 }}\nf: 1\n',
  'a: 1\r\nb: |\r\n  x\r\n  y\r\nc:\r\n- 1 # c1;\r\n- d: 2\r\n  e: 3\r\n',
  ...[
    '{"a":1,"b":[1,2,{"c":null}],"d":{}}',
    '{\n\t"a": 1, // c1;\n\t/* c2; */ "b": 2 /* c3; */,\n\t"c": [ // c4;\n\t]\n}',
  ],
  ...[
    '[ 1, /* c1; */ 2 /* c2; */ ]',
    '{ "a": 1, "b": 2,\n  "c": 3, "d": 4 }',
    '{"a": {\n}, "b": [ ], "c": { /* c1; */ }}',
    '"a"',
    '[]\n',
  ],
]

test('every edit of rare forms', () => {
  const values: Value[] = ['x: y, z', 'two\nlines\n', null, [], { k: 'v', l: [1, { m: 'a\nb' }] }]
  for (const text of RARE) {
    const json = /^["{[]/.test(text) && !text.includes('c}') && !text.includes('{a')
    const tree = parse(text, json)
    expect(tree.problems, text).toEqual([])
    for (const to of values) {
      for (const edit of editsIn(tree, to, 'new: x')) check(tree, [edit], write(tree, edit))
    }
  }
})

const SNIPPETS = [
  ...PUNCTUATION,
  ...[' # c', '|', '>-\n'],
  ...['&a ', '!t ', '{{ x }}', '\n- ', '\n  ', '\n    ', 'a: ', 'b', '"c": ', '\n\n', ' |\n', ' |+\n  x\n'],
]

/**
 * Whether garbled text has none of what only garbled text has: half line breaks, tabs, byte order marks and braces in
 * odd places, templates over several lines, blanks at the end of a file within `|+`, text lost behind `?`. Nor aliases,
 * for an anchor is changed with them, nor comments without a blank at their start: below one, the YAML library does not
 * see where a scalar in a line of its own ends.
 */
function isOrdinary(text: string): boolean {
  if (text.lastIndexOf('\ufeff') > 0 || /\+[\s\S]* $|[,{]\{\{/.test(text)) return false
  return !/[*<?]|^\s*#\S|\.\.\.|\r(?!\n)|^\s*\t|\{\{(?!.*\}\})/m.test(text)
}

test('edits of garbled text never throw, and where it still makes sense, neither do they garble it', () => {
  const mutation = fc.record({ at: fc.nat(), drop: fc.nat(2), insert: fc.constantFrom(...SNIPPETS, '') })
  fc.assert(
    fc.property(
      fc.constantFrom(...RARE),
      fc.array(mutation, { minLength: 1, maxLength: 4 }),
      newValue,
      fc.nat(),
      (rare, mutations, to, pick) => {
        let text = rare
        for (const { at, drop, insert } of mutations) {
          const start = at % (text.length + 1)
          text = text.slice(0, start) + insert + text.slice(start + drop)
        }
        for (const tree of [parseJson(text), ...parseYaml(text)]) {
          const all = editsIn(tree, to, 'new: x')
          const edit = all[pick % all.length]
          if (!edit) continue
          const written = write(tree, edit)
          const after = written && applyEdits(text, written)
          if (tree.problems.length > 0 || tree.hidden?.length || !isOrdinary(text)) continue
          if (tree.format === 'yaml' && parseYaml(text).length > 1) continue
          if (!written && (tree.format === 'yaml' || tree.templated)) continue
          const shown = `${show(edit)}\n${JSON.stringify(text)}\n${text}\n=>\n${after}`
          if (after === undefined) throw new Error(shown)
          const result = parse(after, tree.format === 'json')
          // A template that hid keys given twice may have gone with the edit.
          expect(
            result.problems.filter(({ duplicate }) => !duplicate),
            shown,
          ).toEqual([])
          expect(orderedValue(result.root), shown).toEqual(tree.root && intended(tree.root, [edit]))
        }
      },
    ),
    options,
  )
})
