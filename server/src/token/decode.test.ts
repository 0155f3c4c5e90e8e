import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode } from './decode.ts'
import { encode, jwt } from './jwt.testdata.ts'

const claims = { sub: 'a', jti: 'é' }
const good = jwt(claims)
const answer = (text: string) => {
  const decoded = decode(text)
  return decoded.ok ? decoded.token.forgiven.join() || 'ok' : decoded.reason
}

test('reads header and claims, and keeps no signature', () => {
  const decoded = decode(good)
  expect(decoded).toEqual({
    ok: true,
    token: { header: { alg: 'ES384', kid: 'k1' }, claims, size: good.length, forgiven: [] },
  })
  expect(JSON.stringify(decoded)).not.toContain('c2lnbmF0dXJl')
})

const part = encode('{}')
describe('what is around and inside a token', () => {
  test.each([
    ['a token', good, 'ok'],
    ['a line break at its end', `${good}\n`, 'ok'],
    ['white space before it', `  ${good}`, 'white space'],
    ['line breaks in it', good.replace('.', '.\r\n'), 'white space'],
    ['Bearer', `Bearer ${good}`, 'bearer'],
    ['bearer of a header', `Authorization: bearer ${good}`, 'bearer'],
    ['quotes', `"${good}"`, 'quotes'],
    ['quotes and Bearer', `'Bearer ${good}'\n`, 'quotes,bearer'],
    ['one quote', `"${good}`, 'text'],
    ['the answer of STS', `{ "WebIdentityToken": "${good}", "Expiration": "2026-01-01" }`, 'json'],
    ['an assignment', `export ANTHROPIC_IDENTITY_TOKEN='${good}'`, 'text'],
    ['the same token twice', `${good}\n${good}\n`, 'text'],
    ['two tokens', `${good} ${jwt({ sub: 'b' })}`, 'several'],
    ['an encrypted token with words around it', `jwe=${good}.${part}.${part}`, 'encrypted'],
    ['nothing', '', 'empty'],
    ['nothing but white space', ' \n', 'empty'],
    ['nothing in quotes', '""', 'empty'],
    ['an access token of Claude', 'sk-ant-oat01-abc', 'claude-token'],
    ['an API key', 'sk-ant-api03-abc', 'api-key'],
    ['two parts', 'a.b', 'parts'],
    ['an empty part', `${part}..${part}`, 'parts'],
    ['no signature', `${part}.${part}.`, 'unsigned'],
    ['JSON around it', `{\n  "token": "${part}.${part}.${part}"\n}`, 'json'],
    ['four parts', 'a.b.c.d', 'parts'],
    ['five parts', 'a.b.c.d.e', 'encrypted'],
    ['many dots', '.'.repeat(10_000), 'parts'],
    ['padding', `${part}=.${part}.${part}`, 'encoding'],
    ['plain base64', `${part}.a+b/.${part}`, 'encoding'],
    ['a header that is no JSON', `abcd.${part}.${part}`, 'header'],
    ['a header that is a list', `${encode('[]')}.${part}.${part}`, 'header'],
    ['a header that is null', `${encode('null')}.${part}.${part}`, 'header'],
    ['a payload that is a text', `${part}.${encode('"a"')}.${part}`, 'payload'],
    [
      'a payload that is no UTF-8',
      `${part}.${btoa('{"a":"\xff"}').replace(/=/g, '').replace(/[/]/g, '_')}.${part}`,
      'payload',
    ],
    ['a length that base64 cannot have', `${part}.abcde.${part}`, 'payload'],
    ['deep nesting', `${part}.${encode(`{"a":${'['.repeat(100)}${']'.repeat(100)}}`)}.${part}`, 'payload'],
  ])('%s', (_, text, expected) => {
    expect(answer(text)).toBe(expected)
  })

  test('16 KiB, and a byte more', () => {
    const bare = jwt({ fill: '' })
    const fill = (length: number) => {
      // Three bytes of text are four of base64.
      for (let n = Math.floor(((length - bare.length) * 3) / 4) - 4; ; n++) {
        const made = jwt({ fill: 'x'.repeat(n) })
        if (made.length >= length) return made.length === length ? made : `${made.slice(0, length - 1)}A`
      }
    }
    const full = fill(16384)
    expect(full).toHaveLength(16384)
    expect(answer(full)).toBe('ok')
    expect(answer(`${full}A`)).toBe('too-large')
    expect(answer('a'.repeat(2 * 1024 * 1024))).toBe('too-large')
  })
})

test('a hostile key is an ordinary claim', () => {
  const decoded = decode(`${part}.${encode('{"__proto__":{"sub":"x"},"constructor":1}')}.${part}`)
  expect(decoded.ok && Object.keys(decoded.token.claims)).toEqual(['__proto__', 'constructor'])
  expect(decoded.ok && decoded.token.claims.sub).toBeUndefined()
})

test('any text gives an answer', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void decode(text)))
  const pieces = fc.constantFrom('.', 'eyJ', 'e30', '"', 'Bearer ', '\n', 'sk-ant-', '=', '{}', good)
  fc.assert(fc.property(fc.array(pieces), list => void decode(list.join(''))))
  fc.assert(
    fc.property(fc.json(), fc.json(), (a, b) => {
      const decoded = decode(`${encode(a)}.${encode(b)}.${part}`)
      if (decoded.ok) expect(typeof decoded.token.claims).toBe('object')
    }),
  )
})
