import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { FLAWLESS, folderWith, SESSION_ARN, TENANT_WIDE, wifLint, wifLintJson } from './harness.ts'

const examples = fileURLToPath(new URL('../../examples/', import.meta.url))

const ISSUER = `{
  "name": "aws-sts",
  "issuer_url": "https://d6598c73-18f3-453d-b1e1-3df151740940.tokens.sts.global.api.aws/",
  "jwks": { "type": "discovery" }
}
`

const podOf = (account: string) => `apiVersion: v1
kind: Pod
metadata: { name: ${account}, namespace: reports }
spec:
  serviceAccountName: ${account}
  containers:
    - name: main
      image: x
      env:
        - { name: ANTHROPIC_FEDERATION_RULE_ID, value: fdrl_01K9QZ4T7WFM2NPRXD6YHEVB3C }
        - { name: ANTHROPIC_ORGANIZATION_ID, value: 2f7d0c1e-9f55-4b8e-8c7a-3d2b1a09f8e7 }
        - { name: ANTHROPIC_SERVICE_ACCOUNT_ID, value: svac_01K9QZ4T7WFM2NPRXD6YHEVB3C }
        - { name: ANTHROPIC_IDENTITY_TOKEN_FILE, value: /var/run/secrets/claude/token }
      volumeMounts: [{ name: claude, mountPath: /var/run/secrets/claude, readOnly: true }]
  volumes:
    - name: claude
      projected:
        sources:
          - serviceAccountToken: { audience: https://api.anthropic.com, path: token, expirationSeconds: 3600 }
`

function copyOfExamples(): string {
  const cwd = folderWith({})
  cpSync(examples, cwd, { recursive: true })
  return cwd
}

const ofFixes = <T extends { fixes: { safe: boolean }[] }>(findings: readonly T[], safe: boolean) =>
  findings.filter(({ fixes }) => fixes.some(fix => !safe || fix.safe))

describe('--fix on a copy of the examples', () => {
  test('leaves nothing that it could mend, and no new error', async () => {
    const cwd = copyOfExamples()
    const before = await wifLintJson(cwd, [])
    const { findings, stderr } = await wifLintJson(cwd, ['--fix'])
    expect(ofFixes(before.findings, true).length).toBeGreaterThan(3)
    expect(ofFixes(findings, true)).toEqual([])
    expect(stderr).toMatch(/^(wif-lint: wrong\/.*: fixed\n)+$/)
    const known = new Set(before.findings.map(({ file, rule }) => `${file} ${rule}`))
    expect(findings.filter(({ file, rule }) => !known.has(`${file} ${rule}`))).toEqual([])
    expect((await wifLintJson(cwd, ['--fix'])).stderr).toBe('')
  })

  test('with all: leaves what a person must choose or fill in, touches nothing that is right, and does nothing the second time', async () => {
    const cwd = copyOfExamples()
    const { findings, stderr } = await wifLintJson(cwd, ['--fix=all'])
    expect(ofFixes(findings, false).map(({ file, rule }) => `${file} ${rule}`)).toEqual([
      'wrong/eks/nightly.yaml pod/env-incomplete',
      'wrong/eks/rules.yaml match/k8s-namespace-wildcard',
      'wrong/onprem/rule.yaml match/k8s-default-sa',
    ])
    const { stdout } = await wifLint(cwd, [])
    expect(stdout).not.toContain('--fix=all')
    expect(stderr).not.toContain('right/')
    expect((await wifLintJson(cwd, ['--fix=all'])).stderr).toBe('')
    const rule = JSON.parse(readFileSync(join(cwd, 'wrong/aws-sts/batch-rule.json'), 'utf8'))
    expect(rule.match.subject_prefix).toBe('arn:aws:iam::210987654321:role/search-indexer')
  })
})

