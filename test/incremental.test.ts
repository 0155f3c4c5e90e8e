import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { check } from '../server/src/lint/check.ts'
import { textEdits } from '../server/src/lint/fix.ts'
import { recall } from '../server/src/lint/recall.ts'
import type { Finding } from '../server/src/lint/rule.ts'
import { rules } from '../server/src/rules/index.ts'
import { label, type Node, toValue } from '../server/src/syntax/node.ts'
import { entitiesIn, type WifFile } from '../server/src/wif/entity.ts'
import { readWifFile } from '../server/src/wif/file.ts'
import { viewOf } from '../server/src/wif/view.ts'
import { createWorkspace, type Workspace } from '../server/src/workspace/workspace.ts'
import { corpus } from './fuzz/corpus.ts'

/**
 * What an edit leaves as it was is neither read nor checked again. None of that may be seen: after any edits the
 * workspace says, to the last offset, what one says that has just been opened.
 */

const seeds = corpus(join(import.meta.dirname, '..'))
const objects = seeds.flatMap(({ text, format }) =>
  readWifFile('file:///x', text, format).trees.flatMap(({ root }) => (root ? [toValue(root)] : [])),
)
/** Nodes that stand for others, and places that are no nodes. */
const MERGED = `base: &base
  issuer_id: fdis_01A
  oauth_scope: workspace:inference
name: merged
<<: *base
match: { subject_prefix: "system:serviceaccount:*", claims: { a: &a x, b: *a } }
`
const yamlSeeds = [
  ...seeds.filter(({ format }) => format === 'yaml').map(({ text }) => text),
  ...Array.from({ length: 100 }, () => MERGED),
]

/** Files as people have them: some things of the field in one, of which some go together. */
const jsonText = fc
  .array(fc.constantFrom(...objects), { minLength: 1, maxLength: 6 })
  .chain(all =>
    fc.constantFrom(JSON.stringify(all, null, 2), JSON.stringify({ rules: all }), JSON.stringify(all[0])),
  )
const yamlText = fc
  .array(fc.constantFrom(...yamlSeeds), { minLength: 1, maxLength: 5 })
  .map(all => all.join('\n---\n'))

interface Edit {
  file: number
  /** Where, as a share of the text, and how much of it goes. */
  at: number
  length: number
  /** What comes: a few characters, or a piece of the file itself. */
  text: string | { from: number; length: number }
}

const edit: fc.Arbitrary<Edit> = fc.record({
  file: fc.constantFrom(0, 0, 0, 1, 2),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(0, 0, 0, 1) },
    { weight: 1, arbitrary: fc.nat(200) },
  ),
  text: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('x', 'x', 'x', '') },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        'x',
        '"',
        '{',
        '}',
        ',',
        '\n',
        ' ',
        '-',
        ':',
        '# a\n',
        '---\n',
        '*',
        '{{ a }}',
        '// a\n',
      ),
    },
    {
      weight: 1,
      arbitrary: fc.record({ from: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat(400) }),
    },
  ),
})

function edited(before: string, { at, length, text }: Edit): string {
  const anywhere = Math.floor(at * before.length)
  // Most of what is typed is a letter in a word.
  const start = text === 'x' ? anywhere + Math.max(0, before.slice(anywhere).search(/(?<=\w)\w/)) : anywhere
  const from = typeof text === 'string' ? 0 : Math.floor(text.from * before.length)
  const coming = typeof text === 'string' ? text : before.slice(from, from + text.length)
  return before.slice(0, start) + coming + before.slice(start + length)
}

const URIS = ['file:///w/a.json', 'file:///w/b.yaml', 'file:///w/c.yaml']

function opened(texts: readonly string[]): Workspace {
  const workspace = createWorkspace(rules)
  for (const [i, text] of texts.entries()) workspace.update(URIS[i] ?? '', 'editor', text)
  return workspace
}

/** All that can be said of the workspace, with every offset. */
function said(workspace: Workspace) {
  return URIS.map(uri => {
    const file = workspace.file(uri)
    if (!file) return undefined
    const findings = workspace.findings(uri).map(({ node, related, fixes, ...rest }) => ({
      ...rest,
      node: node && [node.start, node.end],
      related: related.map(({ at, message, file: other = file }) => {
        const { start, end } = at.type === 'property' ? at.key : label(at)
        return [message, start, end, other === workspace.file(other.uri), other.uri]
      }),
      fixes: fixes.map(fix => [fix.title, fix.safe, [...(textEdits(fix, file) ?? [])]]),
    }))
    return { ...read(file), findings }
  })
}

