import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encode } from './jwt.testdata.ts'
import { hmac, type Signer, signer } from './signed.testdata.ts'
import { readKeySet, verify } from './verify.ts'

const claims = { iss: 'https://issuer.example', sub: 'worker', aud: 'https://api.anthropic.com' }
const ec = await signer()
const rsa = await signer('RS256')
const good = await ec.sign(claims)
const [head = '', body = '', signature = ''] = good.split('.')

const VALID = { valid: true, message: 'The key "k1" signed the token' }
const refused = (message: string, reason = 'signature_invalid') => ({ valid: false, reason, message })
const FORGED = refused('The key "k1" did not sign this token, or the token was changed')

test.each(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'])(
  'verifies %s, and nothing that another key signed',
  async alg => {
    const [own, other] = await Promise.all([signer(alg), signer(alg)])
    const token = await own.sign(claims)
    expect(await verify(token, [own.jwk])).toEqual(VALID)
    expect(await verify(token, [{ ...own.jwk, alg, use: 'sig' }])).toEqual(VALID)
    expect(await verify(token, [other.jwk])).toEqual(FORGED)
    expect(await verify(token, [other.jwk, own.jwk]), 'two keys of one kid').toEqual(VALID)
  },
)

test('forgives what is copied along', async () => {
  expect(await verify(`"Bearer ${head}.${body}.\n${signature}"\n`, [ec.jwk])).toEqual(VALID)
})

describe('a token that was changed', () => {
  test.each([
    ['its payload', `${head}.${encode(JSON.stringify({ ...claims, sub: 'admin' }))}.${signature}`],
    ['its header', `${encode('{"kid":"k1","alg":"ES256"}')}.${body}.${signature}`],
    ['its signature', `${head}.${body}.${'A'.repeat(signature.length)}`],
    ['a short signature', `${head}.${body}.${signature.slice(0, 20)}`],
  ])('%s', async (_, token) => {
    expect(await verify(token, [ec.jwk])).toEqual(FORGED)
  })

  test('any letter of the signature or the payload', async () => {
    const place = fc.integer({ min: head.length + 1, max: good.length - 2 })
    await fc.assert(
      fc.asyncProperty(place, async at => {
        if (good[at] === '.') return
        const changed = `${good.slice(0, at)}${good[at] === 'A' ? 'B' : 'A'}${good.slice(at + 1)}`
        expect((await verify(changed, [ec.jwk])).valid).toBe(false)
      }),
    )
  })
})

describe('an algorithm that is no public key signature', () => {
  const not = refused('The algorithm in the header is not accepted', 'algorithm_not_accepted')
  const header = (alg: unknown) => encode(JSON.stringify({ alg, kid: 'k1' }))

  test.each(['none', 'None', 'HS256', 'EdDSA', 'ES256K', '', null, ['RS256']])('%j', async alg => {
    expect(await verify(`${header(alg)}.${body}.${signature}`, [ec.jwk, rsa.jwk])).toEqual(not)
  })

  test('none, without a signature', async () => {
    expect((await verify(`${header('none')}.${body}.`, [ec.jwk])).valid).toBe(false)
  })

  test('HMAC with the public key as its secret, whatever the header says', async () => {
    for (const secret of [rsa.pem, JSON.stringify(rsa.jwk), rsa.jwk.n ?? '']) {
      const k = encode(secret)
      const keys = [rsa.jwk, { kty: 'oct', kid: 'k1', k }, { kty: 'oct', kid: 'k1', k, alg: 'HS256' }]
      expect(await verify(await hmac(claims, secret, { alg: 'HS256', kid: 'k1' }), keys)).toEqual(not)
      expect(await verify(await hmac(claims, secret, { alg: 'RS256', kid: 'k1' }), keys)).toEqual(FORGED)
    }
  })
})

