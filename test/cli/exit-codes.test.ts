import { expect, test } from 'vitest'
import { FLAWLESS, folderWith, places, SESSION_ARN, TENANT_WIDE, wifLint, wifLintJson } from './harness.ts'

test('0 when nothing is found, and it says so', async () => {
  const cwd = folderWith({ 'rule.json': FLAWLESS, 'package.json': '{}' })
  expect(await wifLint(cwd, [])).toEqual({
    code: 0,
    stdout: 'No findings (checked 2 files, 1 of federation)\n',
    stderr: '',
  })
})

test('1 from the fail level on', async () => {
  const cwd = folderWith({ 'rule.json': TENANT_WIDE })
  expect(await wifLint(cwd, [])).toMatchObject({ code: 0 })
  expect(await wifLint(cwd, ['--fail-level', 'warning'])).toMatchObject({ code: 1 })
  expect(await wifLint(cwd, ['--fail-level', 'info'])).toMatchObject({ code: 1 })
  const broken = folderWith({ 'rule.json': SESSION_ARN })
  expect(await wifLint(broken, [])).toMatchObject({ code: 1 })
})

test('2 for wrong usage, with one line on standard error', async () => {
  expect(await wifLint(folderWith(), ['--formt', 'json'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'wif-lint: unknown option --formt (did you mean --format?); see wif-lint --help\n',
  })
})

test('2 for a missing path, and all others are linted', async () => {
  const cwd = folderWith({ 'rule.json': SESSION_ARN })
  const { code, stderr, findings, summary } = await wifLintJson(cwd, ['nope.json', 'rule.json', 'gone/'])
  expect(code).toBe(2)
  expect(stderr).toBe('wif-lint: nope.json: no such file or folder\nwif-lint: gone: no such file or folder\n')
  expect(places(findings)).toEqual(['rule.json:4:23 match/aws-session-arn'])
  expect(summary.files).toBe(1)
})

test('2 for a file that is no text, and no word of success', async () => {
  const cwd = folderWith({ 'bad.json': Buffer.from([0x7b, 0xff, 0x7d]) })
  expect(await wifLint(cwd, ['bad.json'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'wif-lint: bad.json: it is not valid UTF-8 text\n',
  })
})

test('2 when there is nothing to check', async () => {
  const cwd = folderWith({ 'empty/readme.md': '# Nothing', 'main.tf': '' })
  expect(await wifLint(cwd, ['empty'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'wif-lint: no .json, .jsonc, .yaml or .yml file in empty\n',
  })
  const { code, stdout, stderr } = await wifLint(cwd, ['--format', 'json', 'main.tf'])
  expect(code).toBe(2)
  expect(JSON.parse(stdout).findings).toEqual([])
  expect(stderr).toContain('main.tf: not checked, its name does not end in .json, .jsonc, .yaml or .yml')
})

test('0 for files that have nothing to do with federation, with a word about those that were named', async () => {
  const cwd = folderWith({ 'pods.yaml': 'kind: Pod\n', 'other.json': '{}' })
  expect(await wifLint(cwd, ['pods.yaml'])).toEqual({
    code: 0,
    stdout: 'No findings (checked 1 file, none of federation)\n',
    stderr: 'wif-lint: pods.yaml: no federation issuer, rule, workload or IAM policy in it\n',
  })
  expect(await wifLint(cwd, ['.'])).toMatchObject({ code: 0, stderr: '' })
})

test('help and version go to standard output', async () => {
  const cwd = folderWith()
  expect(await wifLint(cwd, ['--help'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^Usage: wif-lint/),
    stderr: '',
  })
  expect(await wifLint(cwd, ['--version'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  })
})
