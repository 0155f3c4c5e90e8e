import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, places, TENANT_WIDE, wifLint, wifLintJson } from './harness.ts'

/** The file that every bad one lies beside: it must be linted in any case. */
const GOOD = { 'good.json': TENANT_WIDE }
const GOOD_FINDING = 'good.json:4:23 match/tenant-wide'

const utf16 = (text: string, order: 'le' | 'be', mark = true) => {
  const bytes = Buffer.from(mark ? `\uFEFF${text}` : text, 'utf16le')
  return order === 'le' ? bytes : bytes.swap16()
}
const MIB = 1024 * 1024

describe('a bad file gets a finding, and the others are linted', () => {
  test.each<[string, string, string | (() => string), string]>([
    ['empty JSON', 'bad.json', '', 'bad.json:1:1 syntax/json'],
    ['JSON of spaces', 'bad.json', ' \n\n', 'bad.json:3:1 syntax/json'],
    ['truncated JSON', 'bad.json', '{"a": {"b": ', 'bad.json:1:8 syntax/json'],
    ['truncated YAML', 'bad.yaml', 'a: {b: [1,\n', 'bad.yaml:2:1 syntax/yaml'],
    ['duplicate keys in JSON', 'bad.json', '{"a": 1,\n "a": 2}', 'bad.json:2:2 syntax/json'],
    ['duplicate keys in YAML', 'bad.yaml', 'a: 1\nb: 2\na: 3\n', 'bad.yaml:3:1 syntax/yaml'],
    ['tabs in YAML', 'bad.yaml', 'a:\n\tb: 1\n', 'bad.yaml:2:1 syntax/yaml'],
    ['an alias without an anchor', 'bad.yaml', 'a: *nowhere\n', 'bad.yaml:1:4 syntax/yaml'],
    ['an anchor inside itself', 'bad.yaml', 'a: &a\n  b: *a\n', 'bad.yaml:2:6 syntax/yaml'],
    [
      '10 MB of rules',
      'bad.json',
      () => `[${TENANT_WIDE}${`,${TENANT_WIDE}`.repeat((10 * MIB) / TENANT_WIDE.length)}]`,
      'bad.json:1:1 syntax/json',
    ],
    [
      'JSON nested too deeply',
      'bad.json',
      () => '{"issuer_url":'.repeat(100_000),
      'bad.json:1:1 syntax/json',
    ],
  ])('%s', async (_, name, content, finding) => {
    const cwd = folderWith({ ...GOOD, [name]: typeof content === 'string' ? content : content() })
    const { code, stderr, findings } = await wifLintJson(cwd, ['good.json', name])
    expect(code).toBe(1)
    expect(stderr).toBe('')
    expect(places(findings)).toContain(GOOD_FINDING)
    expect(places(findings)).toContain(finding)
  })

  test('an alias bomb', async () => {
    const levels = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(10)}]`)
    const cwd = folderWith({ ...GOOD, 'bomb.yaml': `a0: &a0 [ANTHROPIC_X]\n${levels.join('\n')}\n` })
    const { code, findings } = await wifLintJson(cwd, [])
    expect(code).toBe(1)
    expect(places(findings)).toContain(GOOD_FINDING)
    expect(findings.filter(f => f.file === 'bomb.yaml').map(f => f.rule)).toEqual(['syntax/yaml'])
  })
})

describe('what cannot be read is told, and the others are linted', () => {
  test.each<[string, string, Buffer | string, string]>([
    [
      'a binary file',
      'bad.json',
      Buffer.from('issuer_url\xff\xfe\xfd\xfc', 'latin1'),
      'it is not valid UTF-8 text',
    ],
    ['a file with zero bytes', 'bad.json', 'issuer_url \0\0', 'it is a binary file'],
  ])('%s', async (_, name, content, reason) => {
    const cwd = folderWith({ ...GOOD, [name]: content })
    const { code, stderr, findings } = await wifLintJson(cwd, ['good.json', name])
    expect({ code, stderr }).toEqual({ code: 2, stderr: `wif-lint: ${name}: ${reason}\n` })
    expect(places(findings)).toEqual([GOOD_FINDING])
  })

  test('a file that nobody may read', async () => {
    const cwd = folderWith(GOOD)
    // Root may read all, so these stand for it: a link to nothing, links in a circle, a pipe that never says a word.
    symlinkSync('nowhere', join(cwd, 'link.json'))
    symlinkSync('circle.json', join(cwd, 'circle.json'))
    spawnSync('mkfifo', [join(cwd, 'pipe.json')])
    symlinkSync('pipe.json', join(cwd, 'to-pipe.json'))
    const { code, stderr, findings } = await wifLintJson(cwd, [
      'good.json',
      'link.json',
      'circle.json',
      'pipe.json',
      'to-pipe.json',
    ])
    expect(code).toBe(2)
    expect(stderr.split('\n')).toEqual([
      'wif-lint: link.json: the link leads nowhere',
      'wif-lint: circle.json: the link leads nowhere',
      'wif-lint: pipe.json: it is neither a file nor a folder',
      'wif-lint: to-pipe.json: it is neither a file nor a folder',
      '',
    ])
    expect(places(findings)).toEqual([GOOD_FINDING])
    // Found by walking, they are worth a word at most.
    const walked = await wifLintJson(cwd, [])
    expect(walked.code).toBe(0)
    expect(walked.stderr).not.toContain('pipe')
    expect(places(walked.findings)).toEqual([GOOD_FINDING])
  })

  test('other people’s binaries in a folder are not worth a word', async () => {
    const cwd = folderWith({ ...GOOD, 'assets/logo.json': Buffer.from([0x89, 0x50, 0xff, 0x00]) })
    expect(await wifLint(cwd, [])).toMatchObject({ code: 0, stderr: '' })
  })
})

test('a folder with the name of a file is a folder', async () => {
  const cwd = folderWith({ 'rules.json/rule.json': TENANT_WIDE })
  const { findings } = await wifLintJson(cwd, ['rules.json'])
  expect(places(findings)).toEqual(['rules.json/rule.json:4:23 match/tenant-wide'])
  expect(places((await wifLintJson(cwd, [])).findings)).toEqual(places(findings))
})

describe('positions are right', () => {
  const broken = TENANT_WIDE.replace('"name"', '"näme"') // not ASCII, before the finding
  test.each<[string, string | Buffer]>([
    ['UTF-8', broken],
    ['UTF-8 with a mark', `\uFEFF${broken}`],
    ['UTF-16, little end first', utf16(broken, 'le')],
    ['UTF-16, big end first', utf16(broken, 'be')],
    ['UTF-16 without a mark', utf16(broken, 'le', false)],
    ['CRLF', broken.replaceAll('\n', '\r\n')],
    ['CR', broken.replaceAll('\n', '\r')],
  ])('in %s', async (_, content) => {
    const { findings } = await wifLintJson(folderWith({ 'rule.json': content }), [])
    const found = findings.filter(f => f.rule === 'match/tenant-wide')
    expect(found).toMatchObject([{ line: 4, column: 23, endLine: 4, endColumn: 57 }])
  })

  test('behind a mark, in the first line', async () => {
    const oneLine = `\uFEFF${TENANT_WIDE.replaceAll('\n', '')}`
    const { findings } = await wifLintJson(folderWith({ 'rule.json': oneLine }), [])
    expect(places(findings)).toEqual([`rule.json:1:${oneLine.indexOf('"arn:')} match/tenant-wide`])
  })

  test('through YAML anchors and merge keys', async () => {
    const cwd = folderWith({
      'rules.yaml': `rules:
  - &base
    name: first
    issuer_id: fdis_...
    match: &match
      subject_prefix: arn:aws:iam::123456789012:role/*
      audience: https://api.anthropic.com
    target: { type: service_account, service_account_id: svac_... }
    workspace_id: wrkspc_...
    oauth_scope: workspace:inference
  - <<: *base
    name: second
`,
    })
    const { findings } = await wifLintJson(cwd, [])
    expect(places(findings)).toContain('rules.yaml:6:23 match/tenant-wide')
    expect(findings.filter(f => f.severity === 'error')).toEqual([])
  })
})

test('an empty folder inside another changes nothing', async () => {
  const cwd = folderWith(GOOD)
  mkdirSync(join(cwd, 'empty'))
  expect(places((await wifLintJson(cwd, [])).findings)).toEqual([GOOD_FINDING])
})

test('a command with a slip in it is told of, where there is no file of that name', async () => {
  const cwd = folderWith({ 'acess.json': TENANT_WIDE })
  expect((await wifLint(cwd, ['acess'])).stderr).toBe(
    'wif-lint: acess: no such file or folder (did you mean access?)\n',
  )
  expect((await wifLint(cwd, ['gone'])).stderr).toBe('wif-lint: gone: no such file or folder\n')
})
