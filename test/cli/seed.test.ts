import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { folderWith, wifLintJson } from './harness.ts'

/** The JSON and YAML blocks of the guide "Use WIF with AWS", each saved as a file as it stands there. */
const guide = fileURLToPath(new URL('fixtures/seed/', import.meta.url))
const block = (name: string) => readFileSync(join(guide, name), 'utf8')
const rules = async (files: Record<string, string>) =>
  (await wifLintJson(folderWith(files), [])).findings.map(({ rule }) => rule)

describe('the guide as it stands', () => {
  test.each(readdirSync(guide))('has no error in %s', async name => {
    const { code, findings } = await wifLintJson(guide, [name])
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(code).toBe(0)
  })

  test('has no error when all its files stand together', async () => {
    const { code, findings, summary } = await wifLintJson(guide, ['.'])
    expect(code).toBe(0)
    expect(summary).toMatchObject({ files: readdirSync(guide).length, errors: 0 })
    // What it says itself under "Scope your rule" it does not do for the role's policy.
    expect(findings.map(({ file, rule }) => `${file} ${rule}`)).toContain(
      'sts-iam-policy.json iam/audience-unconstrained',
    )
  })
})

test('the service account and its pod are one block of the guide, with nothing between them', async () => {
  const both = `${block('eks-service-account.yaml')}\n${block('eks-pod.yaml')}`
  const { code, findings } = await wifLintJson(
    folderWith({ 'eks.yaml': both, 'rule.json': block('eks-rule.json') }),
    [],
  )
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(findings.map(({ rule }) => rule)).toContain('syntax/yaml')
  expect(code).toBe(0)
})

describe('what the guide warns of is found', () => {
  test('every role of an account', async () => {
    const rule = block('sts-rule.json').replace('role/inference-worker', 'role/*')
    expect(await rules({ 'rule.json': rule })).toEqual(['match/tenant-wide'])
  })

  test('every service account of a namespace', async () => {
    const rule = block('eks-rule.json').replace('inference:inference-worker', 'inference:*')
    expect(await rules({ 'rule.json': rule })).toEqual(['match/k8s-namespace-wildcard'])
  })

  test('the token that IRSA made for AWS', async () => {
    const pod = block('eks-pod.yaml').replace(
      '/var/run/secrets/anthropic.com/token',
      '/var/run/secrets/eks.amazonaws.com/serviceaccount/token',
    )
    const found = await rules({ 'pod.yaml': pod, 'rule.json': block('eks-rule.json') })
    expect(found).toContain('pod/token-file-wrong-token')
    expect(found).toContain('cross/audience-mismatch')
  })

  test('an audience that is not the rule’s', async () => {
    const pod = block('eks-pod.yaml').replace(
      'audience: https://api.anthropic.com',
      'audience: sts.amazonaws.com',
    )
    const found = await rules({ 'pod.yaml': pod, 'rule.json': block('eks-rule.json') })
    expect(found).toContain('cross/audience-mismatch')
  })
})
