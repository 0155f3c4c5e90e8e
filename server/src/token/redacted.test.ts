import { expect, test } from 'vitest'
import { readWifFile } from '../wif/file.ts'
import { checkToken } from './check.ts'
import { decode } from './decode.ts'
import { jwt } from './jwt.testdata.ts'
import { redactedReport } from './redacted.ts'

const now = 1_800_000_000
const claims = {
  iss: 'https://issuer-31.example',
  sub: 'system:serviceaccount:Team-58:worker-92',
  aud: ['https://aud-66.example'],
  exp: now + 600,
  iat: now,
  jti: 'jti-77',
  team: 'team-12',
  deep: { deeper: 'value-44' },
}

test('says what was decided and which claims there are, and nothing of what they say', async () => {
  const text = jwt(claims, { alg: 'RS256', kid: 'key-23' })
  const decoded = decode(text)
  if (!decoded.ok) throw new Error(decoded.reason)
  const file = readWifFile(
    'file:///rules.json',
    JSON.stringify({
      name: 'inference',
      issuer_id: 'fdis_...',
      match: {
        subject_prefix: 'system:serviceaccount:team-58:worker-92',
        claims: { team: 'Team-12' },
        audience: 'https://api.anthropic.com',
        condition: 'claims.jti == "x"',
      },
      target: { type: 'service_account', service_account_id: 'svac_...' },
    }),
    'json',
  )
  const [rule] = file.rules
  if (!rule) throw new Error('no rule')
  const check = await checkToken(text, decoded.token, undefined, rule, { now })
  const meant = { title: 'inference', check }
  const report = redactedReport({
    kind: 'Kubernetes, by its subject',
    token: decoded.token,
    now,
    meant,
    findings: check.findings,
    rules: [meant, { title: 'other', check: { verdict: 'admitted', steps: [], findings: [] } }],
  })
  expect(report).toMatchInlineSnapshot(`
    "Token check: denied (match_audience), by rule inference

    Token: Kubernetes, by its subject, 336 bytes
    Expires: 600 s after the check
    Header: alg (text of 5), kid (text of 6)
    Claims: iss (text of 25), sub (text of 39), aud (list of 1), exp (number), iat (number), jti (text of 6), team (text of 7), deep (object)

    unknown  issuer
    unknown  signature
    pass     size
    pass     time
    unknown  lifetime
    fail     audience   match_audience
    fail     subject    match_subject_prefix
    fail     claims     match_claims
    unknown  condition
    pass     mint

    error token/iss-aud-mismatch: The rule expects audience "https://api.anthropic.com", and the token has another
    error token/match-failed: \`match_subject_prefix\` would deny this token: \`sub\` is not what the rule asks for: only upper and lower case differ
    error token/match-failed: \`match_claims\` would deny this token: \`team\` is not what the rule asks for: only upper and lower case differ
    info token/single-use: This token can be exchanged once (\`check_jti\`); looking at it here does not use it up

    inference: denied (match_audience)
    other: admitted
    "
  `)
  for (const secret of ['31', '58', '92', '66', '77', '12', '44', '23'])
    expect(report).not.toContain(`-${secret}`)
})
