import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from './json.ts'
import { get, type StringNode, type Tree } from './node.ts'
import { sourceOffsets, valueOffset, valueRange } from './scalar.ts'
import { parseYaml } from './yaml.ts'

const seed = 20260101

function condition(tree: Tree | undefined): StringNode | undefined {
  const node = get(tree?.root, 'match', 'condition') ?? get(tree?.root, 'condition')
  return node?.type === 'string' && tree?.problems.length === 0 ? node : undefined
}

function yamlNode(text: string): StringNode {
  const node = condition(parseYaml(text)[0])
  if (!node) throw new Error(`no condition in ${text}`)
  return node
}

/** What the characters at a place of the file stand for, told without our decoder. */
function decodes(written: string, unit: string, value: string, i: number): boolean {
  if (written === unit || written === '') return true
  if (/^\s+$/.test(written)) return (unit === ' ' || unit === '\n') && /\n/.test(written)
  if (written === "''") return unit === "'"
  if (!written.startsWith('\\')) return false
  const whole = parseYaml(`condition: "${written}"`)[0]
  const decoded = condition(whole)?.value ?? ''
  return value.slice(Math.max(0, i - 1), i + 2).includes(decoded) && decoded.includes(unit)
}

/** Every unit of the value must come from text that stands for it, in order. */
function expectExact(text: string, node: StringNode): void {
  const offsets = sourceOffsets(text, node)
  expect(offsets, JSON.stringify(text)).toBeDefined()
  if (!offsets) return
  const { starts, ends } = offsets
  expect(starts.length).toBe(node.value.length)
  for (let i = 0; i < node.value.length; i++) {
    const [start = -1, end = -1] = [starts[i], ends[i]]
    const written = text.slice(start, end)
    expect(decodes(written, node.value[i] ?? '', node.value, i), JSON.stringify({ text, i, written })).toBe(
      true,
    )
    expect(start).toBeGreaterThanOrEqual(node.start)
    const before = starts[i - 1] ?? start
    expect(start).toBeGreaterThanOrEqual(before)
    if (start !== before) expect(start).toBeGreaterThanOrEqual(ends[i - 1] ?? 0)
  }
}

const characters = fc.array(
  fc.constantFrom(
    ...'ab"\\\'#:{}[]&*!|>-?@%,. \t\n/',
    '\r\n',
    'é',
    '😀',
    '\u2028',
    '\0',
    '\x85',
    'claims.sub == "x"',
  ),
  { maxLength: 24 },
)

