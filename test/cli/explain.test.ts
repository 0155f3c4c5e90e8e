import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createColors } from 'picocolors'
import { describe, expect, test } from 'vitest'
import { OTHER_FINDINGS } from '../../server/src/cli/other-findings.ts'
import { pageText } from '../../server/src/cli/report/page.ts'
import { rules } from '../../server/src/rules/index.ts'
import { wifLint } from './harness.ts'

const explain = (...argv: string[]) => wifLint('/', ['explain', ...argv])

test('prints the page of a rule, its examples with their carets', async () => {
  const { code, stdout, stderr } = await explain('match/tenant-wide')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/^match\/tenant-wide\n\nRule admits everything in .* Severity: warning .*\n\n/)
  expect(stdout).toContain('\n\nWhy it matters\n\nWhoever can make')
  expect(stdout).toContain(`\
bad (json)
    {
      "name": "prod-inference",
`)
  expect(stdout).toMatch(
    /\n {8}"subject_prefix": "arn:aws:iam::123456789012:role\/\*",\n {4}\/\/ {20}\^{34} match\/tenant-wide: Every IAM role/,
  )
  expect(stdout).toContain(
    '\nfixed (json): Name one IAM role: "arn:aws:iam::123456789012:role/<name>"\n    {\n',
  )
  expect(stdout).not.toMatch(/^(#+ |```)/m)
  expect(stdout).toMatch(/[^\n]\n$/)
})

test.each(rules.map(({ id }) => id))('%s: every line of its page is there', async id => {
  const page = readFileSync(join(import.meta.dirname, `../../server/src/rules/${id}.md`), 'utf8')
  const { code, stdout } = await explain(id)
  expect(code).toBe(0)
  expect(stdout.split('\n')).toHaveLength(page.split('\n').length - (page.match(/^```$/gm) ?? []).length)
  expect(stdout).not.toMatch(/^(#+ |```|_)/m)
})

test('is coloured for a person, carets by severity', async () => {
  const { stdout } = await wifLint('/', ['explain', 'match/tenant-wide'], { isTTY: true })
  expect(stdout).toContain('\u001b[1mWhy it matters\u001b[22m')
  expect(stdout).toContain('\u001b[31mbad (json)\u001b[39m')
  expect(stdout).toContain('\u001b[32mgood (yaml)\u001b[39m')
  expect(stdout).toContain(`\u001b[33m${'^'.repeat(34)}\u001b[39m match/tenant-wide: `)
  expect(stdout).toContain(`\u001b[36m${'^'.repeat(11)}\u001b[39m match/tenant-wide (info): `)
})

test.each([...OTHER_FINDINGS.keys()])('says a paragraph on %s, which has no page', async id => {
  const { code, stdout } = await explain(id)
  expect(code).toBe(0)
  expect(stdout).toMatch(new RegExp(`^${id}\n\n(?:.{1,120}\n){1,4}$`))
})

test.each([
  ['match/tenant-wid', ' (did you mean match/tenant-wide?)'],
  ['tenant-wide', ' (did you mean match/tenant-wide?)'],
  ['config/unused-ignor', ' (did you mean config/unused-ignore?)'],
  ['schema/issuers', ' (did you mean schema/issuer?)'],
  // Of issuers and of rules.
  ['name-invalid', ''],
  ['banana', ''],
  ['../cli/args', ''],
])('there is no rule %s', async (id, meant) => {
  expect(await explain(id)).toEqual({
    code: 2,
    stdout: '',
    stderr: `wif-lint: there is no rule "${id}"${meant}; see wif-lint rules\n`,
  })
})

describe('a page', () => {
  const shown = (page: string, colors = false) => pageText(page, () => 'error', createColors(colors))

  test('has its links as text, and its code as it stands', () => {
    expect(
      shown('See [the guide](https://a.example/b), [CONTRIBUTING](../x.md) and <https://c.example>.\n'),
    ).toBe('See the guide (https://a.example/b), CONTRIBUTING and https://c.example.\n')
    expect(shown('A **very** *wide* `role/*` and `x*`, `[a](b)`\n')).toBe(
      'A very wide `role/*` and `x*`, `[a](b)`\n',
    )
    expect(shown('**very** *wide*\n', true)).toBe('\u001b[1mvery\u001b[22m \u001b[3mwide\u001b[23m\n')
  })

  test('has fences of any kind, and lines ends of any kind', () => {
    expect(shown('# a/b\r\n\r\n```sh\r\nnpm ci # now\r\n\r\nnpm start\r\n```\r\nEnd\r\n')).toBe(
      'a/b\n\n(sh)\n    npm ci # now\n\n    npm start\nEnd\n',
    )
  })

  test('has its carets under characters that are not one column wide', () => {
    const page = '```yaml bad\na: "\u200b名前", b\n#  ^^^^^ a/b: What\n#         ^ a/b (info): Two\n```\n'
    expect(shown(page)).toBe(
      'bad (yaml)\n    a: "\\u200b名前", b\n    #  ^^^^^^^^^^^^ a/b: What\n    #                ^ a/b (info): Two\n',
    )
  })
})
