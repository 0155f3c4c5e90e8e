import fc from 'fast-check'
import { decide } from '../../../server/src/decide/decide.ts'
import { type DecodedToken, decode } from '../../../server/src/token/decode.ts'
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
  const nested = fc
    .integer({ min: 20, max: 45 })
    .map(depth => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)
  const part = (value: object) =>
    fc.oneof({ weight: 9, arbitrary: mutatedText(JSON.stringify(value)) }, nested).map(encode)
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
  isReadRight(text, decoded.token)
  const [rule, issuer] = [FILE.rules[0], FILE.issuers[0]]
  if (!rule) fail('no rule')
  decide(presented(decoded.token), issuer, rule, { now: NOW })
  const findings = tokenFindings(decoded.token, { issuer, rule, now: NOW })
  for (const { message, rule: id } of findings)
    if (message.includes(SECRET)) fail(`${id} says a claim: ${message}`)
}

/** Node's own decoder must read the same, and nothing so deep that who walks it might not come back. */
function isReadRight(text: string, { header, claims, forgiven }: DecodedToken): void {
  if (depthOf([header, claims]) > 40) fail('deeper than anybody can walk')
  if (forgiven.includes('text')) return
  const written = text
    .replace(/[\s"'`]+/g, '')
    .replace(/^(?:authorization:)?bearer/i, '')
    .split('.')
  for (const [i, read] of [header, claims].entries()) {
    const expected: unknown = JSON.parse(Buffer.from(written[i] ?? '', 'base64url').toString())
    if (JSON.stringify(read) !== JSON.stringify(expected))
      fail(`part ${i} is read as ${JSON.stringify(read)}`)
  }
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
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
