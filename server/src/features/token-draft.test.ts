import { describe, expect, test } from 'vitest'
import { SAMPLES } from '../decide/decide.testdata.ts'
import { decide } from '../decide/decide.ts'
import { lint } from '../lint/run.ts'
import { rules } from '../rules/index.ts'
import { decode } from '../token/decode.ts'
import { presented } from '../token/findings.ts'
import { jwt } from '../token/jwt.testdata.ts'
import { readWifFile } from '../wif/file.ts'
import { viewOf } from '../wif/view.ts'
import { draftRule } from './token-draft.ts'

const now = 1_800_000_000
const EKS = 'https://oidc.eks.us-west-2.amazonaws.com/id/8B255427C173093D33B9A72B9EA6A4E4'
const none = viewOf([])
/** GitHub sends them in every token. */
const IDS = { repository_owner_id: '65', repository_id: '74' }

/** What the drafted rule makes of these claims, and what the linter says of it. */
function drafted(claims: object, issuer?: object) {
  const decoded = decode(jwt({ iat: now, exp: now + 600, ...claims }))
  if (!decoded.ok) throw new Error(decoded.reason)
  const issuers = issuer ? [readWifFile('file:///issuer.json', JSON.stringify(issuer), 'json')] : []
  const rule = draftRule(decoded.token.claims, viewOf(issuers))
  if (!rule) throw new Error('no rule')
  const file = readWifFile('file:///draft.json', JSON.stringify(rule, null, 2), 'json')
  const view = viewOf([...issuers, file])
  const [read] = file.rules
  if (!read) throw new Error('not read as a rule')
  const failed = decide(presented(decoded.token), undefined, read, { now }).steps.filter(
    s => s.result === 'fail',
  )
  return { rule, failed, findings: lint(file, rules, view).map(finding => finding.rule) }
}

describe('a drafted rule', () => {
  test.for(SAMPLES)('admits the token of $provider, and the linter has nothing to say', sample => {
    const { iss, sub, aud, claim, other } = sample
    const { failed, findings } = drafted({
      ...(sample.provider === 'github-actions' && IDS),
      iss,
      sub,
      aud,
      [claim[0]]: claim[1],
      ...(other && { [other[0]]: other[1] }),
    })
    expect(failed).toEqual([])
    expect(findings).toEqual([])
  })

  test('pins the ids of what the subject calls by names that can change hands', () => {
    const claims = {
      iss: 'https://token.actions.githubusercontent.com',
      sub: 'repo:acme/app:ref:refs/heads/main',
      aud: 'https://api.anthropic.com',
      repository_owner: 'acme',
      ...IDS,
    }
    expect(drafted(claims).rule.match).toEqual({
      subject_prefix: claims.sub,
      audience: claims.aud,
      claims: { repository_owner_id: '65', repository_id: '74' },
    })
  })

  test('is for exactly this subject', () => {
    const sub = 'system:serviceaccount:inference:inference-worker'
    expect(drafted({ iss: EKS, sub, aud: ['x', 'https://api.anthropic.com'] }).rule).toEqual({
      name: 'inference-worker',
      issuer_id: 'fdis_...',
      match: { subject_prefix: sub, audience: 'https://api.anthropic.com' },
      target: { type: 'service_account', service_account_id: 'svac_...' },
      workspace_id: 'wrkspc_...',
      oauth_scope: 'workspace:inference',
    })
  })

  test('leaves out what is another on every run, and says the rest by claims', () => {
    const claims = {
      iss: 'https://agent.buildkite.com',
      sub: 'organization:acme:pipeline:deploy:ref:refs/heads/main:commit:9f3f182061f1e2cca4702c368cbc039b7dc9d485:step:build',
      aud: 'https://api.anthropic.com',
      build_branch: 'main',
      step_key: 'build',
      build_commit: '9f3f182061f1e2cca4702c368cbc039b7dc9d485',
    }
    const { rule, failed } = drafted(claims)
    expect(failed).toEqual([])
    expect(rule.match).toEqual({
      subject_prefix: 'organization:acme:pipeline:deploy:ref:refs/heads/main:commit:*',
      audience: 'https://api.anthropic.com',
      claims: { build_branch: 'main', step_key: 'build' },
    })
    const next = { ...claims, sub: claims.sub.replace('9f3f', '0000'), build_commit: 'x' }
    expect(drafted(next).rule).toEqual(rule)
  })

  test('names the issuer where it is known beyond doubt', () => {
    const sub = 'system:serviceaccount:a:b'
    const issuer = { id: 'fdis_01PrUhRZdsvDQuc8dWrdE03W', name: 'eks', issuer_url: EKS }
    expect(drafted({ iss: EKS, sub }, issuer).rule.issuer_id).toBe(issuer.id)
    expect(drafted({ iss: `${EKS}/`, sub }, issuer).rule.issuer_id).toBe('fdis_...')
    expect(drafted({ iss: EKS, sub }, { ...issuer, id: 'fdis_...' }).rule.issuer_id).toBe('fdis_...')
  })

  test('takes a `*` in a subject for what it is', () => {
    const { rule, failed } = drafted({ iss: 'https://idp.example', sub: 'team/*', aud: 'a' })
    expect(failed).toEqual([])
    expect(rule.match).toEqual({ audience: 'a', claims: { sub: 'team/*' } })
  })

  test.for([
    ['arn:aws:iam::123456789012:role/team/inference-worker', 'inference-worker'],
    ['repo:acme/app:environment:Prod EU', 'prod-eu'],
    ['*', 'drafted'],
    ['x'.repeat(500), 'x'.repeat(64)],
  ])('has a name: %s', ([sub, name]) => {
    expect(draftRule({ sub }, none)?.name).toBe(name)
  })

  test.for([{}, { sub: '' }, { sub: 3 }, { sub: ['a'] }])('cannot be made of %j', claims => {
    expect(draftRule(claims, none)).toBeUndefined()
  })
})
