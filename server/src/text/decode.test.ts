import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, type Encoding, encode } from './decode.ts'

const bytes = (...values: number[]) => new Uint8Array(values)

describe('decode', () => {
  test.each<[string, Uint8Array, string, Encoding]>([
    ['an empty file', bytes(), '', { name: 'utf-8', bom: false }],
    ['one byte', bytes(0x7b), '{', { name: 'utf-8', bom: false }],
    ['UTF-8', bytes(0x61, 0xc3, 0xa9), 'aé', { name: 'utf-8', bom: false }],
    ['UTF-8 with a mark', bytes(0xef, 0xbb, 0xbf, 0x61), 'a', { name: 'utf-8', bom: true }],
    ['only a mark', bytes(0xef, 0xbb, 0xbf), '', { name: 'utf-8', bom: true }],
    [
      'UTF-16 LE with a mark',
      bytes(0xff, 0xfe, 0x61, 0, 0x3d, 0xd8, 0, 0xde),
      'a😀',
      { name: 'utf-16le', bom: true },
    ],
    ['UTF-16 BE with a mark', bytes(0xfe, 0xff, 0, 0x61), 'a', { name: 'utf-16be', bom: true }],
    ['UTF-16 LE', bytes(0x7b, 0, 0x7d, 0), '{}', { name: 'utf-16le', bom: false }],
    ['UTF-16 BE', bytes(0, 0x7b, 0, 0x7d), '{}', { name: 'utf-16be', bom: false }],
  ])('reads %s', (_, bytes, text, encoding) => {
    expect(decode(bytes)).toEqual({ ok: true, text, encoding })
    expect(encode(text, encoding)).toEqual(bytes)
  })

  test.each([
    ['invalid UTF-8', bytes(0x61, 0xff), 'it is not valid UTF-8 text'],
    ['a cut UTF-8 sequence', bytes(0xe2, 0x82), 'it is not valid UTF-8 text'],
    ['half a UTF-16 unit', bytes(0xff, 0xfe, 0x61), 'it is not valid UTF-16LE text'],
    ['half a surrogate pair', bytes(0xfe, 0xff, 0xd8, 0x3d), 'it is not valid UTF-16BE text'],
    ['a binary file', bytes(0x50, 0x4b, 0x03, 0x04, 0, 0), 'it is a binary file'],
    ['a zero byte', bytes(0), 'it is a binary file'],
    ['UTF-32', bytes(0, 0, 0xfe, 0xff, 0, 0, 0, 0x61), 'it is not valid UTF-8 text'],
  ])('refuses %s', (_, bytes, reason) => {
    expect(decode(bytes)).toEqual({ ok: false, reason })
  })

  test('never throws, and what it reads can be written back byte for byte', () => {
    const noise = fc.oneof(
      fc.uint8Array(),
      fc.string({ unit: 'grapheme' }).map(s => new TextEncoder().encode(s)),
    )
    fc.assert(
      fc.property(noise, bytes => {
        const decoded = decode(bytes)
        if (decoded.ok) expect(encode(decoded.text, decoded.encoding)).toEqual(bytes)
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  test('reads back what was written, in every encoding', () => {
    const encodings: Encoding[] = (['utf-8', 'utf-16le', 'utf-16be'] as const).flatMap(name => [
      { name, bom: true },
      { name, bom: false },
    ])
    const text = fc.string({ unit: 'grapheme' }).filter(text => !text.includes('\0'))
    fc.assert(
      fc.property(text, fc.constantFrom(...encodings), (body, encoding) => {
        // Without a mark, the first character must be ASCII: as it is in JSON and YAML.
        const text = `{${body}`
        expect(decode(encode(text, encoding))).toEqual({ ok: true, text, encoding })
      }),
      { seed: 2, numRuns: 500 },
    )
  })
})
