import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readWifFile } from '../wif/file.ts'
import { decode } from './decode.ts'
import { notAToken, type TokenContext, tokenFindings } from './findings.ts'
import { jwt } from './jwt.testdata.ts'

const NOW = 1_800_000_000
const ISS = 'https://oidc.eks.us-west-2.amazonaws.com/id/8B255427C173093D33B9A72B9EA6A4E4'
const SUB = 'system:serviceaccount:inference:worker'
const good = {
  iss: ISS,
  sub: SUB,
  aud: ['https://api.anthropic.com'],
  exp: NOW + 600,
  iat: NOW,
  jti: 'secret-id',
}

function context(match: object = { subject_prefix: SUB }, issuer: object = {}): TokenContext {
  const values = [
    { name: 'i', issuer_url: ISS, jwks: {}, ...issuer },
    { name: 'r', issuer_id: 'fdis_01A', match },
  ]
  const file = readWifFile('file:///x.json', JSON.stringify(values), 'json')
  return { issuer: file.issuers[0], rule: file.rules[0], now: NOW }
}

function found(claims: object, more: TokenContext, header?: object): string[] {
  const decoded = decode(jwt(claims, header))
  if (!decoded.ok) throw new Error(decoded.reason)
  return tokenFindings(decoded.token, more).map(f => `${f.rule} ${f.severity}`)
}

const ONCE = 'token/single-use info'

describe('against a rule and its issuer', () => {
  test.each<[string, object, TokenContext, object | undefined, string[]]>([
    ['all well', good, context(), undefined, []],
    ['no jti', { ...good, jti: undefined }, context(), undefined, []],
    ['alg', good, context(), { alg: 'HS256', kid: 'k' }, ['token/unverifiable error']],
    ['kid', good, context(), { alg: 'RS256' }, ['token/unverifiable error']],
    [
      'keys',
      good,
      context({}, { jwks: { type: 'inline', keys: [{ kid: 'x' }] } }),
      undefined,
      ['token/unverifiable error'],
    ],
    ['sub', { ...good, sub: 7 }, context(), undefined, ['token/unverifiable error']],
    [
      'milliseconds',
      { ...good, exp: NOW * 1000, iat: NOW * 1000 - 600_000 },
      context(),
      undefined,
      [
        'token/time-invalid error',
        'token/time-invalid error',
        'token/unverifiable error',
        'token/unverifiable error',
      ],
    ],
    [
      'expired',
      { ...good, exp: NOW - 40, iat: NOW - 640 },
      context(),
      undefined,
      ['token/time-invalid info'],
    ],
    ['too early', { ...good, nbf: NOW + 40 }, context(), undefined, ['token/time-invalid error']],
    ['too long', { ...good, exp: NOW + 7200 }, context(), undefined, ['token/time-invalid error']],
    ['iss', { ...good, iss: `${ISS}/` }, context(), undefined, ['token/iss-aud-mismatch error']],
    ['aud', { ...good, aud: 'sts.amazonaws.com' }, context(), undefined, ['token/iss-aud-mismatch error']],
    ['subject', { ...good, sub: `${SUB}-2` }, context(), undefined, ['token/match-failed error']],
    ['claim', good, context({ claims: { team: 'x' } }), undefined, ['token/match-failed error']],
  ])('%s', (_, claims, more, header, expected) => {
    expect(found(claims, more, header)).toEqual([...expected, ONCE])
  })

  test('without the clock, nothing is said about now', () => {
    const { now: _, ...timeless } = context()
    expect(found({ ...good, exp: NOW - 40, iat: NOW - 640 }, timeless)).toEqual([ONCE])
  })
})

describe('alone', () => {
  test.each<[string, object, string[]]>([
    ['all well', good, []],
    ['a foreign audience', { ...good, aud: 'sts.amazonaws.com' }, ['token/iss-aud-mismatch warning']],
    ['a foreign audience among others', { ...good, aud: ['sts.amazonaws.com', 'x'] }, []],
    ['the default token of a pod', { ...good, exp: NOW + 31_536_000 }, ['token/time-invalid error']],
    ['longer than an hour, but some issuer may accept it', { ...good, exp: NOW + 86_400 }, []],
    ['no sub', { ...good, sub: undefined }, ['token/unverifiable error']],
    [
      'no times',
      { ...good, exp: undefined, iat: undefined },
      ['token/unverifiable error', 'token/unverifiable error'],
    ],
  ])('%s', (_, claims, expected) => {
    expect(found(claims, {})).toEqual([...expected, ONCE])
  })
})

test('what comes along is only noted', () => {
  const decoded = decode(`Bearer ${jwt(good)}`)
  expect(decoded.ok && tokenFindings(decoded.token, context())[0]).toEqual({
    rule: 'token/not-a-jwt',
    severity: 'info',
    message: 'Leave out `Bearer`: only the token itself is exchanged',
  })
})

test('messages name what to do', () => {
  const said = (claims: object, more: TokenContext = {}) => {
    const decoded = decode(jwt(claims))
    return decoded.ok ? tokenFindings(decoded.token, more).map(f => f.message) : []
  }
  expect(said({ ...good, exp: NOW + 31_536_000 })[0]).toContain(
    'a year is what the default token of a pod lives',
  )
  expect(said({ sub: 'spiffe://a/b', aud: 'x' })[0]).toContain('SPIRE')
  expect(said({ ...good, iss: `${ISS}/` }, context())[0]).toContain('only the slash at the end differs')
  expect(notAToken('claude-token').message).toContain('which the exchange returns')
})

test('no part of a token is in a message', () => {
  const secret = fc.string({ unit: fc.constantFrom(...'QXZ0987'), minLength: 6, maxLength: 9 })
  const value = fc.oneof(secret, fc.array(secret, { minLength: 1, maxLength: 2 }))
  const claims = fc.record(
    {
      iss: secret,
      sub: secret,
      aud: value,
      jti: secret,
      team: value,
      exp: fc.oneof(secret, fc.nat()),
      iat: fc.nat(),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(claims, fc.boolean(), secret, (all, paired, kid) => {
      const more = paired
        ? context(
            { subject_prefix: 'a', claims: { team: 'b' } },
            { jwks: { type: 'inline', keys: [{ kid: 'c' }] } },
          )
        : {}
      const decoded = decode(jwt(all, { alg: kid, kid }))
      const messages = decoded.ok
        ? tokenFindings(decoded.token, more)
            .map(f => f.message)
            .join('\n')
        : ''
      const secrets = [kid, ...Object.values(all).flat()].filter(v => typeof v === 'string')
      for (const part of secrets) expect(messages).not.toContain(part)
    }),
    { seed: 3 },
  )
})
