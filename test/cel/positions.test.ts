/**
 * The range of a problem is exactly the offending characters, in the expression and in the document: through
 * JSON's escapes and every style of YAML. The documents are written character by character, so that the right
 * place is known without the code under test.
 */

import { describe, expect, it } from 'vitest'
import { check, parse } from '../../server/src/cel/index.ts'
import { parseJson } from '../../server/src/syntax/json.ts'
import { get, type Tree } from '../../server/src/syntax/node.ts'
import { valueRange } from '../../server/src/syntax/scalar.ts'
import { parseYaml } from '../../server/src/syntax/yaml.ts'
import { mark, marked } from './marked.ts'

/** Malformed conditions with the problem's range, and what is said about it. */
const malformed: [condition: string, message: string][] = [
  ['claims.sub «=» "x"', '`=` is not CEL: write `==`'],
  ['claims.sub «===» "x"', '`===` is not CEL: write `==`'],
  ['claims.sub «<>» "x"', '`<>` is not CEL: write `!=`'],
  ['claims.sub «=~» "x"', '`=~` is not CEL: write `.matches(…)`'],
  ['claims.a == "1" «and» claims.b == "2"', '`and` is not CEL: write `&&`'],
  ['claims.a == "1" «OR» claims.b == "2"', '`OR` is not CEL: write `||`'],
  ['claims.a == "1" «&» claims.b == "2"', '`&` is not CEL: write `&&`'],
  ['claims.a == "1" «|» claims.b == "2"', '`|` is not CEL: write `||`'],
  ['«not» claims.a == "1"', '`not` is not CEL: write `!(…)`'],
  ['claims.ref «not in» ["a"]', '`not in` is not CEL: write `!(… in …)`'],
  ['claims.sub «startsWith» "repo:"', '`startsWith` is a method: write `.startsWith(…)`'],
  ['claims.sub == «"repo:acme»', 'The string is not closed: add `"`'],
  ['claims.sub == «“»repo:acme”', '`“` is a typographic quote: write `"`'],
  ['claims.sub ==«\u00a0»"x"', 'An invisible character (U+00A0) stands here: replace it with a space'],
  ['claims.sub.matches("^repo:«\\d»+$")', '`\\d` is not an escape in a CEL string: write `\\\\d`'],
  ['claims.sub == "«\\u00»"', '`\\u00` is not a complete escape: write `\\n`, `\\x41`, `\\101` or `\\u0041`'],
  ['«(»claims.a == "1" && claims.b == "2"', '`(` is never closed: add `)`'],
  ['claims.a == "1"«)» && claims.b == "2"', '`)` closes nothing: remove it'],
  ['claims["a"«)» == "1"', '`)` does not close `[`: write `]`'],
  ['claims.ref in «[»"a", "b"', '`[` is never closed: add `]`'],
  ['claims.sub «==»', 'A value is missing after `==`'],
  ['«&&» claims.sub == "x"', 'A value is missing before `&&`'],
  ['claims.a == "1" && «&&» claims.b == "2"', 'A value is missing before `&&`'],
  ['claims«.» == "x"', 'A name is missing after `.`'],
  ['claims.«"kubernetes.io"».namespace == "x"', 'A quoted name goes in brackets: write `["kubernetes.io"]`'],
  [
    'claims.«`kubernetes.io`».namespace == "x"',
    'Backticks are not available here: write `["kubernetes.io"]`',
  ],
  ['claims.aud.«0» == "x"', 'A number goes in brackets: write `[0]`'],
  ['claims.«in» == "x"', '`in` is a keyword of CEL: write `["in"]`'],
  ['claims.a == "1" «claims».b == "2"', 'An operator is missing before `claims`'],
  ['claims.id == «12ab»', '`12ab` is not a number: write `"12ab"`'],
  ['claims.a == "1"«;»', '`;` is not CEL: remove it'],
  ['«if»(claims.a == "1")', '`if` is a reserved word of CEL and cannot name a variable'],
  [
    'claims.groups.exists(«"g"», g == "x")',
    'The first argument names the variable: write a plain name such as `x`',
  ],
  ['claims.flag «?» claims.a == "1"', '`?` needs a `:`: write `condition ? value : other`'],
  [
    '«assertion».sub == "x"',
    'Only the variable `claims` exists here; `assertion` belongs to Google Cloud and OpenAI',
  ],
  [
    'claims.sub == "é😀" && «repository» == "x"',
    'Only the variable `claims` exists here: write `claims.repository` for the claim',
  ],
  ['claims.sub.startsWith(«1»)', '`startsWith` takes a string, not an int: write `"1"`'],
  ['claims[«1»] == "x"', 'Claim names are strings: write `["1"]`'],
  [
    'claims.sub.matches("^a«(?!»b)")',
    'RE2 has no lookahead: put what must not follow into a second condition with `!`',
  ],
  ['claims.id == «9223372036854775808»', '`9223372036854775808` does not fit into a 64-bit int'],
  ['claims.sub.«startWith»("x")', 'CEL has no method `startWith`: did you mean `startsWith`?'],
  ['«claims.sub.size()»', 'The condition must be true or false, but this is an int'],
  ['claims.a == "1" &&\n  claims.b «=» "2" ||\n  claims.c == "3"', '`=` is not CEL: write `==`'],
]