describe('--fix=all', () => {
  test('takes the first fix of what is not safe, which --fix leaves', async () => {
    const cwd = folderWith({ 'rule.json': SESSION_ARN })
    await wifLint(cwd, ['--fix'])
    expect(readFileSync(join(cwd, 'rule.json'), 'utf8')).toBe(SESSION_ARN)
    expect(await wifLint(cwd, ['--fix=all'])).toMatchObject({
      code: 0,
      stderr: 'wif-lint: rule.json: fixed\n',
    })
    expect(readFileSync(join(cwd, 'rule.json'), 'utf8')).toContain('arn:aws:iam::123456789012:role/worker"')
  })

  test('shuts out no workload of a wide rule, and widens none', async () => {
    const rule = FLAWLESS.replace('"name"', '"id": "fdrl_01K9QZ4T7WFM2NPRXD6YHEVB3C", "name"')
    const withSubject = (subject: string) => rule.replace(/arn:aws:iam::\d+:role\/search/, subject)
    const unchanged = async (files: Record<string, string>) => {
      const cwd = folderWith(files)
      const before = await wifLintJson(cwd, [])
      expect(before.findings).not.toEqual([])
      const { findings, stderr } = await wifLintJson(cwd, ['--fix=all'])
      expect({ findings, stderr }).toEqual({ findings: before.findings, stderr: '' })
    }
    await unchanged({
      'rule.json': withSubject('system:serviceaccount:reports:*'),
      'pods.yaml': `${podOf('worker')}---\n${podOf('mailer')}`,
    })
    await unchanged({
      'rule.json': withSubject('system:serviceaccount:reports:mailer'),
      'pod.yaml': podOf('worker'),
    })
    await unchanged({ 'rule.json': withSubject('arn:aws:iam::*:role/search') })
    await unchanged({ 'rule.json': withSubject('system:serviceaccount:reports:') })
  })

  test('expects no audience of another party', async () => {
    const rule = FLAWLESS.replace('"name"', '"id": "fdrl_01K9QZ4T7WFM2NPRXD6YHEVB3C", "name"').replace(
      /arn:aws:iam::\d+:role\/search/,
      'system:serviceaccount:reports:worker',
    )
    const pod = podOf('worker')
    const cwd = folderWith({
      'a-rule.json': rule,
      'pod.yaml': pod.replace('https://api.anthropic.com', 'sts.amazonaws.com'),
    })
    await wifLint(cwd, ['--fix=all'])
    expect(readFileSync(join(cwd, 'a-rule.json'), 'utf8')).toBe(rule)
    expect(readFileSync(join(cwd, 'pod.yaml'), 'utf8')).toBe(pod)
  })

  test('ends where two files disagree and each could be mended to agree with the other', async () => {
    const pod = podOf('worker').replace('https://api.anthropic.com', 'https://other.example')
    const rule = FLAWLESS.replace('"name"', '"id": "fdrl_01K9QZ4T7WFM2NPRXD6YHEVB3C", "name"').replace(
      /arn:aws:iam::\d+:role\/search/,
      'system:serviceaccount:reports:worker',
    )
    const cwd = folderWith({ 'pod.yaml': pod, 'rule.json': rule })
    const before = await wifLintJson(cwd, [])
    expect(before.findings.filter(({ rule }) => rule === 'cross/audience-mismatch')).toHaveLength(2)
    const { findings } = await wifLintJson(cwd, ['--fix=all'])
    expect(findings.filter(({ rule }) => rule === 'cross/audience-mismatch')).toEqual([])
    const after = [readFileSync(join(cwd, 'pod.yaml'), 'utf8'), readFileSync(join(cwd, 'rule.json'), 'utf8')]
    await wifLint(cwd, ['--fix=all'])
    expect([
      readFileSync(join(cwd, 'pod.yaml'), 'utf8'),
      readFileSync(join(cwd, 'rule.json'), 'utf8'),
    ]).toEqual(after)
  })
})

describe('--diff', () => {
  const files = {
    'a b/issuer.json': ISSUER,
    'crlf.json': ISSUER.replaceAll('\n', '\r\n'),
    'bom.json': `\uFEFF${ISSUER}`,
    'rule.json': SESSION_ARN,
  }

  test('is what --fix does, as git and patch read it, and writes nothing', async () => {
    for (const [extent, flag] of [
      ['safe', '--fix'],
      ['all', '--fix=all'],
    ]) {
      const [cwd, other] = [folderWith(files), folderWith(files)]
      const { code, stdout, stderr } = await wifLint(cwd, [
        '--diff',
        ...(extent === 'all' ? ['--fix=all'] : []),
      ])
      expect(code).toBe(1)
      expect(stderr).toBe(
        `wif-lint: ${flag} would change these ${extent === 'all' ? 4 : 3} files; nothing is written\n`,
      )
      for (const [name, text] of Object.entries(files))
        expect(readFileSync(join(cwd, name), 'utf8')).toBe(text)
      execFileSync('git', ['init', '-q'], { cwd })
      execFileSync('git', ['apply', '-'], { cwd, input: stdout })
      await wifLint(other, [flag ?? ''])
      for (const name of Object.keys(files))
        expect(readFileSync(join(cwd, name), 'utf8')).toBe(readFileSync(join(other, name), 'utf8'))
    }
  })

  test('is 0 when there is nothing to mend', async () => {
    const cwd = folderWith({ 'rule.json': FLAWLESS })
    expect(await wifLint(cwd, ['--diff'])).toEqual({
      code: 0,
      stdout: '',
      stderr:
        'wif-lint: --fix would change nothing; --diff --fix=all shows what may change who gets in, too\n',
    })
  })

  test('shows a person colours, and nothing that a terminal obeys', async () => {
    const cwd = folderWith({ 'issuer.json': ISSUER.replace('aws-sts', 'aws-\u009b31m-sts') })
    const { stdout } = await wifLint(cwd, ['--diff'], { isTTY: true })
    expect(stdout).toContain('\u001b[32m+')
    expect(stdout).toContain('aws-\\x9b31m-sts')
    expect(stdout).not.toContain('\u009b')
  })

  test.each([
    [['--diff', '--format', 'json'], '--diff prints a diff and takes no --format'],
    [['--diff', '--baseline', 'use'], '--diff takes no --baseline'],
  ])('%j is wrong usage', async (argv, problem) => {
    expect(await wifLint(folderWith(files), argv)).toEqual({
      code: 2,
      stdout: '',
      stderr: `wif-lint: ${problem}; see wif-lint --help\n`,
    })
  })
})

test('a file that may not be written is told of, and reported as it is', async () => {
  const cwd = folderWith({ 'rule.json': TENANT_WIDE, 'issuer.json': ISSUER })
  writeFileSync(join(cwd, 'issuer.json'), ISSUER, { mode: 0o444 })
  const isRoot = process.getuid?.() === 0
  const { stderr } = await wifLint(cwd, ['--fix'])
  expect(stderr).toContain(isRoot ? 'issuer.json: fixed' : 'issuer.json: cannot be fixed')
})
