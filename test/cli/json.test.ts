import { expect, test } from 'vitest'
import { FLAWLESS, folderWith, places, SESSION_ARN, TENANT_WIDE, wifLint, wifLintJson } from './harness.ts'

test('prints one document with every field, and only that', async () => {
  const cwd = folderWith({ 'policies/rule.json': SESSION_ARN })
  const { code, stdout, stderr } = await wifLint(cwd, ['--format', 'json'])
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    findings: [
      {
        rule: 'match/aws-session-arn',
        severity: 'error',
        message: expect.stringContaining('STS tokens carry the ARN of the IAM role'),
        file: 'policies/rule.json',
        line: 4,
        column: 23,
        endLine: 4,
        endColumn: 78,
        fixes: [{ title: expect.stringContaining('arn:aws:iam::123456789012:role/worker'), safe: false }],
        related: [],
      },
    ],
    summary: { files: 1, errors: 1, warnings: 0, infos: 0 },
  })
})

test('is the same document when nothing is found, or nothing is there', async () => {
  const cwd = folderWith({ 'rule.json': FLAWLESS })
  const clean = { version: 1, findings: [], summary: { files: 1, errors: 0, warnings: 0, infos: 0 } }
  expect(JSON.parse((await wifLint(cwd, ['--format', 'json'])).stdout)).toEqual(clean)
  const nothing = await wifLint(cwd, ['--format', 'json', 'nope'])
  expect(JSON.parse(nothing.stdout)).toEqual({ ...clean, summary: { ...clean.summary, files: 0 } })
})

test('tells places in other files', async () => {
  const cwd = folderWith({
    'rule.json': FLAWLESS.replace(
      'arn:aws:iam::123456789012:role/search',
      'system:serviceaccount:inference:worker',
    ).replace('"name"', '"id": "fdrl_01RO5k0A8Uci0qRhSBHpvkTS", "name"'),
    'k8s/pod.yaml': `apiVersion: v1
kind: Pod
metadata: { name: worker, namespace: inference }
spec:
  serviceAccountName: worker
  volumes:
    - name: token
      projected:
        sources:
          - serviceAccountToken: { audience: "https://api.anthropic.com/v1", path: token }
  containers:
    - name: app
      image: worker
      env:
        - { name: ANTHROPIC_IDENTITY_TOKEN_FILE, value: /token/token }
        - { name: ANTHROPIC_FEDERATION_RULE_ID, value: fdrl_01RO5k0A8Uci0qRhSBHpvkTS }
        - { name: ANTHROPIC_ORGANIZATION_ID, value: 00000000-0000-0000-0000-000000000000 }
        - { name: ANTHROPIC_SERVICE_ACCOUNT_ID, value: svac_... }
      volumeMounts: [{ name: token, mountPath: /token }]
`,
  })
  const { findings } = await wifLintJson(cwd, [])
  expect(findings.filter(f => f.rule === 'cross/audience-mismatch')).toMatchObject([
    {
      file: 'k8s/pod.yaml',
      line: 10,
      column: 46,
      related: [{ file: 'rule.json', line: 5, column: 17, message: expect.any(String) }],
    },
    { file: 'rule.json', line: 5, column: 17, related: [{ file: 'k8s/pod.yaml', line: 10, column: 46 }] },
  ])
})

test('names files relative to the working folder, sorts by file, place and rule, and reads each once', async () => {
  const cwd = folderWith({
    'b/rule.json': TENANT_WIDE,
    'a.json': `[${TENANT_WIDE},${SESSION_ARN}]`,
    'w/x': '',
  })
  const { findings, summary } = await wifLintJson(`${cwd}/w`, ['../b', '..', '../a.json', '../b/rule.json'])
  expect(places(findings)).toEqual([
    '../a.json:4:23 match/tenant-wide',
    '../a.json:13:23 match/aws-session-arn',
    '../b/rule.json:4:23 match/tenant-wide',
  ])
  expect(summary).toMatchObject({ files: 2, errors: 1 })
})

test('escapes what a terminal would obey, and is the same JSON', async () => {
  const name = 'evil\u001b]0;title\u0007\u202e\u009b31m\u{e0041}.json'
  const { stdout, findings } = await wifLintJson(folderWith({ [name]: TENANT_WIDE }), [])
  expect(stdout).toMatch(/^[\n\x20-\x7e]+$/)
  expect(findings[0]?.file).toBe(name)
})

test('findings of the schemas carry the id of their schema', async () => {
  const cwd = folderWith({
    'issuer.json':
      '{"name": "x", "issuer_url": "https://issuer.example", "jwks": {"type": "discovery"}, "archived_at": 5}',
  })
  const { findings } = await wifLintJson(cwd, [])
  expect(findings.map(f => f.rule)).toEqual(['schema/issuer'])
})