function problemOf(source: string) {
  const parsed = parse(source)
  const found = parsed.ok ? check(parsed) : [parsed.problem]
  expect(found).toHaveLength(1)
  return found[0] ?? { start: 0, end: 0, message: '' }
}

describe('in the expression', () => {
  it('there are at least 40', () => expect(malformed.length).toBeGreaterThanOrEqual(40))

  it.each(malformed)('%s', (text, message) => {
    const { source } = marked(text)
    const problem = problemOf(source)
    expect(mark(source, problem)).toBe(text)
    expect(problem.message).toBe(message)
  })
})

/** A way to write a condition into a document; `undefined` for a character that it cannot hold. */
interface Style {
  name: string
  parse(text: string): Tree | undefined
  before: string
  after: string
  write(unit: string): string | undefined
}

const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
const yaml = (text: string) => parseYaml(text)[0]

const styles: Style[] = [
  {
    name: 'JSON',
    parse: parseJson,
    before: '{ "condition": "',
    after: '" }',
    write: unit => (/[\ud800-\udfff]/.test(unit) ? unit : JSON.stringify(unit).slice(1, -1)),
  },
  { name: 'JSON, all escaped', parse: parseJson, before: '{ "condition": "', after: '" }', write: escaped },
  {
    name: 'YAML plain',
    parse: yaml,
    before: 'condition: ',
    after: '\nnext: 1\n',
    write: unit => (unit === '\n' ? undefined : unit),
  },
  {
    name: 'YAML single-quoted',
    parse: yaml,
    before: "condition: '",
    after: "'\n",
    write: unit => (unit === "'" ? "''" : unit === '\n' ? '\n\n    ' : unit),
  },
  {
    name: 'YAML double-quoted',
    parse: yaml,
    before: 'condition: "',
    after: '"\n',
    write: unit => (/[\ud800-\udfff]/.test(unit) ? unit : JSON.stringify(unit).slice(1, -1)),
  },
  {
    name: 'YAML double-quoted, all escaped',
    parse: yaml,
    before: 'condition: "',
    after: '"\n',
    write: escaped,
  },
  {
    name: 'YAML literal block',
    parse: yaml,
    before: 'match:\n  condition: |-\n    ',
    after: '\n  next: 1\n',
    write: unit => (unit === '\n' ? '\n    ' : unit),
  },
  {
    name: 'YAML folded block',
    parse: yaml,
    before: 'condition: >-\n  ',
    after: '\n',
    write: unit => (unit === '\n' ? undefined : unit),
  },
  {
    name: 'YAML folded block, in lines',
    parse: yaml,
    before: 'condition: >-\n  ',
    after: '\n',
    write: unit => (unit === '\n' ? undefined : unit === ' ' ? '\n  ' : unit),
  },
]

describe.each(styles)('in $name', ({ before, after, write, parse: read }) => {
  const written = malformed.flatMap(([text]) => {
    const { source, start, end } = marked(text)
    const units = Array.from({ length: source.length }, (_, i) => write(source[i] ?? ''))
    const document = before + units.join('') + after
    const tree = read(document)
    const node = get(tree?.root, 'condition') ?? get(tree?.root, 'match', 'condition')
    // Not every text can be written in every style: then it is another value, or none.
    if (units.includes(undefined) || node?.type !== 'string' || node.value !== source) return []
    const at = (unit: number) => before.length + units.slice(0, unit).join('').length
    return [{ text, document, node, source, range: { start: at(start), end: at(end) } }]
  })

  it('most of them can be written', () => expect(written.length).toBeGreaterThanOrEqual(28))

  it.each(written)('$text', ({ document, node, source, range }) => {
    const problem = problemOf(source)
    expect(mark(document, valueRange(document, node, problem.start, problem.end))).toBe(mark(document, range))
  })
})
