import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluate } from '../cel/index.ts'
import { readWifFile } from '../wif/file.ts'
import { audienceChoice } from '../wif/iam-audience.ts'
import type { IamPolicy } from '../wif/iam-policy.ts'
import type { Presented } from '../wif/identity.ts'
import type { FederationIssuer } from '../wif/issuer.ts'
import type { FederationRule } from '../wif/rule.ts'
import { SAMPLES, type Sample } from './decide.testdata.ts'
import { type Circumstances, decide, type Step } from './decide.ts'

const CLAUDE = 'https://api.anthropic.com'
const NOW = 1_800_000_000

function ruleOf(match: object, more: object = {}): FederationRule {
  const value = { name: 'r', issuer_id: 'fdis_01A', match, ...more }
  const [rule] = readWifFile('file:///r.json', JSON.stringify(value), 'json').rules
  if (!rule) throw new Error('no rule')
  return rule
}

function issuerOf(iss: string, more: object = {}): FederationIssuer {
  const value = { name: 'i', issuer_url: iss, jwks: { type: 'discovery' }, ...more }
  const [issuer] = readWifFile('file:///i.json', JSON.stringify(value), 'json').issuers
  if (!issuer) throw new Error('no issuer')
  return issuer
}

/** A whole token, valid for ten minutes. */
function tokenOf(claims: Record<string, unknown>): Presented {
  return {
    title: 'token',
    from: 'token',
    claims: { exp: NOW + 600, iat: NOW, ...claims },
    complete: true,
    lifetime: undefined,
    header: { alg: 'RS256', kid: 'k' },
    size: 900,
  }
}

const valid: Circumstances = { now: NOW, evaluate, signature: { valid: true, message: 'valid' } }

/** "admitted", "unknown" or the first reason, with the kind of near miss. */
function answer(
  token: Presented,
  issuer: FederationIssuer | undefined,
  rule: FederationRule,
  more: Circumstances = {},
): string {
  const { verdict, reason, steps } = decide(token, issuer, rule, { ...valid, ...more })
  const near = steps.find(s => s.result === 'fail')?.nearMiss?.kind
  return verdict === 'denied' ? `${reason}${near ? ` (${near})` : ''}` : verdict
}

// --- every provider ----------------------------------------------------------------------------------------

const cap = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const withSlash = (iss: string) => (iss.endsWith('/') ? iss.slice(0, -1) : `${iss}/`)
const recased = (text: string) =>
  text.replace(/[a-z](?=[^a-z]*$)/i, c => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase()))

type Case = [name: string, match: (s: Sample) => object, expected: string, token?: (s: Sample) => object]
const CASES: Case[] = [
  ['exact', s => ({ subject_prefix: s.sub }), 'admitted'],
  ['prefix', s => ({ subject_prefix: `${s.prefix}*` }), 'admitted'],
  ['the whole subject and a wildcard', s => ({ subject_prefix: `${s.sub}*` }), 'admitted'],
  ['prefix without its wildcard', s => ({ subject_prefix: s.prefix }), 'match_subject_prefix (wildcard)'],
  ['another subject', s => ({ subject_prefix: `${s.prefix}-` }), 'match_subject_prefix (differs)'],
  ['an inner wildcard', s => ({ subject_prefix: `${s.prefix}*x` }), 'match_subject_prefix (differs)'],
  ['no subject', s => ({ claims: { iss: s.iss } }), 'admitted'],
  ['the same claim', s => ({ claims: { [s.claim[0]]: s.claim[1] } }), 'admitted'],
  [
    'a claim with more behind',
    s => ({ claims: { [s.claim[0]]: `${s.claim[1]}-` } }),
    'match_claims (differs)',
  ],
  ['a claim the token lacks', () => ({ claims: { nothing: 'x' } }), 'match_claims'],
  ['subject and claim', s => ({ subject_prefix: s.sub, claims: { [s.claim[0]]: s.claim[1] } }), 'admitted'],
  ['the same audience', s => ({ subject_prefix: s.sub, audience: CLAUDE }), 'admitted'],
  [
    'a slash behind the audience',
    s => ({ subject_prefix: s.sub, audience: `${CLAUDE}/` }),
    'match_audience (slash)',
  ],
  ['another audience', s => ({ subject_prefix: s.sub, audience: 'vault2' }), 'match_audience'],
  [
    'a token for another party',
    s => ({ subject_prefix: s.sub }),
    'match_audience',
    () => ({ aud: 'sts.amazonaws.com' }),
  ],
  [
    'another issuer',
    s => ({ subject_prefix: s.sub }),
    'issuer_mismatch (slash)',
    s => ({ iss: withSlash(s.iss) }),
  ],
  ['a condition', s => ({ condition: `claims.sub == ${JSON.stringify(s.sub)}` }), 'admitted'],
  [
    'a condition that fails',
    s => ({ condition: `claims.sub != ${JSON.stringify(s.sub)}` }),
    'match_condition',
  ],
]

