import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readWifFile } from './file.ts'
import { globMatches } from './glob.ts'
import { audienceChoice, audienceRefusal } from './iam-audience.ts'
import type { IamPolicy } from './iam-policy.ts'

const CLAUDE = 'https://api.anthropic.com'
const KEY = 'sts:IdentityTokenAudience'

function policyOf(...statements: object[]): IamPolicy {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements })
  const [policy] = readWifFile('file:///p.json', text, 'json').policies
  if (!policy) throw new Error('no policy')
  return policy
}

const allow = (conditions?: object, action: unknown = 'sts:GetWebIdentityToken') => ({
  Effect: 'Allow',
  Action: action,
  Resource: '*',
  ...(conditions && { Condition: conditions }),
})
const deny = (conditions?: object) => ({ ...allow(conditions), Effect: 'Deny' })
const on = (operator: string, ...values: unknown[]) => ({
  [operator]: { [KEY]: values.length === 1 ? values[0] : values },
})

describe('what a policy lets be chosen', () => {
  test.each<[string, object[], ReturnType<typeof audienceChoice>]>([
    ['anything', [allow()], 'possible'],
    [
      'under other conditions',
      [allow({ NumericLessThanEquals: { 'sts:DurationSeconds': 900 } })],
      'possible',
    ],
    ['only this one', [allow(on('ForAllValues:StringEquals', CLAUDE))], 'always'],
    [
      'only this one, whatever the case of the key',
      [allow({ 'ForAllValues:StringEquals': { [KEY.toUpperCase()]: CLAUDE } })],
      'always',
    ],
    ['this one besides others', [allow(on('ForAnyValue:StringEquals', CLAUDE))], 'always'],
    ['this one, by a pattern without stars', [allow(on('ForAllValues:StringLike', CLAUDE))], 'always'],
    ['this one, by an operator for one value', [allow(on('StringEquals', CLAUDE))], 'always'],
    ['this one in any case', [allow(on('ForAllValues:StringEqualsIgnoreCase', CLAUDE))], 'possible'],
    ['this one or another', [allow(on('ForAllValues:StringEquals', CLAUDE, 'vault'))], 'possible'],
    ['this one by a pattern', [allow(on('ForAllValues:StringLike', 'https://*'))], 'possible'],
    ['another one', [allow(on('ForAllValues:StringEquals', 'vault'))], 'never'],
    ['a pattern it is not of', [allow(on('ForAllValues:StringLike', '*.example'))], 'never'],
    ['one with a slash', [allow(on('ForAllValues:StringEquals', `${CLAUDE}/`))], 'never'],
    ['another one, and others besides', [allow(on('ForAnyValue:StringEquals', 'vault'))], undefined],
    ['all but this one', [allow(on('ForAllValues:StringNotEquals', CLAUDE))], undefined],
    ['one to be filled in', [allow(on('ForAllValues:StringEquals', '<audience>'))], undefined],
    ['no list at all', [allow(on('ForAllValues:StringEquals', []))], 'never'],
    ['by a number', [allow(on('NumericEquals', 7))], undefined],
    [
      'two statements, one for another',
      [allow(on('ForAllValues:StringEquals', CLAUDE)), allow(on('ForAllValues:StringEquals', 'vault'))],
      'possible',
    ],
    [
      'two statements for this one',
      [allow(on('ForAllValues:StringEquals', CLAUDE)), allow(on('StringEquals', CLAUDE))],
      'always',
    ],
    [
      'what another statement refuses',
      [allow(), deny(on('ForAnyValue:StringNotEquals', 'vault'))],
      undefined,
    ],
    ['nothing', [deny(on('ForAnyValue:StringEquals', CLAUDE))], undefined],
    ['by a wildcard action', [allow(on('ForAllValues:StringEquals', CLAUDE), 'sts:Get*')], 'always'],
  ])('%s', (_, statements, expected) => {
    expect(audienceChoice(policyOf(...statements), CLAUDE)).toBe(expected)
  })

  test('nothing is said of an audience to be filled in', () => {
    expect(audienceRefusal(policyOf(allow(on('StringEquals', 'vault'))), '<audience>')).toBeUndefined()
  })
})

// --- against IAM itself ------------------------------------------------------------------------------------

interface Drawn {
  set: 'ForAllValues:' | 'ForAnyValue:' | ''
  name: 'StringEquals' | 'StringLike' | 'StringEqualsIgnoreCase' | 'StringNotEquals'
  values: string[]
}

/** Whether IAM lets all of `asked` into one token (IAM reference, Condition operators and multivalued keys). */
function lets({ set, name, values }: Drawn, asked: readonly string[]): boolean {
  const holds = (audience: string) => {
    if (name === 'StringNotEquals') return !values.includes(audience)
    if (name === 'StringLike') return values.some(value => globMatches(value, audience))
    if (name === 'StringEquals') return values.includes(audience)
    return values.some(value => value.toLowerCase() === audience.toLowerCase())
  }
  return set === 'ForAllValues:' ? asked.every(holds) : asked.some(holds)
}

test('no choice contradicts what IAM would let through', () => {
  const audiences = ['a', 'A', 'b', 'c']
  const value = fc.constantFrom('a', 'A', 'b', '*', 'a*', '?')
  const drawn: fc.Arbitrary<Drawn> = fc.record({
    set: fc.constantFrom('ForAllValues:', 'ForAnyValue:', ''),
    name: fc.constantFrom('StringEquals', 'StringLike', 'StringEqualsIgnoreCase', 'StringNotEquals'),
    values: fc.array(value, { minLength: 1, maxLength: 2 }),
  })
  // A statement has an operator once.
  const statement = fc.uniqueArray(drawn, { maxLength: 2, selector: ({ set, name }) => set + name })
  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 2 }), statements => {
      const policy = policyOf(
        ...statements.map(list =>
          allow(Object.assign({}, ...list.map(c => on(c.set + c.name, ...c.values)))),
        ),
      )
      const isPlain = statements.some(list => list.some(({ set }) => set === ''))
      // What an operator for one value makes of several is not written down.
      const tokens = subsets(audiences).filter(asked => !isPlain || asked.length === 1)
      const minted = tokens.filter(asked => statements.some(list => list.every(c => lets(c, asked))))
      const choice = audienceChoice(policy, 'a')
      const having = minted.filter(asked => asked.includes('a'))
      if (choice === 'always') expect(having).toEqual(minted)
      if (choice === 'never') expect(having).toEqual([])
      if (choice === 'possible') expect(having).not.toEqual([])
    }),
    { numRuns: 2000 },
  )
})

function subsets(of: readonly string[]): string[][] {
  const numbers = Array.from({ length: 2 ** of.length - 1 }, (_, i) => i + 1)
  return numbers.map(bits => of.filter((_, i) => (bits >> i) & 1))
}
