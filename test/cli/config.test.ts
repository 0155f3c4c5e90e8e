import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FLAWLESS, folderWith, places, SESSION_ARN, TENANT_WIDE, wifLint, wifLintJson } from './harness.ts'

/** The severity of each rule found under `config`, which is read by `--config`. */
async function severities(config: unknown): Promise<Record<string, string>> {
  const cwd = folderWith({
    'a.json': TENANT_WIDE,
    'b.json': SESSION_ARN,
    'c.json': '{ "issuer_url": 1, }',
    'wif-lint.json': JSON.stringify(config),
  })
  const { findings } = await wifLintJson(cwd, ['--config', 'wif-lint.json'])
  const meant = ['match/tenant-wide', 'match/aws-session-arn', 'syntax/json']
  return Object.fromEntries(
    findings.filter(({ rule }) => meant.includes(rule)).map(({ rule, severity }) => [rule, severity]),
  )
}

test('takes a level by rule, then by group, then by default', async () => {
  const graded = { 'match/tenant-wide': 'warning', 'match/aws-session-arn': 'error', 'syntax/json': 'error' }
  expect(await severities({})).toEqual(graded)
  expect(await severities({ severity: { 'match/tenant-wide': 'error' } })).toEqual({
    ...graded,
    'match/tenant-wide': 'error',
  })
  expect(await severities({ severity: { match: 'info', 'match/tenant-wide': 'off' } })).toEqual({
    'match/aws-session-arn': 'info',
    'syntax/json': 'error',
  })
  expect(await severities({ severity: { default: 'off', match: 'warning' } })).toEqual({
    ...graded,
    'match/aws-session-arn': 'warning',
  })
})

test('reads YAML too', async () => {
  const cwd = folderWith({ 'a.json': TENANT_WIDE, 'lint.yaml': 'severity:\n  match/tenant-wide: error\n' })
  expect(await wifLint(cwd, ['--config', 'lint.yaml'])).toMatchObject({ code: 1 })
})

test.each([
  ['{"severity": {"match/tenant-wid": "off"}}', '1:15', 'did you mean `match/tenant-wide`?'],
  ['{"severity": {"banana": "off"}}', '1:15', '`banana`'],
  ['{"severity": {"match": "of"}}', '1:24', 'id you mean `off`?'],
  ['{"severity": {"syntax/json": "off"}}', '1:15', '`syntax/json`'],
  ['{"severity": []}', '1:2', '`severity` must be an object'],
  ['{"sevrity": {}}', '1:2', 'did you mean `severity`?'],
  ['[]', '1:1', 'must be an object'],
  ['{"severity": ', '1:', 'xpected'],
])('%s is wrong, and nothing is linted', async (config, place, problem) => {
  const cwd = folderWith({ 'rule.json': TENANT_WIDE, 'wif-lint.json': config })
  const { code, stdout, stderr } = await wifLint(cwd, ['--config', 'wif-lint.json', 'rule.json'])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(`wif-lint: wif-lint.json:${place}`)
  expect(stderr).toContain(problem)
})

test('a configuration that is not there is wrong', async () => {
  const cwd = folderWith({ 'rule.json': TENANT_WIDE })
  expect(await wifLint(cwd, ['--config', 'nope.json'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'wif-lint: nope.json: no such file or folder\n',
  })
})

const OFF = JSON.stringify({ severity: { 'match/tenant-wide': 'off' } })
const ERROR = 'severity:\n  match/tenant-wide: error\n'

test('without --config, the nearest configuration holds for each file', async () => {
  const cwd = folderWith({
    'wif-lint.yaml': ERROR,
    'a.json': TENANT_WIDE,
    'quiet/wif-lint.json': OFF,
    'quiet/b.json': TENANT_WIDE,
    'quiet/deep/c.json': TENANT_WIDE,
  })
  const { code, findings } = await wifLintJson(cwd, [])
  expect(code).toBe(1)
  const wide = findings.filter(({ rule }) => rule === 'match/tenant-wide')
  expect(wide.map(({ file, severity }) => [file, severity])).toEqual([['a.json', 'error']])
  // --config holds for all of them.
  expect(places((await wifLintJson(cwd, ['--config', 'quiet/wif-lint.json'])).findings)).toEqual([])
  expect(places((await wifLintJson(cwd, ['--config', 'wif-lint.yaml'])).findings)).toHaveLength(3)
})

test('configurations above what is asked for hold, too: up to the repository, or else the working folder', async () => {
  const files = { 'sub/deep/a.json': TENANT_WIDE }
  const found = async (cwd: string, ...paths: string[]) =>
    places((await wifLintJson(cwd, paths)).findings).length
  const repository = folderWith({ ...files, 'wif-lint.json': OFF, '.git/HEAD': '' })
  expect(await found(join(repository, 'sub'), 'deep')).toBe(0)
  expect(await found(join(repository, 'sub'), 'deep/a.json')).toBe(0)
  const inner = folderWith({ ...files, 'wif-lint.json': OFF, 'sub/.git/HEAD': '' })
  expect(await found(join(inner, 'sub'), 'deep')).toBe(1)
  const loose = folderWith({ ...files, 'wif-lint.json': OFF })
  expect(await found(loose, 'sub/deep')).toBe(0)
  expect(await found(loose, 'sub/deep/a.json')).toBe(0)
  expect(await found(join(loose, 'sub'), 'deep')).toBe(1)
})

test('what is wrong in a configuration that was found is a finding', async () => {
  const cwd = folderWith({
    'wif-lint.json': '{"severity": {"match/tenant-wid": "off"}}',
    'a.json': TENANT_WIDE,
  })
  expect(places((await wifLintJson(cwd, [])).findings)).toEqual([
    'a.json:4:23 match/tenant-wide',
    'wif-lint.json:1:15 config/unknown-rule',
  ])
})

test('an ignore is called unused only by a run that sees all it may speak of', async () => {
  const ignores = [{ rule: 'match/tenant-wide', files: 'b.json', reason: 'migration' }]
  const cwd = folderWith({
    'wif-lint.json': JSON.stringify({ ignores }),
    'a.json': FLAWLESS,
    'b.json': TENANT_WIDE.replace('role/*', 'role/one'),
  })
  expect(places((await wifLintJson(cwd, ['a.json'])).findings)).toEqual([])
  expect(places((await wifLintJson(cwd, ['.'])).findings)).toEqual([
    expect.stringMatching(/^wif-lint\.json:.*config\/unused-ignore$/),
  ])
})