for (const sample of SAMPLES) {
  test.each(CASES)(`${sample.provider}: %s`, (_, match, expected, change) => {
    const { iss, sub, aud, claim, other } = sample
    const claims = { iss, sub, aud, [claim[0]]: claim[1], ...(other && { [other[0]]: other[1] }) }
    const token = tokenOf({ ...claims, ...change?.(sample) })
    expect(answer(token, issuerOf(iss), ruleOf(match(sample)))).toBe(expected)
  })

  test(`${sample.provider}: case counts`, () => {
    const { iss, sub, aud } = sample
    const wanted = recased(sub)
    const expected = wanted === sub ? 'admitted' : 'match_subject_prefix (case)'
    expect(answer(tokenOf({ iss, sub, aud }), issuerOf(iss), ruleOf({ subject_prefix: wanted }))).toBe(
      expected,
    )
  })

  if (sample.other) {
    const [name, value] = sample.other
    test(`${sample.provider}: ${name} is no text`, () => {
      const { iss, sub, aud } = sample
      const rule = ruleOf({ claims: { [name]: String(value) } })
      expect(answer(tokenOf({ iss, sub, aud, [name]: value }), issuerOf(iss), rule)).toMatch(/^match_claims/)
    })
  }
}

// --- near misses -------------------------------------------------------------------------------------------

const SUB = 'system:serviceaccount:inference:worker'
const ISS = 'https://oidc.internal.example'
const base = { iss: ISS, sub: SUB, aud: [CLAUDE] }

describe('near misses', () => {
  test.each([
    [
      'ids in the subject',
      'repo:acme@1/app@22:ref:refs/heads/main',
      'repo:acme/app:ref:refs/heads/main',
      'ids',
    ],
    ['ids in the rule', 'repo:acme/app:ref:refs/heads/main', 'repo:acme@1/app@22:ref:refs/heads/main', 'ids'],
    ['ids behind a prefix', 'repo:acme@1/app@22:ref:refs/heads/main', 'repo:acme/app:*', 'ids'],
    [
      'an environment instead of a ref',
      'repo:acme/app:environment:prod',
      'repo:acme/app:ref:refs/heads/main',
      'differs',
    ],
    [
      'the ARN of a session',
      'arn:aws:iam::123456789012:role/x',
      'arn:aws:sts::123456789012:assumed-role/x/s',
      'form',
    ],
    ['white space', SUB, `${SUB} `, 'space'],
    ['a line break', SUB, `${SUB}\n`, 'space'],
    ['case', SUB, cap(SUB), 'case'],
    ['case in a prefix', SUB, 'System:serviceaccount:*', 'case'],
    ['nothing in common', SUB, 'repo:acme/app', undefined],
  ])('%s', (_, sub, wanted, kind) => {
    const { steps } = decide(
      tokenOf({ ...base, sub }),
      issuerOf(ISS),
      ruleOf({ subject_prefix: wanted }),
      valid,
    )
    const step = steps.find(s => s.step === 'subject')
    expect(step?.reason).toBe('match_subject_prefix')
    expect(step?.nearMiss?.kind).toBe(kind)
  })

  test.each([
    ['a list that holds it', ['admin'], 'admin', 'list'],
    ['a list without it', ['reader'], 'admin', undefined],
    ['a number', 7, '7', 'type'],
    ['a boolean', true, 'true', 'type'],
    ['another number', 7, '8', undefined],
  ])('a claim: %s', (_, value, wanted, kind) => {
    const { steps } = decide(
      tokenOf({ ...base, c: value }),
      issuerOf(ISS),
      ruleOf({ claims: { c: wanted } }),
      valid,
    )
    const step = steps.find(s => s.step === 'claims')
    expect(step?.reason).toBe('match_claims')
    expect(step?.nearMiss?.kind).toBe(kind)
  })

  test('the place where they differ', () => {
    const { steps } = decide(
      tokenOf(base),
      issuerOf(ISS),
      ruleOf({ subject_prefix: SUB.replace('worker', 'werker') }),
      valid,
    )
    expect(steps.find(s => s.step === 'subject')?.nearMiss?.at).toBe(SUB.indexOf('worker') + 1)
  })
})

