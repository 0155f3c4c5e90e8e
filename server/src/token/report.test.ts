import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { evaluate } from '../cel/index.ts'
import { readWifFile } from '../wif/file.ts'
import { issuerOf } from '../wif/pairing.ts'
import { viewOf } from '../wif/view.ts'
import { checkToken } from './check.ts'
import { decode } from './decode.ts'
import { encode } from './jwt.testdata.ts'
import { type Answer, fileOf, inTermsOf, type TokenReport, tokenReport } from './report.ts'
import { signer } from './signed.testdata.ts'

const NOW = 1_800_000_000
const ISS = 'https://oidc.eks.us-west-2.amazonaws.com/id/8B255427C173093D33B9A72B9EA6A4E4'
const SUB = 'system:serviceaccount:inference:worker'
const CLAIMS = {
  iss: ISS,
  sub: SUB,
  aud: ['https://api.anthropic.com'],
  exp: NOW + 600,
  iat: NOW,
  team: 'ml',
}
const own = await signer()

const FILES = {
  'file:///issuers.json': JSON.stringify([
    { id: 'fdis_01A', name: 'prod', issuer_url: `${ISS}/`, jwks: { type: 'inline', keys: [own.jwk] } },
  ]),
  'file:///rules.yaml': `- name: near
  issuer_id: fdis_01A
  match:
    subject_prefix: 'system:serviceaccount:inference:Worker'
    audience: https://api.anthropic.com/
    claims: { team: ml, stage: prod }
    condition: >-
      claims.team == "ml" &&
      claims.sub == "x"
- name: exact
  issuer_id: fdis_01B
  match: { subject_prefix: '${SUB}' }
`,
}

async function reportOn(text: string): Promise<{ report: TokenReport; answers: Answer[] }> {
  const files = Object.entries(FILES).map(([uri, content]) =>
    readWifFile(uri, content, uri.endsWith('json') ? 'json' : 'yaml'),
  )
  const view = viewOf(files)
  const decoded = decode(text)
  if (!decoded.ok) throw new Error(decoded.reason)
  const { token } = decoded
  const answers: Answer[] = []
  for (const rule of view.rules()) {
    const issuer = issuerOf(view, rule)
    const means = {
      now: NOW,
      evaluate: async (condition: string, claims: unknown) => evaluate(condition, claims),
    }
    answers.push({ rule, issuer, check: await checkToken(text, token, issuer, rule, means) })
  }
  const [meant] = answers
  return {
    report: tokenReport({ token, now: NOW, meant, answers, findings: meant?.check.findings ?? [] }),
    answers,
  }
}

const good = await own.sign(CLAIMS)

/** What stands at a place. */
function at(place: { uri: string; start: number; end: number } | undefined): string | undefined {
  return place && FILES[place.uri as keyof typeof FILES].slice(place.start, place.end)
}

test('has everything that is to be shown', async () => {
  const { report } = await reportOn(good)
  expect(report).toMatchObject({
    kind: 'Amazon EKS, by its issuer',
    size: good.length,
    now: NOW,
    header: { alg: 'ES256', kid: 'k1' },
    claims: CLAIMS,
    rule: {
      title: 'near',
      verdict: 'denied',
      reason: 'issuer_mismatch',
      ref: { uri: 'file:///rules.yaml', index: 0 },
    },
  })
  expect(report.rules.map(({ title, verdict, message }) => [title, verdict, message])).toEqual([
    ['near', 'denied', expect.stringContaining('only the slash at the end differs')],
    ['exact', 'unknown', 'The issuer of the rule is not in the workspace'],
  ])
  expect(report.notes.map(({ page }) => page)).toEqual(['token/single-use'])
})

test('leads from each step to the matcher, to the page about it, and to the value that would match', async () => {
  const { report } = await reportOn(good)
  const failed = report.rule?.steps.filter(({ result }) => result === 'fail')
  expect(failed?.map(s => [s.step, s.reason, at(s.place), s.page, s.write])).toEqual([
    ['issuer', 'issuer_mismatch', `"${ISS}/"`, 'token/iss-aud-mismatch', ISS],
    [
      'audience',
      'match_audience',
      'https://api.anthropic.com/',
      'token/iss-aud-mismatch',
      'https://api.anthropic.com',
    ],
    [
      'subject',
      'match_subject_prefix',
      "'system:serviceaccount:inference:Worker'",
      'token/match-failed',
      SUB,
    ],
    ['claims', 'match_claims', 'prod', 'token/match-failed', undefined],
    ['condition', 'match_condition', expect.stringContaining('claims.team'), 'token/match-failed', undefined],
  ])
  for (const page of failed?.map(({ page }) => page) ?? [])
    expect(existsSync(new URL(`../rules/${page}.md`, import.meta.url)), page).toBe(true)
  expect(failed?.[2]?.compare).toEqual({
    token: SUB,
    wanted: 'system:serviceaccount:inference:Worker',
    at: 32,
    hint: 'only upper and lower case differ',
  })
})

test('takes a condition apart, each part with its place in the file', async () => {
  const { report } = await reportOn(good)
  const condition = report.rule?.steps.find(({ step }) => step === 'condition')
  expect(condition?.parts.map(({ text, result, place }) => [text, result, at(place)])).toEqual([
    ['claims.team == "ml"', 'pass', 'claims.team == "ml"'],
    ['claims.sub == "x"', 'fail', 'claims.sub == "x"'],
  ])
})

describe('is plain data', () => {
  test('that survives a journey as JSON', async () => {
    const { report } = await reportOn(good)
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })

  test.for([
    ['', (token: string) => token],
    [
      'that was forged',
      (token: string) => token.replace(/\.[\w-]+\./, `.${encode('{"iss":"x","sub":""}')}.`),
    ],
    ['in quotes', (token: string) => `"Bearer ${token}"`],
  ] as const)('without the signature of a token %s', async ([, change]) => {
    const told = JSON.stringify((await reportOn(change(good))).report)
    const [head = '', body = '', signature = ''] = good.split('.')
    for (const part of [head, body, signature]) {
      expect(told).not.toContain(part)
      for (let i = 0; i + 16 <= part.length; i += 8) expect(told).not.toContain(part.slice(i, i + 16))
    }
  })
})

test('can be told in the terms of who shows it', async () => {
  const { report, answers } = await reportOn(good)
  const told = inTermsOf(
    report,
    ({ uri, start }) => `${uri}#${start}`,
    page => (page === 'token/match-failed' ? 7 : undefined),
  )
  expect(told.rule?.place).toMatch(/^file:\/\/\/rules.yaml#\d+$/)
  expect(told.rule?.steps.map(({ page }) => page)).toContain(7)
  expect(told.notes[0]?.page).toBeUndefined()
  const [answer] = answers
  if (answer?.issuer?.url) expect(fileOf(answer, answer.issuer.url).uri).toBe('file:///issuers.json')
})