describe('in JSON', () => {
  it('finds every character of any string', () => {
    const plain = characters.map(parts => parts.join(''))
    const spelled = fc.constantFrom(
      (s: string) => JSON.stringify(s),
      (s: string) =>
        `"${[...Array(s.length).keys()].map(i => `\\u${s.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')}"`,
      (s: string) => JSON.stringify(s).replaceAll('/', '\\/'),
    )
    fc.assert(
      fc.property(plain, spelled, (value, spell) => {
        const text = `{ "match": { "condition": ${spell(value)} } }`
        const node = condition(parseJson(text))
        expect(node?.value).toBe(value)
        if (node) expectExact(text, node)
      }),
      { seed, numRuns: 1000 },
    )
  })

  it('gives exact ranges through escapes', () => {
    const text = '{"condition": "claims.sub == \\"x\\u00e9\\ud83d\\ude00\\" \\u0026\\u0026 y"}'
    const node = condition(parseJson(text))
    if (!node) throw new Error('no condition')
    const at = node.value.indexOf('&&')
    const range = valueRange(text, node, at, at + 2)
    expect(text.slice(range.start, range.end)).toBe('\\u0026\\u0026')
    const quoted = valueRange(text, node, node.value.indexOf('"'), node.value.lastIndexOf('"') + 1)
    expect(text.slice(quoted.start, quoted.end)).toBe('\\"x\\u00e9\\ud83d\\ude00\\"')
  })

  it('gives places without width, the end included', () => {
    const text = '{"condition": "ab"}'
    const node = condition(parseJson(text))
    if (!node) throw new Error('no condition')
    expect(valueRange(text, node, 0, 0)).toEqual({ start: 15, end: 15 })
    expect(valueRange(text, node, 2, 2)).toEqual({ start: 17, end: 17 })
    const empty = '{"condition": ""}'
    const nothing = condition(parseJson(empty))
    if (nothing) expect(valueRange(empty, nothing, 0, 0)).toEqual({ start: 15, end: 15 })
  })
})

/** Pieces that YAML treats in some special way, to be strewn at random. */
const pieces = [
  'a',
  'b',
  'claims.sub',
  ' ',
  '  ',
  '\t',
  '"',
  "''",
  "'",
  '\\n',
  '\\"',
  '\\\\',
  '\\u0041',
  '\\x41',
  '\\/',
  '\\ ',
  '\\\t',
  '\\N',
]
const unusual = [
  '\\U0001F600',
  '\\ud83d\\ude00',
  '😀',
  ' #c',
  '#',
  ': ',
  ':',
  '\\\n    ',
  '\n',
  '\n  ',
  '\n    ',
  '\n\n  ',
  '\n      ',
  '\r\n  ',
  ' \n  ',
  '\t\n  ',
  '[',
  '{',
  '- ',
]

const raw = fc.array(fc.constantFrom(...pieces, ...unusual), { maxLength: 16 }).map(parts => parts.join(''))
const header = fc.constantFrom(
  ...['|', '>'].flatMap(s => ['', '-', '+', '1', '2', '2-', '+3', '-1'].map(h => s + h)),
  '> # why',
  '|  ',
)
const body = fc
  .array(
    fc.tuple(
      fc.constantFrom(0, 1, 2, 2, 2, 2, 3, 4),
      fc.constantFrom('', 'a', 'b c', 'd # e', '\te', ' ', 'f\t', '# g', '"'),
    ),
    { maxLength: 8 },
  )
  .map(lines => lines.map(([indent, line]) => `${' '.repeat(indent)}${line}`))

describe('in YAML', () => {
  const styles: [string, fc.Arbitrary<string>][] = [
    ['plain', raw.map(text => `x${text}`)],
    ['single-quoted', raw.map(text => `'${text.replace(/(?<!')'(?!')/g, "''")}'`)],
    ['double-quoted', raw.map(text => `"${text.replace(/(?<!\\)"/g, '\\"')}"`)],
    [
      'block',
      fc.tuple(header, body, fc.constantFrom('\n', '\r\n')).map(([h, lines, end]) => [h, ...lines].join(end)),
    ],
  ]
  const places = fc.constantFrom(
    (value: string) => `condition: ${value}`,
    (value: string) => `condition: ${value}\n`,
    (value: string) => `match:\n  condition: ${value}\nnext: 1\n`,
    (value: string) => `# before\nmatch:\n  other: x\n  condition: ${value}\n\n# after\n`,
    (value: string) => `condition: &anchor ${value}\n`,
    (value: string) => `condition: !!str ${value}\n`,
  )

  for (const [name, arbitrary] of styles) {
    it(`finds every character of a ${name} scalar`, () => {
      let read = 0
      fc.assert(
        fc.property(arbitrary, places, (value, place) => {
          const text = place(value)
          const node = condition(parseYaml(text)[0])
          // Of a block of blanks only, the parser keeps line breaks by a count of its own.
          if (!node || node.value.trim() === '') return
          read++
          expectExact(text, node)
        }),
        { seed, numRuns: 1500 },
      )
      // Most of what is strewn together must be YAML, or nothing was tested.
      expect(read).toBeGreaterThan(300)
    })
  }

  it('counts a stated indent from the parent, in a list too', () => {
    const text = 'rules:\n  - match:\n      condition: |2\n          a\n        b\n'
    const node = get(parseYaml(text)[0]?.root, 'rules', 0, 'match', 'condition')
    if (node?.type !== 'string') throw new Error('no condition')
    expect(node.value).toBe('  a\nb\n')
    expectExact(text, node)
  })

  it('does not end a range behind a folded line', () => {
    const text = 'condition: >-\n  claims.sub ==\n  "x"\n'
    const node = yamlNode(text)
    const at = node.value.indexOf('==')
    const range = valueRange(text, node, at, at + 2)
    expect(text.slice(range.start, range.end)).toBe('==')
  })

  it('gives the range of the node for an alias', () => {
    const text = 'a: &a claims.sub\nmatch:\n  condition: *a\n'
    const node = yamlNode(text)
    const range = valueRange(text, node, 0, 6)
    expect(text.slice(range.start, range.end)).toBe('*a')
  })
})

describe('from a place in the file', () => {
  it('finds the unit of the value', () => {
    const text = 'condition: "a\\u0041b"\n'
    const node = yamlNode(text)
    expect([11, 12, 13, 15, 19, 20, 21].map(offset => valueOffset(text, node, offset))).toEqual([
      undefined,
      0,
      1,
      1,
      2,
      3,
      undefined,
    ])
  })

  it('is the inverse of valueRange', () => {
    const text = 'condition: |\n  claims.sub\n    == "x"\n'
    const node = yamlNode(text)
    for (let i = 0; i < node.value.length; i++) {
      expect(valueOffset(text, node, valueRange(text, node, i, i).start)).toBe(i)
    }
  })
})
