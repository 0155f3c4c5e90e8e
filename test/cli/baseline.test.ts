import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FLAWLESS, folderWith, places, SESSION_ARN, TENANT_WIDE, wifLint, wifLintJson } from './harness.ts'

const NAME = 'wif-lint-baseline.json'
const baselineIn = (cwd: string, name = NAME) => JSON.parse(readFileSync(join(cwd, name), 'utf8'))
const TWO = `[${SESSION_ARN},${SESSION_ARN.replace('prod-reports', 'other')}]`

test('write records errors and warnings by file and rule, sorted; use leaves them out', async () => {
  const cwd = folderWith({ 'b/wide.json': TENANT_WIDE, 'a.json': TWO })
  expect(await wifLint(cwd, ['--baseline', 'write'])).toMatchObject({
    code: 0,
    stderr: `wif-lint: ${NAME}: 3 findings are known now; --baseline use leaves them out\n`,
  })
  expect(readFileSync(join(cwd, NAME), 'utf8')).toBe(`{
  "version": 1,
  "findings": {
    "a.json": {
      "match/aws-session-arn": 2
    },
    "b/wide.json": {
      "match/tenant-wide": 1
    }
  }
}
`)
  const { code, findings, stderr } = await wifLintJson(cwd, ['--baseline', 'use', '--fail-level', 'warning'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: `wif-lint: ${NAME}: 3 known findings are left out\n` })
  expect(places(findings)).toEqual([])
})

test('use says everything of a rule that finds more in a file than was known', async () => {
  const cwd = folderWith({ 'a.json': SESSION_ARN, 'b.json': TENANT_WIDE })
  await wifLint(cwd, ['--baseline', 'write'])
  writeFileSync(join(cwd, 'a.json'), TWO)
  writeFileSync(join(cwd, 'c.json'), SESSION_ARN)
  const { code, findings } = await wifLintJson(cwd, ['--baseline', 'use'])
  expect(code).toBe(1)
  expect(places(findings)).toEqual([
    'a.json:4:23 match/aws-session-arn',
    expect.stringMatching(/^a\.json:\d+:23 match\/aws-session-arn$/),
    'c.json:4:23 match/aws-session-arn',
  ])
})

describe('what is mended', () => {
  async function mended(): Promise<string> {
    const cwd = folderWith({ 'a.json': TWO, 'b.json': TENANT_WIDE, 'c.json': SESSION_ARN })
    await wifLint(cwd, ['--baseline', 'write'])
    writeFileSync(join(cwd, 'a.json'), SESSION_ARN)
    writeFileSync(join(cwd, 'b.json'), FLAWLESS)
    rmSync(join(cwd, 'c.json'))
    return cwd
  }

  test('makes use fail where it is written, so that the list becomes shorter', async () => {
    const cwd = await mended()
    const { code, findings } = await wifLintJson(cwd, ['--baseline', 'use'])
    expect(code).toBe(1)
    expect(findings.map(({ file, line, rule, message }) => [`${file}:${line}`, rule, message])).toEqual([
      [
        `${NAME}:5`,
        'config/stale-baseline',
        'Of 2 known "match/aws-session-arn" 1 is left; --baseline prune strikes out what is gone',
      ],
      [
        `${NAME}:8`,
        'config/stale-baseline',
        'Of 1 known "match/tenant-wide" none is left; --baseline prune strikes out what is gone',
      ],
      [
        `${NAME}:11`,
        'config/stale-baseline',
        'Of 1 known "match/aws-session-arn" none is left; --baseline prune strikes out what is gone',
      ],
    ])
  })

  test('is struck out by prune, which adds nothing', async () => {
    const cwd = await mended()
    writeFileSync(join(cwd, 'new.json'), SESSION_ARN)
    const { code, findings } = await wifLintJson(cwd, ['--baseline', 'prune'])
    expect(baselineIn(cwd).findings).toEqual({ 'a.json': { 'match/aws-session-arn': 1 } })
    expect(places(findings)).toEqual(['new.json:4:23 match/aws-session-arn'])
    expect(code).toBe(1)
  })

  test('is judged only in files that were looked at', async () => {
    const cwd = await mended()
    const { findings } = await wifLintJson(cwd, ['--baseline', 'use', 'b.json'])
    expect(findings.map(({ line }) => line)).toEqual([8, 11])
    await wifLint(cwd, ['--baseline', 'prune', 'b.json'])
    expect(baselineIn(cwd).findings).toEqual({ 'a.json': { 'match/aws-session-arn': 2 } })
    await wifLint(cwd, ['--baseline', 'write', 'b.json'])
    expect(baselineIn(cwd).findings).toEqual({ 'a.json': { 'match/aws-session-arn': 2 } })
  })
})

test('lies where it is asked for; files are named from there', async () => {
  const cwd = folderWith({ 'sub/a.json': SESSION_ARN, 'ci/x': '' })
  const argv = ['--baseline-file', 'ci/known.json', '.']
  await wifLint(cwd, ['--baseline', 'write', ...argv])
  expect(existsSync(join(cwd, NAME))).toBe(false)
  expect(baselineIn(cwd, 'ci/known.json').findings).toEqual({
    '../sub/a.json': { 'match/aws-session-arn': 1 },
  })
  expect(
    await wifLint(join(cwd, 'sub'), ['--baseline', 'use', '--baseline-file', '../ci/known.json']),
  ).toMatchObject({ code: 0 })
})

test.each([
  ['{', 'it is no baseline as --baseline write makes them'],
  ['{"findings": {"a.json": {"match/tenant-wide": 0}}}', 'it is no baseline'],
  ['{"findings": {"a.json": 1}}', 'it is no baseline'],
  ['[]', 'it is no baseline'],
  [undefined, 'no such file or folder; --baseline write makes one'],
])('%s cannot be used', async (text, problem) => {
  const cwd = folderWith({ 'a.json': SESSION_ARN, ...(text !== undefined && { [NAME]: text }) })
  const { code, stderr, findings } = await wifLintJson(cwd, ['--baseline', 'use'])
  expect(code).toBe(2)
  expect(stderr).toContain(`wif-lint: ${NAME}: ${problem}`)
  expect(places(findings)).toEqual(['a.json:4:23 match/aws-session-arn'])
})

test.each([
  [['--baseline-file', 'x.json'], '--baseline-file needs --baseline'],
  [
    ['--baseline', 'write', '--stdin-filename', 'a.json'],
    '--baseline write needs files, not --stdin-filename',
  ],
])('%j is wrong usage', async (argv, problem) => {
  expect((await wifLint(folderWith(), argv)).stderr).toBe(`wif-lint: ${problem}; see wif-lint --help\n`)
})