// --- the token itself --------------------------------------------------------------------------------------

describe('the token', () => {
  const rule = ruleOf({ subject_prefix: SUB })
  const { header, ...predicted } = tokenOf(base)
  test.each<[string, Presented, Circumstances, string]>([
    ['good', tokenOf(base), {}, 'admitted'],
    ['alg none', { ...tokenOf(base), header: { alg: 'none', kid: 'k' } }, {}, 'algorithm_not_accepted'],
    ['HMAC', { ...tokenOf(base), header: { alg: 'HS256', kid: 'k' } }, {}, 'algorithm_not_accepted'],
    ['EdDSA', { ...tokenOf(base), header: { alg: 'EdDSA', kid: 'k' } }, {}, 'algorithm_not_accepted'],
    ['no alg', { ...tokenOf(base), header: { kid: 'k' } }, {}, 'algorithm_not_accepted'],
    ['no kid', { ...tokenOf(base), header: { alg: 'ES384' } }, {}, 'key_missing'],
    ['an empty kid', { ...tokenOf(base), header: { alg: 'ES384', kid: '' } }, {}, 'key_missing'],
    [
      'a bad signature',
      tokenOf(base),
      { signature: { valid: false, reason: 'signature_invalid', message: 'no' } },
      'signature_invalid',
    ],
    ['16 KiB', { ...tokenOf(base), size: 16384 }, {}, 'admitted'],
    ['16 KiB and a byte', { ...tokenOf(base), size: 16385 }, {}, 'token_too_large'],
    ['expired within the leeway', tokenOf(base), { now: NOW + 630 }, 'admitted'],
    ['expired', tokenOf(base), { now: NOW + 631 }, 'token_expired'],
    ['not yet valid, within the leeway', tokenOf({ ...base, nbf: NOW + 30 }), {}, 'admitted'],
    ['not yet valid', tokenOf({ ...base, nbf: NOW + 31 }), {}, 'token_not_yet_valid'],
    ['issued in the future', tokenOf({ ...base, iat: NOW + 31 }), {}, 'issued_in_future'],
    ['without exp', tokenOf({ ...base, exp: undefined }), {}, 'claim_missing'],
    ['without iat', tokenOf({ ...base, iat: undefined }), {}, 'claim_missing'],
    ['exp as text', tokenOf({ ...base, exp: '1800000600' }), {}, 'claim_missing'],
    ['without sub', tokenOf({ iss: ISS, aud: CLAUDE }), {}, 'claim_missing'],
    ['an empty sub', tokenOf({ ...base, sub: '' }), {}, 'claim_missing'],
    ['without iss', tokenOf({ sub: SUB, aud: CLAUDE }), {}, 'issuer_mismatch'],
    ['without aud', tokenOf({ iss: ISS, sub: SUB }), {}, 'match_audience'],
    ['an hour long', tokenOf({ ...base, exp: NOW + 3600 }), {}, 'admitted'],
    ['an hour and a second', tokenOf({ ...base, exp: NOW + 3601 }), {}, 'lifetime_exceeded'],
  ])('%s', (_, token, more, expected) => {
    expect(answer(token, issuerOf(ISS), rule, more)).toBe(expected)
  })

  test.each<[string, object, object, string]>([
    ['the issuer accepts more', {}, { max_jwt_lifetime_seconds: 7200 }, 'admitted'],
    ['the issuer accepts less', {}, { max_jwt_lifetime_seconds: 60 }, 'lifetime_exceeded'],
    ['how much it accepts is to be filled in', {}, { max_jwt_lifetime_seconds: '<seconds>' }, 'unknown'],
    ['an archived issuer', {}, { archived_at: '2026-01-01' }, 'issuer_archived'],
    ['an archived rule', { archived_at: '2026-01-01' }, {}, 'rule_archived'],
    ['a key that is there', {}, { jwks: { type: 'inline', keys: [{ kid: 'k' }] } }, 'admitted'],
    ['a key that is not there', {}, { jwks: { type: 'inline', keys: [{ kid: 'other' }] } }, 'key_not_found'],
    ['a key to be filled in', {}, { jwks: { type: 'inline', keys: [{ kid: '...' }] } }, 'admitted'],
  ])('%s', (_, ruleMore, issuerMore, expected) => {
    const own = ruleOf({ subject_prefix: SUB }, ruleMore)
    expect(answer(tokenOf(base), issuerOf(ISS, issuerMore), own)).toBe(expected)
  })

  test('all reasons are told, the first is the reason', () => {
    const { reason, steps } = decide(
      { ...tokenOf({ ...base, sub: 'x', aud: 'y' }), header: { alg: 'none' } },
      issuerOf('https://other.example'),
      rule,
      { now: NOW + 999 },
    )
    expect(reason).toBe('issuer_mismatch')
    expect(steps.flatMap(s => s.reason ?? [])).toEqual([
      'issuer_mismatch',
      'algorithm_not_accepted',
      'key_missing',
      'token_expired',
      'match_audience',
      'match_subject_prefix',
    ])
  })

  test('what is only predicted has no signature, size and times', () => {
    const { steps } = decide({ ...predicted, complete: false, claims: base }, issuerOf(ISS), rule, valid)
    const skipped = steps.filter(s => s.result === 'skipped').map(s => s.step)
    expect(header).toBeDefined()
    expect(skipped).toEqual(['signature', 'time', 'mint'])
  })
})

