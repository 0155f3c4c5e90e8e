import { expect, test } from 'vitest'
import { code, sentence } from './markdown.ts'

test.each([
  ['plain', 'plain'],
  ['`sub` is "a_b"', '`sub` is "a\\_b"'],
  ['`claims["a_b"] == 1` is false', '`claims["a_b"] == 1` is false'],
  ['![x](https://tracker.example)', '!\\[x\\](https://tracker.example)'],
  ['<img src="https://tracker.example">', '\\<img src="https://tracker.example">'],
  ['"`" and [x](y)', '"\\`" and \\[x\\](y)'],
  ['`a` "`" [x](y)', '`a` "\\`" \\[x\\](y)'],
  ['``a`` [x](y)', "'a' \\[x\\](y)"],
  ['\\`a` [x](y)', '\\\\`a` \\[x\\](y)'],
  ['two\n\n# lines', 'two \\# lines'],
  ['', ''],
  ['`', '\\`'],
])('%j', (text, expected) => {
  expect(sentence(text)).toBe(expected)
})

test('a name is code, whatever is in it', () => {
  expect(code('a`[x](y)`\n\nb')).toBe("`a'[x](y)' b`")
})