describe('a key that cannot be the one', () => {
  test.each<[string, (jwk: object) => unknown]>([
    ['another kid', jwk => ({ ...jwk, kid: 'k2' })],
    ['no kid', jwk => ({ ...jwk, kid: undefined })],
    ['a kid that is no text', jwk => ({ ...jwk, kid: ['k1'] })],
    ['a kid in another case', jwk => ({ ...jwk, kid: 'K1' })],
    ['no key at all', () => null],
  ])('%s', async (_, change) => {
    const unknown = refused('No key at hand has the `kid` "k1"', 'key_not_found')
    expect(await verify(good, [change(ec.jwk)])).toEqual(unknown)
    expect(await verify(good, []), 'no keys').toEqual(unknown)
  })

  test.each<[string, Signer, (jwk: object) => unknown, string]>([
    [
      'for another algorithm',
      rsa,
      jwk => ({ ...jwk, alg: 'PS256' }),
      'The key "k1" is not for RS256, which the header says',
    ],
    ['for encryption', rsa, jwk => ({ ...jwk, use: 'enc' }), 'The key "k1" is not for signatures (`use`)'],
    ['of another type', rsa, () => ec.jwk, 'The key "k1" is not of the type that RS256 takes'],
    [
      'on another curve',
      ec,
      jwk => ({ ...jwk, crv: 'P-384' }),
      'The key "k1" cannot be used with ES256: it is broken, too short or on another curve',
    ],
    [
      'broken',
      rsa,
      jwk => ({ ...jwk, n: 7 }),
      'The key "k1" cannot be used with RS256: it is broken, too short or on another curve',
    ],
  ])('%s', async (_, own, change, message) => {
    expect(await verify(await own.sign(claims), [change(own.jwk)])).toEqual(refused(message))
  })

  test('a token that names none', async () => {
    for (const kid of [undefined, '', 7])
      expect(
        await verify(`${encode(JSON.stringify({ alg: 'ES256', kid }))}.${body}.${signature}`, [ec.jwk]),
      ).toEqual(refused('The header names no key: it has no `kid`', 'key_missing'))
  })
})

test('of thousands of keys with one name, the first ten are tried', async () => {
  const other = await signer('ES512')
  const token = await (await signer('ES512')).sign(claims)
  const before = performance.now()
  const answer = await verify(token, Array(5000).fill(other.jwk))
  expect(answer).toEqual(refused('5000 keys have the `kid` "k1"; the first 10 did not sign this token'))
  expect(performance.now() - before).toBeLessThan(5000)
  expect(await verify(good, [...Array(9).fill({ ...ec.jwk, x: 'A' }), ec.jwk])).toEqual(VALID)
})

test('an extension of JWS, and what is no token', async () => {
  const extended = `${encode('{"alg":"ES256","kid":"k1","crit":["b64"],"b64":false}')}.${body}.${signature}`
  expect((await verify(extended, [ec.jwk])).message).toContain('`crit`')
  for (const text of ['', 'sk-ant-oat01-x', 'a.b.c', 'x'.repeat(2 ** 21)])
    expect((await verify(text, [ec.jwk])).valid).toBe(false)
})

test('reads a key set, and any JSON gives an answer', async () => {
  expect(readKeySet({ keys: [ec.jwk] })).toEqual([ec.jwk])
  expect(readKeySet([ec.jwk])).toEqual([ec.jwk])
  expect([null, 7, {}, { keys: {} }].map(readKeySet)).toEqual([undefined, undefined, undefined, undefined])
  const member = fc.oneof(fc.constantFrom('EC', 'RSA', 'P-256', ec.jwk.x, rsa.jwk.n), fc.jsonValue())
  const key = fc.record({ kty: member, crv: member, x: member, y: member, n: member, e: member })
  await fc.assert(
    fc.asyncProperty(key, async made => {
      expect((await verify(good, [{ ...made, kid: 'k1' }, made, null])).valid).toBe(false)
    }),
  )
})
