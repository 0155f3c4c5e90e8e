import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FLAWLESS, folderWith, SESSION_ARN, TENANT_WIDE, wifLint, wifLintJson } from './harness.ts'

test.each([
  ['yaml', 'wif-lint.yaml'],
  ['json', 'wif-lint.jsonc'],
])('writes a configuration in %s that changes nothing', async (format, name) => {
  const cwd = folderWith({ 'rule.json': TENANT_WIDE })
  const before = await wifLintJson(cwd, [])
  const { code, stdout, stderr } = await wifLint(cwd, ['init', '--format', format])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain(`Wrote ${name}\n`)
  expect((await wifLintJson(cwd, [])).findings).toEqual(before.findings)
  expect((await wifLintJson(cwd, ['--config', name])).findings).toEqual(before.findings)
})

test.each([
  // Lines of settings, not those of prose: what an editor uncomments.
  ['yaml', 'wif-lint.yaml', /^# (?=[a-z]+:(?: \[\])?$| )/gm],
  ['json', 'wif-lint.jsonc', /\/\/ (?=[" {}])/g],
])('the examples in its comments are right, too: %s', async (format, name, comment) => {
  const cwd = folderWith({ 'rule.json': TENANT_WIDE })
  await wifLint(cwd, ['init', '--format', format])
  const text = readFileSync(join(cwd, name), 'utf8')
  const all = folderWith({ 'rule.json': TENANT_WIDE, [name]: text.replace(comment, '') })
  const { code, stderr } = await wifLint(all, ['--config', name])
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
  const { findings } = await wifLintJson(all, [])
  expect(findings.map(({ rule, severity }) => `${severity} ${rule}`)).toContain('error match/tenant-wide')
})

test.each(['wif-lint.json', 'wif-lint.jsonc', 'wif-lint.yaml', 'wif-lint.yml'])(
  'leaves %s as it is',
  async name => {
    const cwd = folderWith({ [name]: '{}' })
    expect(await wifLint(cwd, ['init'])).toEqual({
      code: 2,
      stdout: '',
      stderr: `wif-lint: ${name}: there is a configuration already, and it is left as it is\n`,
    })
    expect(readdirSync(cwd)).toEqual([name])
  },
)

test('says what is here and what to do next', async () => {
  const cwd = folderWith({
    'rule.json': SESSION_ARN,
    'issuer.json':
      '{ "name": "a", "issuer_url": "https://accounts.google.com/", "jwks": { "type": "discovery" } }',
    '.github/workflows/ci.yml': '',
    '.pre-commit-config.yaml': '',
  })
  const { stdout } = await wifLint(cwd, ['init'])
  expect(stdout).toMatch(/^Here: 1 federation rule, 1 issuer in \d files, with 2 errors and 0 warnings\.$/m)
  for (const command of [
    'wif-lint',
    'wif-lint --diff',
    'wif-lint --diff --fix=all',
    'wif-lint --baseline write',
    'wif-lint --format github',
    'pre-commit',
  ])
    expect(stdout).toMatch(new RegExp(`^  ${command}  `, 'm'))
  expect(stdout).not.toContain('gitlab')
})

test('says so when nothing is here, or nothing is wrong', async () => {
  const empty = folderWith()
  expect((await wifLint(empty, ['init'])).stdout).toContain(
    'Here: 0 files looked at, and nothing of federation in them yet.',
  )
  expect(existsSync(join(empty, 'wif-lint.yaml'))).toBe(true)
  const { stdout } = await wifLint(folderWith({ 'rule.json': FLAWLESS }), ['init'])
  expect(stdout).toContain('with 0 errors and 0 warnings')
  expect(stdout).not.toContain('--baseline')
})
