import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDiscovery, readPublished } from './key-endpoint.ts'
import { signer } from './signed.testdata.ts'
import { verify } from './verify.ts'

const ISSUER = 'https://issuer.example'
const any = fc.oneof(fc.json(), fc.string({ unit: 'binary' }), fc.constantFrom('{', '{"keys":[[[['))
const one = fc.constantFrom('issuer', 'jwks_uri', 'keys', 'kty', '__proto__', 'constructor')
const document = fc.dictionary(one, fc.oneof(fc.constant(ISSUER), fc.jsonValue(), fc.array(fc.jsonValue())))

test('any discovery document gives an address or a sentence of bearable length', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        any,
        document.map(d => JSON.stringify(d)),
      ),
      text => {
        const read = readDiscovery(text, 'issuer.example', ISSUER)
        if ('jwksUri' in read) expect(typeof read.jwksUri).toBe('string')
        else expect(read.problem.length).toBeLessThan(1500)
      },
    ),
  )
  const long = readDiscovery(JSON.stringify({ issuer: 'x'.repeat(1_000_000) }), 'h', ISSUER)
  expect('problem' in long && long.problem.length).toBeLessThan(500)
})

test('any key set gives keys that can be tried and sent on, or a sentence', async () => {
  const token = await (await signer()).sign({ sub: 'a' })
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        any,
        document.map(d => JSON.stringify(d)),
      ),
      async text => {
        const read = readPublished(text, 'issuer.example')
        if ('problem' in read) return
        for (const key of read.keys)
          for (const value of Object.values(key as object)) expect(typeof value).not.toBe('object')
        expect((await verify(token, read.keys)).valid).toBe(false)
      },
    ),
  )
})

test('keys as deep as a mebibyte allows are read and can be sent on', () => {
  const deep = `${'['.repeat(500_000)}${']'.repeat(500_000)}`
  const read = readPublished(`{"keys": [{"kid": "a", "x5c": ${deep}}]}`, 'issuer.example')
  expect(JSON.stringify(read)).toBe('{"keys":[{"kid":"a"}]}')
})
