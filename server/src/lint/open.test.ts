import { expect, test } from 'vitest'
import { readWifFile } from '../wif/file.ts'
import { isNote, mayHoldMore } from './open.ts'

test.each([
  ['plain', 'name: a\nissuer_id: fdis_1\nmatch: {}\n', false],
  ['a placeholder for the rest', 'name: a\nissuer_id: fdis_1\nmatch: {}\n"...": "..."\n', true],
  ['a template', 'name: a\nissuer_id: fdis_1\nmatch: {}\n{{ include "rest" . }}\n', true],
  ['a computed field', 'issuer_id: fdis_1\nmatch: {}\nFn::Transform: { Name: rest }\n', true],
])('%s', (_, text, expected) => {
  const [rule] = readWifFile('file:///x.yaml', text, 'yaml').rules
  expect(rule && mayHoldMore(rule, rule.node)).toBe(expected)
})

test('notes are no fields', () => {
  expect(['$schema', '_comment', '//', 'x-owner', 'comment', '...'].every(isNote)).toBe(true)
  expect(['name', 'xname', 'commentary', 'a_b'].some(isNote)).toBe(false)
})
