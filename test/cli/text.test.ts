import { describe, expect, test } from 'vitest'
import { snippet } from '../../server/src/cli/report/snippet.ts'
import { FLAWLESS, folderWith, SESSION_ARN, TENANT_WIDE, wifLint, wifLintJson } from './harness.ts'

const ISSUER = `{
  "name": "aws-sts",
  "issuer_url": "https://d6598c73-18f3-453d-b1e1-3df151740940.tokens.sts.global.api.aws",
  "jwks_source": "discovery"
}
`

test('shows each finding with its line, its fixes, and the sum of it all', async () => {
  const cwd = folderWith({ 'a/issuer.json': ISSUER, 'b.json': SESSION_ARN, 'c.json': FLAWLESS })
  const { findings } = await wifLintJson(cwd, [])
  const legacy = findings.find(({ rule }) => rule === 'issuer/jwks-legacy-source')
  const session = findings.find(({ rule }) => rule === 'match/aws-session-arn')
  const { code, stdout } = await wifLint(cwd, [])
  expect(code).toBe(1)
  expect(stdout).toContain(`\
a/issuer.json:4:3: info: ${legacy?.message} [issuer/jwks-legacy-source]
4 |   "jwks_source": "discovery"
  |   ^^^^^^^^^^^^^
  = --fix: ${legacy?.fixes[0]?.title}

`)
  expect(stdout).toContain(`\
b.json:4:23: error: ${session?.message} [match/aws-session-arn]
4 |     "subject_prefix": "arn:aws:sts::123456789012:assumed-role/worker/session",
  |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = fix: ${session?.fixes[0]?.title}
`)
  expect(stdout).toMatch(
    /\n\n1 error, (1 warning, )?\d infos? in 2 files \(checked 3 files, 3 of federation\)\n1 finding can be mended with --fix .*\n1 more with --fix=all, .*\nwif-lint explain match\/aws-session-arn says /,
  )
})

test('is coloured for a person, and for nobody else', async () => {
  const cwd = folderWith({ 'rule.json': TENANT_WIDE })
  const painted = async (terminal: Parameters<typeof wifLint>[2]) =>
    (await wifLint(cwd, [], terminal)).stdout.includes('\u001b[33mwarning\u001b[39m')
  expect(await painted({})).toBe(false)
  expect(await painted({ isTTY: true })).toBe(true)
  expect(await painted({ isTTY: true, env: { NO_COLOR: '1' } })).toBe(false)
  expect(await painted({ isTTY: true, env: { TERM: 'dumb' } })).toBe(false)
  expect(await painted({ env: { FORCE_COLOR: '1' } })).toBe(true)
  expect(await painted({ isTTY: true, env: { FORCE_COLOR: '0' } })).toBe(false)
})

test('lets nothing from a file or its name reach the terminal raw', async () => {
  const cwd = folderWith({
    'evil\u001b[2J\n.json': TENANT_WIDE.replace('123456789012:role/', '123456789012:role/\u009b31m\u202e'),
    'gone\u0007.json': TENANT_WIDE,
  })
  const { stdout, stderr } = await wifLint(cwd, ['.', 'not\u001b[31mthere.json'])
  expect(stdout).toContain('evil\\x1b[2J\\n.json:4:23: ')
  expect(stdout).toContain('gone\\x07.json:4:23: ')
  expect(stdout).toContain('role/\\x9b31m\\u202e*')
  expect(stderr).toBe('wif-lint: not\\x1b[31mthere.json: no such file or folder\n')
  expect(stdout + stderr).toMatch(/^[\n\x20-\x7e]+$/)
})

test('lets nothing from a file or its name command the runner of GitHub Actions', async () => {
  const cwd = folderWith({
    '::stop-commands::x.json': TENANT_WIDE.replace('role/*"', 'role/*" /* ##[add-mask]a */'),
  })
  const env = { GITHUB_ACTIONS: 'true' }
  const { stdout, stderr } = await wifLint(cwd, ['.', '##[error].json'], { env })
  expect(stdout).toMatch(/^: :stop-commands::x\.json:4:23: /)
  expect(stdout + stderr).not.toMatch(/##\[|^\s*::/m)
  expect((await wifLint(cwd, [])).stdout).toMatch(/^::stop-commands::x\.json:4:23: /)
})

describe('the line of a finding', () => {
  const shown = (line: string, from: number, to: number, width = 40) => {
    const { source, carets } = snippet(line, from, to, width)
    return `${source}\n${carets}`
  }

  test('has carets under the range, one at least', () => {
    expect(shown('name: value', 6, 11)).toBe('name: value\n      ^^^^^')
    expect(shown('name:', 5, 5)).toBe('name:\n     ^')
    expect(shown('', 0, 0)).toBe('\n^')
  })

  test('is aligned behind tabs, wide and combining characters', () => {
    expect(shown('\t- x', 3, 4)).toBe('    - x\n      ^')
    expect(shown('名前: x', 4, 5)).toBe('名前: x\n      ^')
    expect(shown('e\u0301: 🦄 x', 4, 6)).toBe('e\u0301: 🦄 x\n   ^^')
    expect(shown('a\u200b: x', 4, 5)).toBe('a\\u200b: x\n         ^')
  })

  test('is cut around the range when it is long', () => {
    const line = `${'a'.repeat(500)}HERE${'b'.repeat(500)}`
    expect(shown(line, 500, 504, 20)).toBe(`…${'a'.repeat(7)}HERE${'b'.repeat(7)}…\n${' '.repeat(8)}^^^^`)
    expect(shown(line, 0, 4, 20)).toBe(`${'a'.repeat(19)}…\n^^^^`)
    expect(shown(line, 1000, 1004, 20)).toBe(`…${'b'.repeat(15)}bbbb\n${' '.repeat(16)}^^^^`)
    expect(shown(line, 0, 1004, 20)).toBe(`${'a'.repeat(19)}…\n${'^'.repeat(20)}`)
  })

  test('takes no time even when it is megabytes long', () => {
    const line = 'x'.repeat(5_000_000)
    const start = performance.now()
    for (let i = 0; i < 100; i++) snippet(line, 2_000_000 + i, 4_000_000, 120)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
