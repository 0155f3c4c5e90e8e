import { expect, test } from 'vitest'
import { emptyFile } from '../wif/entity.ts'
import { fixAll } from './fix.ts'
import type { Finding } from './rule.ts'

const finding = (start: number, end: number, by: string): Finding => ({
  rule: 'match/x',
  class: 'hygiene',
  severity: 'error',
  message: 'x',
  start,
  end,
  node: undefined,
  related: [],
  fixes: [{ title: 'x', safe: true, edits: [{ replace: { start, end }, by }] }],
})

test('of two fixes that touch the same characters one waits for the next pass', () => {
  const seen: string[] = []
  const fixed = fixAll(
    'abcd',
    text => {
      seen.push(text)
      const findings = text === 'abcd' ? [finding(0, 2, 'X'), finding(1, 3, 'Y'), finding(3, 4, 'Z')] : []
      return { file: emptyFile('file:///x.json', text, 'json', []), findings }
    },
    fix => fix.safe,
  )
  expect(fixed).toBe('XcZ')
  expect(seen).toEqual(['abcd', 'XcZ'])
})
