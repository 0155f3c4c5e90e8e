import { expect, test } from 'vitest'
import { entitiesIn } from '../wif/entity.ts'
import { readWifFile } from '../wif/file.ts'
import { viewOf } from '../wif/view.ts'
import { recall } from './recall.ts'
import { type LintRule, rule } from './rule.ts'

const URI = 'file:///i.json'
const two = (name: string) =>
  `[{"name": "${name}", "issuer_url": "https://x.example"}, {"name": "second", "issuer_url": "https://y.example"}]`

/** The words that `rule` reports about the second issuer, before and after the name of the first has become longer. */
function words(each: LintRule): string[] {
  const find = recall([each], () => true)
  let before: ReturnType<typeof readWifFile> | undefined
  return [two('a'), two('a-longer-name')].map(text => {
    const file = readWifFile(URI, text, 'json', undefined, before)
    before = file
    const [, second] = entitiesIn(file)
    const [found] = second ? find(second, file, viewOf([file])) : []
    return text.slice(found?.start, found?.end)
  })
}

function reporting(check: LintRule['check']): LintRule {
  return rule({ id: 'a/a', title: 'a', class: 'hygiene', since: '0.1.0', check })
}

test('a finding moves with the thing that it is about', () => {
  const named = reporting((file, report) => {
    for (const { name } of file.issuers) if (name) report(name, 'here')
  })
  expect(words(named)).toEqual(['"second"', '"second"'])
})

test('one with a place outside of it is found again', () => {
  // What is said of a list stands at the first key in it.
  const list = reporting((file, report) => {
    for (const { node } of file.issuers) if (node.parent) report(node.parent, 'here')
  })
  expect(words(list)).toEqual(['"name"', '"name"'])
})
