import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toValue } from '../server/src/syntax/node.ts'
import type { WifFile } from '../server/src/wif/entity.ts'
import { readWifFile } from '../server/src/wif/file.ts'
import { mayMatter } from '../server/src/wif/relevance.ts'
import { corpus } from './fuzz/corpus.ts'

/** The lexical test decides which files are parsed at all, so it must refuse nothing that the reader would recognise. */

const seeds = corpus(join(import.meta.dirname, '..'))

/** How many things of the field are in `text`, read without asking the lexical test: a comment sees to that. */
function recognised(text: string, format: 'json' | 'yaml'): number {
  const [comment, uri] =
    format === 'json' ? ['// claude\n', 'file:///x.json'] : ['# claude\n', 'file:///x.yaml']
  const file = readWifFile(uri, comment + text, format)
  return count(file)
}

function count({ issuers, rules, workloads, serviceAccounts, policies }: WifFile): number {
  // Of a ServiceAccount only the role matters; the others are read where they stand beside something else.
  const accounts = serviceAccounts.filter(each => each.roleArn)
  return issuers.length + rules.length + workloads.length + policies.length + accounts.length
}

test('looks behind escapes instead of parsing all that has some', () => {
  expect(mayMatter('{"title": "Zo\\u00eb", "path": "C:\\\\users"}')).toBe(false)
  expect(mayMatter('{"\\u0069ssuer_url": "x"}')).toBe(true)
  expect(mayMatter('"iss\\\n   uer_url": x')).toBe(true)
  // A backslash that is one, and then a word.
  expect(mayMatter('{"a": "\\\\xac\\u006caude"}')).toBe(true)
  expect(mayMatter(`"${'\\u0041'.repeat(200_000)}"`)).toBe(true)
})

test('passes every example that holds something', () => {
  const told = seeds.filter(({ text, format }) => recognised(text, format) > 0)
  expect(told.length).toBeGreaterThan(500)
  expect(told.filter(({ text }) => !mayMatter(text))).toEqual([])
})

/** The objects of the examples, each for itself. */
const objects = seeds.flatMap(({ text, format }) =>
  readWifFile('file:///x', text, format).trees.flatMap(({ root }) => (root ? [toValue(root)] : [])),
)

/** An object with some of its parts taken away: what is recognised must not hang on a word that happens to be near. */
const thinned = fc
  .tuple(fc.constantFrom(...objects), fc.infiniteStream(fc.nat(9)))
  .map(([object, dice]) => thin(object, dice))

function thin(value: unknown, dice: Iterator<number>): unknown {
  if (Array.isArray(value)) return value.map(item => thin(item, dice))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(() => (dice.next().value ?? 0) > 1)
  return Object.fromEntries(kept.map(([key, child]) => [key, thin(child, dice)]))
}

/** `text`, JSON, with characters of its strings written as escapes, and in YAML with lines broken inside of words. */
function disguise(text: string, format: 'json' | 'yaml', dice: Iterator<number>): string {
  return text.replace(/"(?:[^"\\]|\\.)*"/g, string =>
    string.replace(/\w(?!")/g, (character, at: number) => {
      const throwOf = dice.next().value ?? 9
      // Behind a backslash it is part of an escape already.
      if (string[at - 1] === '\\') return character
      const code = character.charCodeAt(0).toString(16)
      if (throwOf === 0) return `\\u${code.padStart(4, '0')}`
      if (format === 'json' || throwOf > 3) return character
      return [`\\x${code}`, `\\U${code.padStart(8, '0')}`, `${character}\\\n  `][throwOf - 1] ?? character
    }),
  )
}

test.each(['json', 'yaml'] as const)(
  'refuses nothing that is recognised, however it is written: %s',
  format => {
    let held = 0
    fc.assert(
      fc.property(thinned, fc.infiniteStream(fc.nat(40)), (object, dice) => {
        const text = disguise(JSON.stringify(object) ?? 'null', format, dice)
        if (recognised(text, format) === 0) return
        held++
        expect(mayMatter(text)).toBe(true)
      }),
      { seed: 1, numRuns: 1500 },
    )
    expect(held).toBeGreaterThan(300)
  },
)
