import { fileURLToPath } from 'node:url'
import MarkdownIt from 'markdown-it'
import { describe, expect, test } from 'vitest'
import { markdownReport } from '../../server/src/cli/report/markdown.ts'
import type { Report, ReportedFinding } from '../../server/src/cli/report/report.ts'
import { FLAWLESS, folderWith, wifLint, wifLintJson } from './harness.ts'

const examples = fileURLToPath(new URL('../../examples/', import.meta.url))

/** As GitHub reads it: tables, raw HTML, and addresses that become links by themselves. */
const markdown = new MarkdownIt({ html: true, linkify: true })

const finding: ReportedFinding = {
  rule: 'match/tenant-wide',
  severity: 'error',
  message: 'Every role matches',
  file: 'rules/a.json',
  line: 7,
  column: 2,
  endLine: 7,
  endColumn: 3,
  fixes: [],
  related: [],
}

/** A report with these findings, as Markdown. */
function written(findings: ReportedFinding[], env: Record<string, string> = {}): string {
  const summary = { files: 1, errors: findings.length, warnings: 0, infos: 0 }
  const report: Partial<Report> = { findings, summary, ofFederation: 1, fixable: { safe: 0, others: 0 } }
  return markdownReport(report as Report, env)
}

/** The same as HTML. */
function rendered(findings: ReportedFinding[], env: Record<string, string> = {}): string {
  return markdown.render(written(findings, env))
}

/** The tags in some HTML, in their order. */
function tags(html: string): string[] {
  return html.match(/<[a-z][^>]*>/g) ?? []
}

const ACTIONS = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'acme/app', GITHUB_SHA: 'abc' }
const GITLAB = { CI_PROJECT_URL: 'https://gitlab.com/acme/app', CI_COMMIT_SHA: 'abc' }

test('is a table of files and their findings, folded', async () => {
  const { stdout, code } = await wifLint(examples, ['--format', 'markdown', 'wrong'])
  const { findings, summary } = await wifLintJson(examples, ['wrong'])
  expect(code).toBe(1)
  expect(stdout).toMatch(
    new RegExp(`^### WIF Policy Linter: ${summary.errors} errors, ${summary.warnings} warnings, `),
  )
  const html = markdown.render(stdout)
  const files = new Set(findings.map(({ file }) => file))
  expect(html.match(/<tr>/g)).toHaveLength(files.size + 1)
  expect(html.match(/<details><summary>/g)).toHaveLength(files.size)
  expect(html.match(/^<li>/gm)?.length).toBeGreaterThanOrEqual(findings.length)
  for (const { rule } of findings) expect(html).toContain(`<code>${rule}</code>`)
  expect(html).toContain('<code>arn:aws:iam::210987654321:role/search-indexer</code>')
})

test('is one sentence when nothing is found', async () => {
  const cwd = folderWith({ 'rule.json': FLAWLESS })
  expect((await wifLint(cwd, ['--format', 'markdown'])).stdout).toBe(
    '### WIF Policy Linter: no findings\n\nChecked 1 file, 1 of federation.\n',
  )
})

test.each([
  ['GitHub Actions', ACTIONS, 'https://github.com/acme/app/blob/abc/a%20b/%29.json#L7'],
  ['GitLab CI', GITLAB, 'https://gitlab.com/acme/app/-/blob/abc/a%20b/%29.json#L7'],
])('links to the lines in %s', (_, env, url) => {
  expect(rendered([{ ...finding, file: 'a b/).json' }], env)).toContain(
    `<a href="${url}"><code>a b/).json:7</code></a>`,
  )
  expect(rendered([finding])).not.toContain('<a ')
  expect(rendered([{ ...finding, file: '../out.json' }], env)).not.toContain('<a ')
})

describe('what files say makes no Markdown and no HTML', () => {
  const HOSTILE = [
    '<img src=x onerror=alert(1)>',
    '</code></summary><script>alert(1)</script>',
    '[click](https://evil.example)',
    '![x](https://evil.example/x.png)',
    'https://evil.example www.evil.example a@evil.example',
    '`</code><b>x</b>`',
    '``` <b> ```',
    '|||',
    '**bold** _x_ ~~x~~',
    '\n\n# Heading\n\n- item\n\n<details>',
    '<!-- ',
    '&lt;b&gt; &amp;',
    '\\',
    '\\`<b>`',
    '--> </details>',
  ]
  const quiet = tags(rendered([{ ...finding, message: 'Value "x" is wrong' }]))

  test.each(HOSTILE)('quoted in a message: %j', text => {
    const html = rendered([{ ...finding, message: `Value "${text}" is wrong` }])
    expect(tags(html).filter(tag => tag !== '<code>')).toEqual(quiet.filter(tag => tag !== '<code>'))
  })

  test.each(HOSTILE)('in the words of a message: %j', text => {
    const html = rendered([
      {
        ...finding,
        message: text,
        related: [{ file: 'b', line: 1, column: 1, message: text }],
        fixes: [{ title: text, safe: true }],
      },
    ])
    const harmless = ['<code>', '<ul>', '<li>']
    const plain = rendered([
      {
        ...finding,
        related: [{ file: 'b', line: 1, column: 1, message: 'x' }],
        fixes: [{ title: 'x', safe: true }],
      },
    ])
    expect(tags(html).filter(tag => !harmless.includes(tag))).toEqual(
      tags(plain).filter(tag => !harmless.includes(tag)),
    )
  })

  test.each(HOSTILE)('in the name of a file: %j', text => {
    const html = rendered([{ ...finding, file: text, message: 'Value "x" is wrong' }])
    expect(tags(html)).toEqual(quiet)
  })

  test('nobody is called and nothing is referred to', () => {
    expect(written([{ ...finding, message: 'ask @acme/team about #12' }])).toContain(
      'ask @&#8203;acme/team about #&#8203;12',
    )
  })
})

test('fits into a comment, however much is found', () => {
  const many = Array.from({ length: 3000 }, (_, i) => ({
    ...finding,
    file: `rules/${i % 300}.json`,
    message: 'm'.repeat(300),
  }))
  const text = written(many)
  expect(text.length).toBeLessThan(65_536)
  expect(text).toMatch(/\d+ more files with findings: see the log of this run\./)
})