// --- what is not known -------------------------------------------------------------------------------------

describe('what is not known', () => {
  const pod = (claims: Record<string, unknown>): Presented => ({
    title: 'pod',
    from: 'kubernetes',
    claims,
    complete: false,
    lifetime: 3600,
  })
  const result = (token: Presented, match: object, step: Step['step'], issuer?: FederationIssuer) =>
    decide(token, issuer, ruleOf(match), { evaluate }).steps.find(s => s.step === step)?.result

  test.each<[string, Presented, object, Step['step'], string]>([
    ['a claim', pod({}), { claims: { team: 'x' } }, 'claims', 'unknown'],
    ['the subject', pod({}), { subject_prefix: SUB }, 'subject', 'unknown'],
    ['the audience', pod({}), { audience: 'x' }, 'audience', 'unknown'],
    ['the subject of the rule', pod({ sub: SUB }), { subject_prefix: '<subject>' }, 'subject', 'unknown'],
    ['the audience of the rule', pod({ aud: ['x'] }), { audience: '${AUD}' }, 'audience', 'unknown'],
    [
      'a condition on the subject',
      pod({ sub: SUB }),
      { condition: `claims.sub == "${SUB}"` },
      'condition',
      'pass',
    ],
    [
      'a condition on something else',
      pod({ sub: SUB }),
      { condition: 'claims.team == "x"' },
      'condition',
      'unknown',
    ],
    [
      'a part that fails anyway',
      pod({ sub: SUB }),
      { condition: 'claims.team == "x" && claims.sub == "y"' },
      'condition',
      'fail',
    ],
    [
      'a member of an object',
      pod({ 'kubernetes.io': { namespace: 'a' } }),
      { condition: 'has(claims["kubernetes.io"].pod)' },
      'condition',
      'unknown',
    ],
    [
      'another known member',
      pod({ 'kubernetes.io': { namespace: 'a' } }),
      { condition: 'claims["kubernetes.io"].namespace == "b"' },
      'condition',
      'fail',
    ],
  ])('%s', (_, token, match, step, expected) => {
    expect(result(token, match, step)).toBe(expected)
  })

  test('who does not sign a token of a pod', () => {
    const signedBy = (iss: string) => result(pod({}), {}, 'issuer', issuerOf(iss))
    expect(SAMPLES.filter(s => signedBy(s.iss) === 'unknown').map(s => s.provider)).toEqual([
      'eks',
      'gke',
      'aks',
      'kubernetes',
      'spiffe',
    ])
  })

  test('each part of a condition, with its place', () => {
    const condition = 'claims.sub.startsWith("a") && claims.aud == "b"'
    const { steps } = decide(tokenOf({ ...base, sub: 'abc' }), undefined, ruleOf({ condition }), { evaluate })
    const step = steps.find(s => s.step === 'condition')
    expect(step?.parts?.map(p => [condition.slice(p.start, p.end), p.result])).toEqual([
      ['claims.sub.startsWith("a")', true],
      ['claims.aud == "b"', false],
    ])
    expect(step?.message).toBe('The condition does not hold: `claims.aud == "b"` is false')
  })
})

