import fc from 'fast-check'
import { decide } from '../../../server/src/decide/decide.ts'
import { decode } from '../../../server/src/token/decode.ts'
import { presented, tokenFindings } from '../../../server/src/token/findings.ts'
import { encode } from '../../../server/src/token/jwt.testdata.ts'
import { readKeySet, verify } from '../../../server/src/token/verify.ts'
import { readWifFile } from '../../../server/src/wif/file.ts'
import { mutatedText } from '../mutate.ts'
import { fail, type Property, property } from '../property.ts'

const NOW = 1_800_000_000
const SECRET = 'Zq7xSecretMarker'
const CLAIMS = {
  iss: 'https://token.actions.githubusercontent.com',
  sub: `repo:acme/${SECRET}:ref:refs/heads/main`,
  aud: ['https://api.anthropic.com'],
  exp: NOW + 600,
  iat: NOW,
  jti: SECRET,
}
const HEADER = { alg: 'RS256', kid: 'k1', typ: 'JWT' }
const KEYS = {
  keys: [
    { kty: 'RSA', kid: 'k1', n: 'u1W', e: 'AQAB' },
    { kty: 'EC', kid: 'k1', crv: 'P-256', x: 'a', y: 'b' },
  ],
}
const FILE = readWifFile(
  'file:///rule.json',
  JSON.stringify([
    { name: 'i', issuer_url: CLAIMS.iss, jwks: { type: 'inline', keys: KEYS.keys } },
    {
      name: 'r',
      issuer_id: 'fdis_01A',
      match: { subject_prefix: 'repo:acme/*', claims: { ref: 'x' }, condition: 'claims.sub == "a"' },
    },
  ]),
  'json',
)

/** What strangers hand over: tokens and key sets. */
export function tokenProperties(): Property[] {
  const part = (value: object) => mutatedText(JSON.stringify(value)).map(encode)
  const built = fc
    .tuple(part(HEADER), part(CLAIMS), mutatedText('c2lnbmF0dXJl'))
    .map(([header, claims, signature]) => `${header}.${claims}.${signature}`)
  const token = fc.oneof(
    built,
    mutatedText(
      `Bearer ${encode(JSON.stringify(HEADER))}.${encode(JSON.stringify(CLAIMS))}.c2ln`,
      'sk-ant-oat01-x',
      '"a.b.c"',
    ),
    fc.string({ unit: 'binary' }),
  )
  const keys = fc.oneof(mutatedText(JSON.stringify(KEYS)), fc.json())
  return [
    property<string>({ name: 'token', inputs: token, check: tokenIsJudged }),
    property<{ token: string; keys: string }>({
      name: 'jwks',
      inputs: fc.record({ token: built, keys }),
      check: keysAreTried,
    }),
  ]
}

function tokenIsJudged(text: string): void {
  const decoded = decode(text)
  if (!decoded.ok) return
  const [rule, issuer] = [FILE.rules[0], FILE.issuers[0]]
  if (!rule) fail('no rule')
  decide(presented(decoded.token), issuer, rule, { now: NOW })
  const findings = tokenFindings(decoded.token, { issuer, rule, now: NOW })
  for (const { message, rule: id } of findings)
    if (message.includes(SECRET)) fail(`${id} says a claim: ${message}`)
}

async function keysAreTried({ token, keys }: { token: string; keys: string }): Promise<void> {
  let value: unknown
  try {
    value = JSON.parse(keys)
  } catch {
    return
  }
  const set = readKeySet(value)
  const check = set && (await verify(token, set))
  if (check?.valid) fail('a key set that signed nothing verifies a token')
  if (check?.message === '') fail('a refusal without words')
}
