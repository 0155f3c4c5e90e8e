import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rules } from '../../server/src/rules/index.ts'
import { CATALOGUE } from './catalogue.ts'
import { examples } from './page.ts'

const folder = join(import.meta.dirname, '../../server/src/rules')

test('no two rules share an id', () => {
  expect(new Set(rules.map(r => r.id)).size).toBe(rules.length)
})

test('every rule of the catalogue is there, and every rule is in the catalogue', () => {
  expect(rules.map(r => r.id)).toEqual(CATALOGUE)
})

for (const rule of rules) {
  test(`${rule.id}: its file, its page, a bad and a good example, and a fixed one if it has a fix`, () => {
    const source = readFileSync(join(folder, `${rule.id}.ts`), 'utf8')
    expect(source).toContain(`id: '${rule.id}'`)
    const path = join(folder, `${rule.id}.md`)
    expect(existsSync(path), `${rule.id}.md`).toBe(true)
    const kinds = examples(readFileSync(path, 'utf8')).map(e => e.kind)
    expect(kinds).toContain('bad')
    expect(kinds).toContain('good')
    if (/\bfixes\b|narrowingFixes/.test(source)) expect(kinds).toContain('fixed')
  })
}

test('rules that others yield to exist', () => {
  const known = new Set(rules.map(r => r.id))
  for (const rule of rules)
    for (const id of rule.yieldsTo ?? []) expect(known, `${rule.id} yields to ${id}`).toContain(id)
})