// --- what is asked for beside the token --------------------------------------------------------------------

describe('what is asked for', () => {
  const target = { target: { type: 'service_account', service_account_id: 'svac_01A' } }
  test.each<[string, object, Circumstances['request'], string]>([
    ['nothing is said', { ...target }, undefined, 'admitted'],
    [
      'the target',
      { ...target, workspace_id: 'wrkspc_01A' },
      { serviceAccountId: 'svac_01A', workspaceId: null },
      'admitted',
    ],
    [
      'another target',
      { ...target, workspace_id: 'wrkspc_01A' },
      { serviceAccountId: 'svac_01B', workspaceId: null },
      'target_mismatch',
    ],
    [
      'a target to be filled in',
      { ...target, workspace_id: 'wrkspc_01A' },
      { serviceAccountId: 'svac_...', workspaceId: null },
      'unknown',
    ],
    [
      'the workspace',
      { ...target, workspace_id: 'wrkspc_01A' },
      { serviceAccountId: 'svac_01A', workspaceId: 'wrkspc_01A' },
      'admitted',
    ],
    [
      'another workspace',
      { ...target, workspace_id: 'wrkspc_01A' },
      { serviceAccountId: 'svac_01A', workspaceId: 'wrkspc_01B' },
      'workspace_not_enabled',
    ],
    [
      'the default workspace',
      { ...target, workspace_id: 'wrkspc_01A' },
      { serviceAccountId: 'svac_01A', workspaceId: 'default' },
      'unknown',
    ],
    [
      'one of several',
      { ...target, workspace_ids: ['wrkspc_01A', 'wrkspc_01B'] },
      { serviceAccountId: 'svac_01A', workspaceId: 'wrkspc_01B' },
      'admitted',
    ],
    [
      'none of several',
      { ...target, workspace_ids: ['wrkspc_01A', 'wrkspc_01B'] },
      { serviceAccountId: 'svac_01A', workspaceId: null },
      'workspace_id_required',
    ],
    [
      'one of all',
      { ...target, applies_to_all_workspaces: true },
      { serviceAccountId: 'svac_01A', workspaceId: 'wrkspc_01B' },
      'admitted',
    ],
    [
      'none of all',
      { ...target, applies_to_all_workspaces: true },
      { serviceAccountId: 'svac_01A', workspaceId: null },
      'workspace_id_required',
    ],
    [
      'a rule without workspaces',
      { ...target },
      { serviceAccountId: 'svac_01A', workspaceId: null },
      'unknown',
    ],
    ['what is not known', { ...target, workspace_id: 'wrkspc_01A' }, {}, 'unknown'],
  ])('%s', (_, more, request, expected) => {
    const rule = ruleOf({ subject_prefix: SUB }, more)
    expect(answer(tokenOf(base), issuerOf(ISS), rule, request ? { request } : {})).toBe(expected)
  })

  test('how long the Claude token lives', () => {
    const minted = (lifetime: number, exp: number) => {
      const rule = ruleOf({ subject_prefix: SUB }, { token_lifetime_seconds: lifetime })
      return decide(tokenOf({ ...base, exp }), issuerOf(ISS), rule, valid).steps.at(-1)?.message
    }
    expect(minted(600, NOW + 3600)).toBe('The Claude token will live 600 s')
    expect(minted(3600, NOW + 300)).toBe('The Claude token will live 600 s')
    expect(minted(3600, NOW + 10)).toBe('The Claude token will live 60 s')
    expect(minted(3600, NOW - 31)).toBe('Nothing is minted for a token that has expired')
  })
})

// --- predictions -------------------------------------------------------------------------------------------

