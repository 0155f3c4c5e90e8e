import { expect, test } from 'vitest'
import { fileName } from './narrow.ts'

test.each([
  ['file:///work/rules/inference.json', 'inference.json'],
  ['file:///c%3A/work/a%3Ab%20c.yaml', 'a:b c.yaml'],
  ['file:///work/a:b.yaml', 'a:b.yaml'],
  ['vscode-vfs://github/acme/app/rule.yaml', 'rule.yaml'],
  ['untitled:Untitled-1', 'Untitled-1'],
  ['untitled:/work/new.json', 'new.json'],
])('people know %s as %s', (uri, name) => {
  expect(fileName(uri)).toBe(name)
})
