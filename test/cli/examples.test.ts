import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { wifLintJson } from './harness.ts'

const examples = fileURLToPath(new URL('../../examples/', import.meta.url))

test('no error and no warning is found in what is right', async () => {
  const { code, findings, summary } = await wifLintJson(examples, ['right'])
  expect(findings.filter(({ severity }) => severity !== 'info' && severity !== 'hint')).toEqual([])
  expect({ code, files: summary.files }).toEqual({ code: 0, files: 6 })
})

test('everything is found in what is wrong, beside what is right', async () => {
  const { code, findings } = await wifLintJson(examples, [])
  expect(code).toBe(1)
  const found = findings.map(({ file, line, rule }) => `${file}:${line} ${rule}`)
  expect(found).toEqual(
    expect.arrayContaining([
      'wrong/aws-sts/batch-rule.json:5 match/tenant-wide',
      'wrong/aws-sts/iam-policy.json:6 iam/audience-unconstrained',
      'wrong/aws-sts/issuer.json:3 issuer/url-not-canonical',
      'wrong/aws-sts/issuer.json:4 issuer/jwks-legacy-source',
      'wrong/aws-sts/lambda-rule.json:5 match/aws-session-arn',
      'wrong/aws-sts/lambda-rule.json:6 match/audience-foreign',
      'wrong/eks/issuers.json:7 issuer/url-not-canonical',
      'wrong/eks/nightly.yaml:20 pod/projection-invalid',
      'wrong/eks/nightly.yaml:25 pod/env-incomplete',
      'wrong/eks/nightly.yaml:27 pod/token-file-not-mounted',
      'wrong/eks/rules.yaml:6 match/k8s-namespace-wildcard',
      'wrong/eks/rules.yaml:7 cross/audience-mismatch',
      'wrong/eks/rules.yaml:20 match/missing-wildcard',
      'wrong/eks/search.yaml:31 pod/token-file-wrong-token',
      'wrong/onprem/issuer.json:8 issuer/jwks-shape',
      'wrong/onprem/reports.yaml:15 cross/audience-mismatch',
      'wrong/onprem/rule.yaml:5 match/k8s-default-sa',
      'wrong/onprem/rule.yaml:6 cross/audience-mismatch',
    ]),
  )
})

test('names what the workspace knows: a role and a service account to narrow to', async () => {
  const { findings } = await wifLintJson(examples, [])
  const titles = findings.flatMap(({ fixes }) => fixes.map(({ title }) => title))
  expect(titles).toContain('Narrow to "arn:aws:iam::210987654321:role/search-indexer" (search.yaml)')
  expect(titles).toContain('Narrow to "system:serviceaccount:search:search-api" (search.yaml)')
  // It names the rule, and is to be let in when it has the right token.
  expect(titles).toContain('Narrow to "system:serviceaccount:search:search-indexer" (search.yaml)')
})