test('no completion of a token contradicts what is said of its prediction', () => {
  const text = fc.constantFrom('a', 'b', 'a:b', 'A', '', 'a/')
  const anything = fc.oneof(
    text,
    fc.integer({ min: 0, max: 2 }),
    fc.boolean(),
    fc.array(text, { maxLength: 2 }),
  )
  const names = ['sub', 'aud', 'iss', 'team', 'kubernetes.io']
  const claims = fc.record(
    {
      sub: text,
      aud: fc.oneof(text, fc.array(fc.constantFrom('a', CLAUDE), { maxLength: 2 })),
      iss: fc.constantFrom(ISS, 'https://other.example'),
      team: anything,
      'kubernetes.io': fc.record({ namespace: text, pod: fc.record({ name: text }) }, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
  )
  const match = fc.record(
    {
      subject_prefix: fc.constantFrom('a', 'a*', 'b*', 'a:b', 'x'),
      audience: fc.constantFrom('a', CLAUDE, '<audience>'),
      claims: fc.dictionary(fc.constantFrom(...names), text, { maxKeys: 2 }),
      condition: fc.constantFrom(
        'claims.team == "a"',
        'has(claims.team) && claims.team == "a"',
        'claims.sub.startsWith("a") || claims.team == "b"',
        'claims["kubernetes.io"].namespace == "a"',
        '!has(claims["kubernetes.io"].pod)',
        '"a" in claims.aud',
        'claims.sub != "a"',
      ),
    },
    { requiredKeys: [] },
  )
  const issuerMore = fc.record(
    { max_jwt_lifetime_seconds: fc.constantFrom(300, 600, 900) },
    { requiredKeys: [] },
  )
  // What may be asked for, and what is: a token of a role.
  const asked = fc
    .subarray(['a', CLAUDE, 'vault'], { minLength: 1 })
    .chain(allowed => fc.tuple(fc.constant(allowed), fc.subarray(allowed, { minLength: 1 })))
  fc.assert(
    fc.property(
      claims,
      fc.subarray(names),
      fc.boolean(),
      match,
      issuerMore,
      fc.option(asked, { nil: undefined }),
      (drawn, known, knowsLifetime, m, more, choice) => {
        const rule = ruleOf(m)
        const issuer = issuerOf(ISS, more)
        const all = choice ? { ...drawn, aud: choice[1] } : drawn
        const { header: _, size: __, ...bare } = tokenOf({})
        const prediction: Presented = {
          ...bare,
          claims: Object.fromEntries(
            Object.entries(all)
              .filter(([k]) => known.includes(k) && !(choice && k === 'aud'))
              .map(partly),
          ),
          complete: false,
          choice: choice && (audience => audienceChoice(policyOf(choice[0]), audience)),
          lifetime: knowsLifetime ? 600 : undefined,
        }
        const predicted = decide(prediction, issuer, rule, { evaluate })
        const actual = decide(tokenOf(all), issuer, rule, valid)
        for (const step of predicted.steps) {
          const same = actual.steps.filter(s => s.step === step.step && s.claim === step.claim)
          // A whole token may lack what it must have; of a prediction that is not known.
          const failed = same.filter(s => s.result === 'fail' && s.reason !== 'claim_missing')
          if (step.result === 'pass') expect(failed).toEqual([])
          if (step.result === 'fail') expect(same.map(s => s.reason)).toContain(step.reason)
        }
        if (predicted.verdict === 'denied') expect(actual.verdict).toBe('denied')
      },
    ),
    { seed: 5, numRuns: 2000 },
  )
})

function policyOf(audiences: readonly string[]): IamPolicy {
  const condition = { 'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': audiences } }
  const statement = {
    Effect: 'Allow',
    Action: 'sts:GetWebIdentityToken',
    Resource: '*',
    Condition: condition,
  }
  const text = JSON.stringify({ Statement: statement })
  const [policy] = readWifFile('file:///p.json', text, 'json').policies
  if (!policy) throw new Error('no policy')
  return policy
}

/** An object of a prediction may hold less than that of the token. */
function partly([key, value]: [string, unknown]): [string, unknown] {
  if (key !== 'kubernetes.io') return [key, value]
  const { pod: _, ...rest } = value as Record<string, unknown>
  return [key, rest]
}
