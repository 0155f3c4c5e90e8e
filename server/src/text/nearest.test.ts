import { expect, test } from 'vitest'
import { editDistance, nearest } from './nearest.ts'

test('counts insertions, deletions, replacements and swaps', () => {
  expect(editDistance('', 'abc')).toBe(3)
  expect(editDistance('abc', 'abc')).toBe(0)
  expect(editDistance('kitten', 'sitting')).toBe(3)
  expect(editDistance('dicsovery', 'discovery')).toBe(1)
})

test('finds the candidate that was meant', () => {
  const types = ['discovery', 'explicit_url', 'inline']
  expect(nearest('discovry', types)).toBe('discovery')
  expect(nearest('Discovery', types)).toBe('discovery')
  expect(nearest('explict-url', types)).toBe('explicit_url')
  expect(nearest('allow', ['Allow', 'Deny'])).toBe('Allow')
})

test('prefers the nearest, and guesses nothing between equals', () => {
  expect(nearest('bat', ['cat', 'bat'])).toBe('bat')
  expect(nearest('bat', ['cat', 'hat'])).toBeUndefined()
  expect(nearest('bat', ['cat', 'hat', 'bat'])).toBe('bat')
  expect(nearest('bat', ['cat', 'cat'])).toBe('cat')
})

test('guesses nothing when nothing is near', () => {
  expect(nearest('jwks', ['discovery', 'explicit_url', 'inline'])).toBeUndefined()
  expect(nearest('no', ['Allow', 'Deny'])).toBeUndefined()
  expect(nearest('x', [])).toBeUndefined()
})
