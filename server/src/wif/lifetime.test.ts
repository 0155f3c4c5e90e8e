import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mintedLifetime, refresh, rotationAge, safeLifetime } from './lifetime.ts'

test.each([
  ['what the rule asks for', 600, 3600, 600],
  ['twice what is left', 3600, 300, 600],
  ['equal to twice what is left', 600, 300, 600],
  ['a minute at least', 600, 10, 60],
  ['a minute for a token that is over', 600, -5, 60],
])('minted lifetime: %s', (_, asked, remaining, expected) => {
  expect(mintedLifetime(asked, remaining)).toBe(expected)
})

test('a projected token is replaced at 80 %, or after a day', () => {
  expect(rotationAge(600)).toBe(480)
  expect(rotationAge(3600)).toBe(2880)
  expect(rotationAge(108_000)).toBe(86_400)
  expect(rotationAge(1_000_000)).toBe(86_400)
})

describe('refresh', () => {
  // Expiration of the projection, lifetime of the rule, end of the Claude token, rotation of the file, outcome.
  test.each([
    ['the sample of the guides', 3600, 600, 570, 2880, 'gap'],
    ['the defaults', 3600, 3600, 3570, 2880, 'safe'],
    ['just too short', 3600, 2909, 2879, 2880, 'gap'],
    ['up to the rotation', 3600, 2910, 2880, 2880, 'marginal'],
    ['a second below the margin', 3600, 3029, 2999, 2880, 'marginal'],
    ['at the margin', 3600, 3030, 3000, 2880, 'safe'],
    ['the shortest projection', 600, 600, 570, 480, 'marginal'],
    ['the shortest projection, a bit longer', 600, 630, 600, 480, 'safe'],
    ['the shortest projection, and 15 minutes', 600, 900, 870, 480, 'safe'],
    ['15 minutes', 900, 600, 570, 720, 'gap'],
    ['half an hour', 1800, 900, 870, 1440, 'gap'],
    ['two hours', 7200, 3600, 3570, 5760, 'gap'],
    ['two hours, and long enough', 7200, 6000, 5970, 5760, 'safe'],
    ['a day', 86_400, 3600, 3570, 69_120, 'gap'],
    ['the cap of twice the life', 600, 86_400, 1170, 480, 'safe'],
  ])('%s', (_, expiration, asked, usableUntil, rotation, outcome) => {
    expect(refresh(expiration, asked)).toEqual({ usableUntil, rotation, outcome })
  })

  test('a longer Claude token never makes it worse', () => {
    const order = ['gap', 'marginal', 'safe']
    const seconds = fc.integer({ min: 600, max: 200_000 })
    fc.assert(
      fc.property(seconds, seconds, fc.nat(10_000), (expiration, asked, more) => {
        const [a, b] = [refresh(expiration, asked), refresh(expiration, asked + more)]
        expect(order.indexOf(b.outcome)).toBeGreaterThanOrEqual(order.indexOf(a.outcome))
      }),
    )
  })

  test('the safe lifetime is safe, and one second less is not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 600, max: 107_800 }), expiration => {
        const least = safeLifetime(expiration) ?? 0
        expect(refresh(expiration, least).outcome).toBe('safe')
        expect(refresh(expiration, least - 1).outcome).not.toBe('safe')
      }),
    )
    expect(safeLifetime(3600)).toBe(3030)
    expect(safeLifetime(600)).toBe(630)
  })

  test('no rule can bridge a day', () => {
    expect(safeLifetime(108_000)).toBeUndefined()
  })
})
