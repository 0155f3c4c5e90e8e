import MarkdownIt from 'markdown-it'
import { expect, test } from 'vitest'
import { cellCode, code, sentence } from './markdown.ts'

const markdown = new MarkdownIt({ html: true, linkify: true })

test.each([
  ['plain', 'plain'],
  ['`sub` is "a_b"', '`sub` is `a_b`'],
  ['`claims["a_b"] == 1` is false', '`claims["a_b"] == 1` is false'],
  ['![x](https://tracker.example)', '!\\[x\\](https:&#8203;//tracker.example)'],
  ['<img src=x>', '\\<img src=x>'],
  ['"`" and [x](y)', '`` ` `` and \\[x\\](y)'],
  ['a lone ` and [x](y)', 'a lone \\` and \\[x\\](y)'],
  ['\\`a` [x](y)', '\\\\`a` \\[x\\](y)'],
  ['two\n\n# lines', 'two \\# lines'],
  ['a \u202e b', 'a \\\\u202e b'],
  ['&lt; a_b ~~c~~ $d$', '\\&lt; a\\_b \\~\\~c\\~\\~ \\$d\\$'],
  ['ask @acme/team about #12, GH-3', 'ask @&#8203;acme/team about #&#8203;12, GH-&#8203;3'],
  ['', ''],
  ['""', '""'],
])('the sentence %j', (text, expected) => {
  expect(sentence(text)).toBe(expected)
})

test.each([
  ['plain', 'plain'],
  ['a`[x](y)`\n\nb', 'a`[x](y)`\\n\\nb'],
  ['`', '`'],
  ['a``b`c', 'a``b`c'],
  [' a ', ' a '],
  ['\\', '\\'],
  ['a\\|b || c', 'a\\|b || c'],
  ['</code><img src=x> &amp; "', '</code><img src=x> &amp; "'],
  ['https://evil.example @acme #1 ![x](y)', 'https://evil.example @acme #1 ![x](y)'],
  ['\u202egnp.exe', '\\u202egnp.exe'],
])('%j says the same as code, in a line and in a table', (text, shown) => {
  const { escapeHtml } = markdown.utils
  const decoded = (html: string) => html.replace(/&#(\d+);/g, (_, n) => escapeHtml(String.fromCodePoint(n)))
  const expected = `<code>${escapeHtml(shown)}</code>`
  expect(markdown.render(`x ${code(text)} y`)).toBe(`<p>x ${expected} y</p>\n`)
  const row = markdown.render(`| a | b |\n| --- | --- |\n| ${cellCode(text)} | y |`)
  expect(decoded(row)).toContain(`<td>${expected}</td>\n<td>y</td>`)
})

test('nothing is a space, as no code is empty', () => {
  expect(markdown.render(code(''))).toBe('<p><code>  </code></p>\n')
})
