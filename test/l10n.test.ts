import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import texts from '../package.nls.json' with { type: 'json' }

/** What people read in the extension can be translated: it goes through `l10n.t`, or is in package.nls.json. */

const root = join(import.meta.dirname, '..')
const sources = globSync('client/src/**/*.ts', {
  cwd: root,
  ignore: ['**/*.test.ts', '**/*.testdata.ts'],
}).sort()

test('the texts of package.json are in package.nls.json, all of them and no others', () => {
  const used = [...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key)
  expect([...new Set(used)].sort()).toEqual(Object.keys(texts).sort())
  const { commands, configuration, walkthroughs } = manifest.contributes
  const shown = [
    ...commands.flatMap(({ title, category }) => [title, category]),
    ...Object.values(configuration.properties).map(({ markdownDescription }) => markdownDescription),
    ...walkthroughs.flatMap(({ title, description, steps }) => [
      title,
      description,
      ...steps.flatMap(step => [step.title, step.description]),
    ]),
  ]
  for (const text of shown) expect(text).toMatch(/^%.+%$/)
})

/** Literals in places that people see. The name of the product is one in all languages. */
const SHOWN = [
  /\bshow(?:Information|Warning|Error)Message\(\s*['"`]/,
  /\b(?:title|label|detail|description|prompt|placeHolder|tooltip|text|name): ['"`](?![^'"`]*WIF Policy Linter)(?:[A-Z][a-z]+|[^'"`\s]+ [^'"`]+)/,
  /\b(?:text|detail|tooltip|label) = ['"`][^'"`]*[A-Za-z]{3} /,
  /aria-label="[A-Za-z]/,
  />[A-Z][a-z]+[^<>${}`]*<\//,
]

test.each(sources)('%s shows nothing that cannot be translated', path => {
  const lines = readFileSync(join(root, path), 'utf8').split('\n')
  const found = lines.flatMap((line, i) =>
    SHOWN.some(pattern => pattern.test(line)) ? `${path}:${i + 1}: ${line.trim()}` : [],
  )
  expect(found).toEqual([])
})

test('every text for translators is a plain literal, which the list of them can be made from', () => {
  const calls = sources.flatMap(path => [
    ...readFileSync(join(root, path), 'utf8').matchAll(/\bl10n\.t\(\s*(.)/g),
  ])
  expect(calls.length).toBeGreaterThan(50)
  expect(calls.filter(([, first]) => first !== "'" && first !== '"').map(([all]) => all)).toEqual([])
})
