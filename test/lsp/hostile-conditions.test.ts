import { expect, test } from 'vitest'
import { connectProcess } from './servers.ts'

/** Conditions that want to hurt, in a rule as somebody might commit it. */
const HOSTILE: Record<string, string> = {
  'a regular expression that backtracks': `claims.sub.matches("${'(a+)+'.repeat(20)}$")`,
  'nested comprehensions': 'claims.a.all(x, claims.a.all(y, claims.a.all(z, x == y && y == z)))',
  '5,000 parentheses': `${'('.repeat(5000)}true${')'.repeat(5000)}`,
  'a megabyte of blanks': `true${' '.repeat(2 ** 20)}`,
  'a string that doubles': `${'("a" + '.repeat(60)}"a"${')'.repeat(60)}.size() > 0`,
  'an or of 10,000 terms': Array(10_000).fill('claims.sub == "a"').join(' || '),
}

const rule = (condition: string) =>
  JSON.stringify({ issuer_id: 'fdis_...', match: { condition }, target: { type: 'service_account' } })

test.each(Object.entries(HOSTILE))(
  'the server outlives %s and answers the next request',
  async (_, condition) => {
    const client = await connectProcess()
    await client.initialize({ folders: null })
    client.open('untitled:hostile', 'json', rule(condition))
    const { items } = await client.pull('untitled:hostile')
    for (const { range } of items) expect(range.start.line).toBe(0)

    client.open('untitled:next', 'json', rule('claims.sub = "a"'))
    const next = await client.pull('untitled:next')
    expect(next.items.map(i => i.code)).toContain('cel/invalid')
    await client.end()
  },
)
