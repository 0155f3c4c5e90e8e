import { performance } from 'node:perf_hooks'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { textEdits } from '../../../server/src/lint/fix.ts'
import { lint } from '../../../server/src/lint/run.ts'
import { rules } from '../../../server/src/rules/index.ts'
import { get, toValue } from '../../../server/src/syntax/node.ts'
import { applyEdits } from '../../../server/src/text/edit.ts'
import { readWifFile } from '../../../server/src/wif/file.ts'
import { viewOf } from '../../../server/src/wif/view.ts'

/** What no page can show: places and fixes in every way to write a condition, and conditions that want to hurt. */

const celRules = rules.filter(rule => rule.id.startsWith('cel/'))

function linted(text: string, format: 'json' | 'yaml') {
  const file = readWifFile(`file:///rule.${format}`, text, format)
  const findings = lint(file, celRules, viewOf([file])).filter(({ rule }) => rule.startsWith('cel/'))
  return { file, findings }
}

function yaml(condition: string): string {
  return `issuer_id: fdis_...\nmatch:\n  subject_prefix: repo:acme/app:*\n  condition: ${condition}\n`
}

function json(condition: string): string {
  return `{ "issuer_id": "fdis_...", "match": { "subject_prefix": "repo:acme/app:*", "condition": ${JSON.stringify(condition)} } }`
}

/** The condition after the first fix of the first finding. */
function mended(text: string, format: 'json' | 'yaml'): { text: string; condition: unknown } {
  const { file, findings } = linted(text, format)
  const [fix] = findings[0]?.fixes ?? []
  const edits = fix && textEdits(fix, file)?.get(file.uri)
  if (!edits) throw new Error('no fix')
  const after = applyEdits(text, edits)
  const [tree] = readWifFile(file.uri, after, format).trees
  return { text: after, condition: toValue(get(tree?.root, 'match', 'condition')) }
}

describe('a `!` that YAML takes for a tag', () => {
  test.for([
    ['!(claims.environment == "dev")', `'!(claims.environment == "dev")'`],
    ['!has(claims.a) || claims.b == "x"  # why', `'!has(claims.a) || claims.b == "x"'  # why`],
    [`!(claims.a in ['b'])`, `'!(claims.a in [''b''])'`],
  ] as const)('%s', ([written, quoted]) => {
    const { findings } = linted(yaml(written), 'yaml')
    const found = findings.filter(finding => finding.rule === 'cel/invalid')
    expect(found.map(f => f.message)).toEqual([
      'In YAML a `!` at the beginning is a tag and no part of the condition: put it in quotes',
    ])
    const [fix] = found[0]?.fixes ?? []
    const { file } = linted(yaml(written), 'yaml')
    const edits = fix && textEdits(fix, file)?.get(file.uri)
    expect(edits && applyEdits(yaml(written), edits)).toBe(yaml(quoted))
  })

  test('a tag is one', () => {
    expect(linted(yaml('!!str has(claims.environment)'), 'yaml').findings).toEqual([])
  })
})

describe('a part of the condition is put right in every way to write it', () => {
  test.for([
    ['plain', 'claims.ref = "a"', 'claims.ref == "a"'],
    ['double quotes', '"claims.ref = \\"a\\""', '"claims.ref == \\"a\\""'],
    ['single quotes', `'claims.ref = "a"'`, `'claims.ref == "a"'`],
    [
      'literal',
      '|-\n    claims.a == 1 &&\n    claims.ref = "a"',
      '|-\n    claims.a == 1 &&\n    claims.ref == "a"',
    ],
    [
      'folded',
      '>-\n    claims.a == 1 &&\n    claims.ref = "a"',
      '>-\n    claims.a == 1 &&\n    claims.ref == "a"',
    ],
    [
      'plain over two lines',
      'claims.a == 1 &&\n    claims.ref = "a"',
      'claims.a == 1 &&\n    claims.ref == "a"',
    ],
    ['a text with a quote', `'claims.ref = "it''s"'`, `'claims.ref == "it''s"'`],
  ] as const)('%s', ([, before, after]) => {
    expect(mended(yaml(before), 'yaml').text).toBe(yaml(after))
  })

  test('where no quotes would not do, it gets some', () => {
    const { condition } = mended(yaml('not claims.a'), 'yaml')
    expect(condition).toBe('!(claims.a)')
  })

  test('what an alias stands for is reported at the alias and not changed', () => {
    const text = `x: &c claims.ref = "a"\nissuer_id: fdis_...\nmatch:\n  subject_prefix: repo:acme/app:*\n  condition: *c\n`
    const { file, findings } = linted(text, 'yaml')
    expect(findings.map(f => [f.rule, text.slice(f.start, f.end)])).toEqual([['cel/invalid', '*c']])
    expect(findings[0]?.fixes.map(fix => textEdits(fix, file))).toEqual([undefined])
  })
})

const SOUND = [
  'claims.repository == "acme/app" && (claims.ref == "refs/heads/main" || claims.environment == "dev")',
  'claims["kubernetes.io"].namespace == "a" ? claims.aud.exists(a, a == "x") : !(claims.b != 1)',
  'claims.ref.matches(\'^refs/heads/(main|dev)[.]x$\') && claims.sub.startsWith("repo:acme")',
  'claims.https://sts.amazonaws.com/.aws_account = "1" and not claims.a',
]

test('nothing is thrown on any beginning of a condition, nor on any change of it', () => {
  const anywhere = fc.tuple(fc.constantFrom(...SOUND), fc.nat(), fc.string({ maxLength: 4 }), fc.nat(3))
  fc.assert(
    fc.property(
      anywhere,
      fc.constantFrom('json' as const, 'yaml' as const),
      ([source, at, by, gone], format) => {
        const cut = at % source.length
        for (const text of [source.slice(0, cut), source.slice(0, cut) + by + source.slice(cut + gone)]) {
          const { file, findings } = linted(format === 'json' ? json(text) : yaml(text), format)
          for (const { start, end, fixes } of findings) {
            expect(start >= 0 && start <= end && end <= file.text.length).toBe(true)
            for (const fix of fixes) textEdits(fix, file)
          }
        }
      },
    ),
    { numRuns: 1000, seed: 20260101 },
  )
})

describe('conditions that want to hurt are answered soon', () => {
  test.for([
    ['a megabyte of blanks', `${' '.repeat(1 << 20)}claims.a`],
    ['a megabyte of quotes', '"'.repeat(1 << 20)],
    ['a megabyte of angle brackets', '<'.repeat(1 << 20)],
    ['five thousand parentheses', '('.repeat(5000) + ')'.repeat(5000)],
    ['ten thousand branches', Array(10_000).fill('claims.a == "b"').join(' || ')],
    [
      'as many branches as are read',
      Array(230).fill('claims.environment == "b" && claims.c != 1').join(' || '),
    ],
    ['slips without number', Array(300).fill('!(claims.enviroment == 1)').join(' && ')],
    ['a pattern that backtracks', 'claims.ref.matches("(a+)+$")'],
    ['names to be', 'claims.https://'.repeat(500)],
  ] as const)('%s', ([, condition]) => {
    const text = json(condition)
    const { file } = linted(text, 'json')
    const again = readWifFile(file.uri, text, 'json')
    const before = performance.now()
    lint(again, celRules, viewOf([again]))
    // Fifty milliseconds is what a person does not notice; a busy machine gets some more.
    expect(performance.now() - before).toBeLessThan(250)
  })
})