/** All that is read of a file. */
function read(file: WifFile) {
  const trees = file.trees.map(({ root, problems, hidden, templated, text }) => ({
    root: placed(root),
    problems,
    hidden,
    templated,
    isWhole: text === file.text,
  }))
  const { issuers, rules, workloads, serviceAccounts, policies } = file
  const entities = [issuers, rules, workloads, serviceAccounts, policies].map(list =>
    list.map(({ file: own, tree, node, ...fields }) => [
      node.start,
      node.end,
      file.trees.indexOf(tree),
      own === file,
      // Nodes in them are those of the tree; what is no node was worked out from them and their surroundings.
      Object.entries(fields).filter(([, value]) => typeof value !== 'object'),
    ]),
  )
  return { trees, entities }
}

function placed(node: Node | undefined): unknown {
  if (!node) return undefined
  const { type, start, end, alias } = node
  const base = [type, start, end, alias]
  if (node.type === 'array') return [...base, node.items.map(item => [placed(item), item.parent === node])]
  if (node.type !== 'object') return [...base, node.value]
  const properties = node.properties.map(property => {
    const { key, value } = property
    const isLinked = value.parent === property && key.parent === property && property.parent === node
    return [property.start, property.end, placed(key), placed(value), isLinked]
  })
  return [...base, properties, node.merges]
}

test('a rule that is shown one thing at a time finds what it finds in all of the file', {
  timeout: 120_000,
}, () => {
  const apart = rules.filter(rule => !rule.whole)
  fc.assert(
    fc.property(fc.oneof(jsonText, yamlText), text => {
      const file = readWifFile(
        'file:///w/x',
        text,
        text.startsWith('{') || text.startsWith('[') ? 'json' : 'yaml',
      )
      const view = viewOf([file])
      const brief = ({ rule, start, end, message, fixes, related }: Finding) =>
        [rule, start, end, message, fixes.length, related.length].join()
      const whole = apart.flatMap(rule => check(rule, file, view)).map(brief)
      const single = recall(apart, () => true)
      const parts = entitiesIn(file)
        .flatMap(entity => single(entity, file, view))
        .map(brief)
      expect(parts.sort()).toEqual(whole.sort())
    }),
    { seed: 1, numRuns: 150 },
  )
})

const isOfTheField = (value: unknown) =>
  entitiesIn(readWifFile('file:///x', JSON.stringify(value), 'json')).length > 0

/** Small things, so that edits often hit the same one. */
const small = objects.filter(each => JSON.stringify(each).length < 400 && isOfTheField(each))
/** Things that get their meaning from what is around them, or hold others. */
const nested = [
  { RoleName: 'worker', PolicyDocument: { Statement: [{ Action: 'sts:GetWebIdentityToken' }] } },
  { issuer_id: 'fdis_01A', match: {}, data: [{ issuer_id: 'fdis_01B', match: {} }] },
  {},
]
const smallJson = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...small) }, fc.constantFrom(...nested)), {
    minLength: 2,
    maxLength: 5,
  })
  .chain(all => fc.constantFrom(JSON.stringify(all), JSON.stringify({ name: 'x', items: all }, null, 1)))

test.each(['json', 'yaml'] as const)(
  'after any edits a file is as if read anew: %s',
  { timeout: 120_000 },
  format => {
    let reused = 0
    const start = format === 'json' ? smallJson : yamlText
    fc.assert(
      fc.property(start, fc.array(edit, { minLength: 1, maxLength: 6 }), (text, edits) => {
        let file = readWifFile('file:///w/x', text, format)
        for (const each of edits) {
          const known = new Set(entitiesIn(file))
          file = readWifFile('file:///w/x', edited(file.text, each), format, undefined, file)
          expect(read(file)).toEqual(read(readWifFile('file:///w/x', file.text, format)))
          reused += entitiesIn(file).filter(entity => known.has(entity)).length
        }
      }),
      { seed: 1, numRuns: format === 'json' ? 500 : 60 },
    )
    expect(reused).toBeGreaterThan(format === 'json' ? 1000 : 100)
  },
)

test('after any edits all is as if read and checked anew', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(
      fc.tuple(jsonText, yamlText, yamlText),
      fc.array(edit, { minLength: 1, maxLength: 8 }),
      (start, edits) => {
        const texts = [...start]
        const workspace = opened(texts)
        said(workspace)
        for (const [i, each] of edits.entries()) {
          texts[each.file] = edited(texts[each.file] ?? '', each)
          workspace.update(URIS[each.file] ?? '', 'editor', texts[each.file])
          // Now and then somebody asks in between, so that there is something to be out of date.
          if (i % 3 !== 2) said(workspace)
        }
        expect(said(workspace)).toEqual(said(opened(texts)))
      },
    ),
    { seed: 1, numRuns: 80 },
  )
})
