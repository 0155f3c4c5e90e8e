import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith, wifLint } from './harness.ts'

/** What somebody has who follows a guide from memory: an issuer, a rule and a pod, each a little wrong. */
const FILES = {
  'issuer.json': `{
  "name": "EKS prod",
  "issuer_url": "https://oidc.eks.us-west-2.amazonaws.com/id/8B255427C173093D33B9A72B9EA6A4E4/",
  "jwks_source": "discovery"
}
`,
  'rule.json': `{
  "name": "inference",
  "id": "fdrl_01K9QZ4T7WFM2NPRXD6YHEVB3C",
  "issuer_id": "fdis_01K9QZ4T7WFM2NPRXD6YHEVB3C",
  "match": {
    "subject_prefix": "system:serviceaccount:inference:*",
    "audience": "https://api.anthropic.com/"
  },
  "target": { "type": "service_account", "service_account_id": "svac_01K9QZ4T7WFM2NPRXD6YHEVB3C" },
  "workspace_id": "wrkspc_01K9QZ4T7WFM2NPRXD6YHEVB3C",
  "oauth_scope": "workspace:inference"
}
`,
  'pod.yaml': `apiVersion: v1
kind: Pod
metadata: { name: worker, namespace: inference }
spec:
  serviceAccountName: worker
  containers:
    - name: worker
      image: registry.example/worker:1
      env:
        - { name: ANTHROPIC_FEDERATION_RULE_ID, value: fdrl_01K9QZ4T7WFM2NPRXD6YHEVB3C }
        - { name: ANTHROPIC_ORGANIZATION_ID, value: 2f7d0c1e-9f55-4b8e-8c7a-3d2b1a09f8e7 }
        - { name: ANTHROPIC_SERVICE_ACCOUNT_ID, value: svac_01K9QZ4T7WFM2NPRXD6YHEVB3C }
        - { name: ANTHROPIC_IDENTITY_TOKEN_FILE, value: /var/run/secrets/claude/jwt }
      volumeMounts: [{ name: claude, mountPath: /var/run/secrets/claude, readOnly: true }]
  volumes:
    - name: claude
      projected:
        sources:
          - serviceAccountToken: { audience: https://api.anthropic.com, path: token, expirationSeconds: 300 }
`,
}

/** The command that the output names after `match`, as its reader would type it. */
function next(output: string, match: RegExp): string[] {
  const [, command = ''] = match.exec(output) ?? []
  expect(command, output).not.toBe('')
  return command.split(' ').filter(word => word !== 'wif-lint')
}

test('from nothing to a clean state, by what the tool itself says', async () => {
  const cwd = folderWith(FILES)
  const first = await wifLint(cwd, [])
  expect(first.code).toBe(1)
  // Each finding says where, what, and by which rule.
  expect(first.stdout).toMatch(/^rule\.json:7:17: warning: .* \[match\/audience-near-miss\]$/m)

  // "wif-lint explain RULE says what is wrong there ..."
  const explained = await wifLint(cwd, next(first.stdout, /^(wif-lint explain \S+) says/m))
  expect(explained.code).toBe(0)
  expect(explained.stdout).toContain('How to fix it')

  // "N findings can be mended with --fix (with --diff, to see it first)"
  const safe = next(first.stdout, /can be mended with (--fix) \(with --diff/)
  const shown = await wifLint(cwd, ['--diff'])
  expect(shown.stdout).toContain(
    '+  "issuer_url": "https://oidc.eks.us-west-2.amazonaws.com/id/8B255427C173093D33B9A72B9EA6A4E4"',
  )
  const second = await wifLint(cwd, safe)
  expect(second.stderr).toContain('issuer.json: fixed')
  expect(second.stdout).not.toContain('= --fix:')

  // "N findings with --fix=all, which may change who gets in (with --diff, to see it first)"
  const all = next(second.stdout, /with (--fix=all), which may change who gets in/)
  expect((await wifLint(cwd, ['--diff', ...all])).stdout).toContain(
    '+    "subject_prefix": "system:serviceaccount:inference:worker"',
  )
  const third = await wifLint(cwd, all)
  expect(third.stdout).toMatch(/^No findings \(checked 3 files, 3 of federation\)\n$/)
  expect(third.code).toBe(0)
  expect(await wifLint(cwd, [])).toMatchObject({ code: 0, stderr: '' })
})

test('what no fix can know is said in the finding itself', async () => {
  const cwd = folderWith({
    'rule.json': FILES['rule.json'].replace('"workspace_id": "wrkspc_01K9QZ4T7WFM2NPRXD6YHEVB3C",', ''),
  })
  await wifLint(cwd, ['--fix=all'])
  const { stdout, code } = await wifLint(cwd, [])
  const text = readFileSync(join(cwd, 'rule.json'), 'utf8')
  if (code === 1) {
    expect(stdout).toMatch(/workspace_id/)
    writeFileSync(
      join(cwd, 'rule.json'),
      text.replace('"oauth_scope"', '"workspace_id": "wrkspc_01K9QZ4T7WFM2NPRXD6YHEVB3C",\n  "oauth_scope"'),
    )
  }
  expect((await wifLint(cwd, [])).stdout).not.toContain(': error: ')
})
